in vec4 shown;
out vec4 pixel;

void main() {
    vec2 q = gl_PointCoord * 2.0 - 1.0;
    float core = max(1.0 - dot(q, q), 0.0);
    pixel = vec4(shown.rgb * shown.a * core, 1.0);
}
