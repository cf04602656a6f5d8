in vec2 place;
in float darkness;
out vec4 pixel;

void main() {
    float near = max(1.0 - dot(place, place), 0.0);
    pixel = vec4(1.0 - darkness * near * near);
}
