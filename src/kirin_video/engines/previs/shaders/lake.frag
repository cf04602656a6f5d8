in vec3 world;
in vec4 air;
in float depth;
uniform sampler2D mirror;
uniform vec2 target_size;
uniform vec3 deep, shallow;
out vec4 pixel;

void main() {
    vec2 q = world.xz;
    vec3 v = world - eye;
    float d = length(v);
    v /= d;
    vec2 wide = texture(tile, q / tile_m).xy - 0.5;
    vec2 small = textureLod(tile, (mat2(0.8, 0.6, -0.6, 0.8) * q) * 3.3 / tile_m, 0.0).xy - 0.5;
    float near = 1.0 / (1.0 + d * d * 0.0008);
    float patches = smoothstep(0.35, 0.7, value_noise(q * vec2(0.012, 0.045) + vec2(time * 0.02, 0.0)));
    vec2 g = (wide * (0.35 + 0.65 * near) + small * 0.7 * near) * slope_scale * swell * (0.5 + patches);
#ifdef RAINING
    g += (vec2(value_noise(q * 6.0 + time * 7.0), value_noise(q * 6.0 - time * 7.0 + 9.0)) - 0.5) * 0.22 * near;
#endif
    vec3 n = normalize(vec3(-g.x, 1.0, -g.y));
    float k = 1.0 - max(-dot(v, n), 0.0);
    // More of a mirror than water is (0.04 + 0.96 k^5): peaks and sky are what a lake is painted for.
    float fresnel = 0.10 + 0.86 * k;
    vec2 at = gl_FragCoord.xy / target_size;
    vec3 seen = texture(mirror, clamp(at + vec2(g.x, abs(g.y) * 1.6 + patches * 0.004) * vec2(0.10, 0.22), 0.002, 0.998)).rgb;
    vec3 r = reflect(v, n);
    float s = max(dot(r, sun), 0.0);
    float s8 = s * s; s8 *= s8; s8 *= s8;
    float s64 = s8 * s8; s64 *= s64; s64 *= s64;
    vec3 ambient = zenith * 0.6 + horizon * 0.35 + sun_color * 0.15;
    vec3 body = mix(shallow, deep, smoothstep(0.0, 2.5, depth)) * ambient;
    vec3 sparkle = sun_color * (0.05 * s64 + 1.8 * s64 * s64 * s64 * s64 * s64 * s64);
    vec3 below = tone(mix(body + sparkle, air.rgb, air.a));
    float share = fresnel * (1.0 - 0.15 * patches) * (1.0 - 0.6 * air.a);
    vec3 c = mix(below, seen, clamp(share, 0.0, 1.0)) + sparkle * 0.12;
    // Glints: crests that turn to the light, wherever it stands.
    float crest = (small.x + wide.x * 0.6) * patches;
    c += (sun_color + glow) * grade.x * 0.07 * smoothstep(0.24, 0.40, crest) * (0.2 + 0.8 * near) * (1.0 - air.a);
    pixel = vec4(c, smoothstep(0.0, 0.12, depth));
}
