in vec2 spot;
in float strength;
uniform vec3 tint;
uniform float soft;
out vec4 pixel;

void main() {
    float inside = soft > 0.5 ? max(1.0 - dot(spot, spot), 0.0) : (1.0 - abs(spot.x)) * (1.0 - 0.6 * abs(spot.y));
    pixel = vec4(tone(tint), strength * inside);
}
