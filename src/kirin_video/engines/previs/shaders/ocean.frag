in vec3 world, low_sky;
in vec4 air;
in vec4 about;
in float crest;
uniform vec3 deep, shallow;
uniform float foam;
out vec4 pixel;

void main() {
    vec2 q = world.xz;
    vec3 v = world - eye;
    float d = length(v);
    v /= d;
    vec4 wide = texture(tile, q / tile_m) - 0.5;
    vec4 small = texture(tile, (mat2(0.8, 0.6, -0.6, 0.8) * q) * 4.7 / tile_m) - 0.5;
    vec4 far = texture(tile, vec2(about.z * 2.4, about.w * 2.6)) - 0.5;
    float near = 1.0 / (1.0 + d * d * 0.0010);
    float distant = 1.0 - 1.0 / (1.0 + d * d * 0.0003);
    float quiet = 1.0, thin = 0.0;
#ifdef BREAKING
    quiet = smoothstep(-1.0, 22.0, about.y) * 0.7 + 0.10;
    thin = exp(-max(about.x, 0.0) * 0.55);
#endif
    vec2 g = (wide.xy * (1.0 - 0.75 * distant) + small.xy * 0.62 * near + far.xy * vec2(0.7, 1.2) * distant / (1.0 + d * 0.0006));
    g *= slope_scale * swell * quiet;
#ifdef RAINING
    g += (vec2(value_noise(q * 6.0 + time * 7.0), value_noise(q * 6.0 - time * 7.0 + 9.0)) - 0.5) * 0.5 * near;
#endif
    vec3 n = normalize(vec3(-g.x, 1.0, -g.y));
    float facing = max(-dot(v, n), 0.0);
    float k = 1.0 - facing, k2 = k * k;
    float fresnel = 0.03 + 0.97 * k2 * k2 * k;
    fresnel *= 1.0 - 0.35 * distant;
    vec3 r = reflect(v, n);
    r.y = abs(r.y) + 0.04 * distant;
    vec3 mirrored = mix(low_sky, zenith, sqrt(min(r.y, 1.0)));
    float s = max(dot(normalize(r), sun), 0.0);
    float s8 = s * s; s8 *= s8; s8 *= s8;
    float s64 = s8 * s8; s64 *= s64; s64 *= s64;
    float s256 = s64 * s64; s256 *= s256;
    mirrored += glow * (0.30 * s8 + 0.35 * s64) + sun_color * (0.22 * s256 + 3.2 * s256 * s256 * s256);
    float lift = clamp(wide.z * 1.6 + crest, -0.5, 1.0);
    vec3 ambient = zenith * 0.55 + horizon * 0.35 + sun_color * 0.22;
    vec3 body = deep * ambient;
    body = mix(body, shallow * ambient, thin);
    float behind = 0.5 + 0.5 * dot(normalize(vec2(v.x, v.z)), normalize(sun.xz));
    body += shallow * sun_color * (0.05 + 0.12 * behind) * max(lift, 0.0) * (1.0 - distant);
    vec3 c = mix(body, mirrored, fresnel);
    float lace = value_noise(q * 1.7 + wide.xy * 6.0) * 0.6 + value_noise(q * 5.3 - wide.yx * 5.0) * 0.4;
    float white = smoothstep(0.26, 0.44, wide.w * (1.0 - distant) + far.w * 0.9 * distant + (lace - 0.5) * 0.34) * foam * (0.75 - 0.45 * distant);
    // Close by, foam is a net of bubbles that thins out, not a sheet.
    if (white > 0.01 && d < 40.0) {
        vec2 drift = q + wide.xy * 1.3;
        float net = 1.0 - abs(2.0 * value_noise(drift * 2.3) - 1.0) * (0.55 + 0.9 * value_noise(drift * 0.9 + 7.0));
        net *= 1.0 - 0.7 * abs(2.0 * value_noise(drift * 7.1 + 3.0) - 1.0);
        white *= mix(smoothstep(0.30, 0.72, net) * 0.8, 1.0, smoothstep(8.0, 40.0, d));
    }
    float cover = 1.0;
#ifdef BREAKING
    float broken = 1.0 - smoothstep(7.0, 24.0, about.y);
    white = max(white, smoothstep(0.30, 0.75, crest * 1.5 + (lace - 0.5) * 0.9) * (0.35 + 0.65 * broken));
    float wander = value_noise(q * 0.045) * 1.3 + value_noise(q * 0.012) * 1.5;
    float trail = fract(about.y / 11.0 + time / 6.2 + wander);
    float left = broken * smoothstep(0.0, 0.1, about.x) * exp(-3.0 * (1.0 - trail));
    white = max(white, smoothstep(0.50, 0.72, lace * 0.75 + left * 0.45) * broken * 0.75);
    float edge = 1.0 - smoothstep(0.0, 0.05, abs(about.x - 0.022));
    white = max(white, smoothstep(0.45, 0.75, edge * 0.75 + lace * 0.5 - 0.1) * step(0.0, about.x) * 0.9);
    cover = smoothstep(0.0, 0.02, about.x);
    cover *= mix(1.0, clamp(1.0 - 0.75 * exp(-max(about.x, 0.0) * 2.2) + fresnel, 0.0, 1.0), 1.0 - white);
#endif
    vec3 froth = sun_color * 0.42 * max(dot(n, sun) * 0.6 + 0.4, 0.0) + ambient * 0.85;
    c = mix(c, froth * 0.95, min(white, 1.0));
    pixel = vec4(tone(mix(c, air.rgb, air.a)), cover);
}
