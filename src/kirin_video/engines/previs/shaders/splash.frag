in vec2 spot;
in float strength;
uniform vec3 tint;
out vec4 pixel;

void main() {
    vec2 q = vec2(spot.x, spot.y * 0.5 + 0.5);
    float ring = 1.0 - smoothstep(0.08, 0.30, abs(length(vec2(q.x, q.y - 0.9)) - 0.8));
    pixel = vec4(tone(tint), strength * ring * step(q.y, 0.95));
}
