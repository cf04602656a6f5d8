in vec3 world, facing;
in vec4 paint, air;
uniform float lamps, roughness;
out vec4 pixel;

void main() {
    vec3 n = normalize(facing);
    float lit = lit_at(world + n * 0.05);
    vec2 q = abs(n.y) > 0.6 ? world.xz : vec2(world.x + world.z, world.y);
    float grain = 1.0 + roughness * (value_noise(q * 3.1) + 0.6 * value_noise(q * 11.0) - 0.8);
    vec3 light = sun_color * lit * max((dot(n, sun) + 0.12) / 1.12, 0.0) + sky_light(n.y);
    vec3 c = paint.rgb * (light * grain + paint.a * lamps * 5.0);
    pixel = vec4(tone(mix(c, air.rgb, air.a)), 1.0);
}
