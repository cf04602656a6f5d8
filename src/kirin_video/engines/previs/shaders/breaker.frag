in vec3 world, up, low_sky, kind;
in vec4 air;
in float beside;
uniform vec3 deep, shallow;
uniform vec4 axes;
uniform float run;   // metres a second that water runs up the face
out vec4 pixel;

void main() {
    vec3 v = normalize(world - eye);
    vec2 q = vec2(beside, kind.x - run * time);
    vec2 wide = texture(tile, q * vec2(1.0, 0.55) / tile_m * 2.0).xy - 0.5;
    vec2 small = texture(tile, (mat2(0.8, 0.6, -0.6, 0.8) * q) * 5.1 / tile_m).xy - 0.5;
    vec2 g = (wide + small * 0.7) * slope_scale * 0.8;
    vec3 along = vec3(axes.x, 0.0, axes.y);
    vec3 n = normalize(up);
    n = normalize(n - along * g.x - cross(along, n) * g.y);
    float k = 1.0 - max(-dot(v, n), 0.0), k2 = k * k;
    float fresnel = 0.03 + 0.80 * k2 * k2 * k;
    vec3 r = reflect(v, n);
    vec3 ambient = zenith * 0.55 + horizon * 0.35 + sun_color * 0.22;
    vec3 sky = mix(low_sky, zenith, sqrt(clamp(r.y, 0.0, 1.0)));
    float s = max(dot(r, sun), 0.0);
    float s8 = s * s; s8 *= s8; s8 *= s8;
    float s64 = s8 * s8; s64 *= s64; s64 *= s64;
    sky += glow * 0.3 * s8 + sun_color * (0.2 * s64 + 1.6 * s64 * s64 * s64);
    // A steep face mirrors the water before it, not the sky.
    vec3 mirrored = mix(deep * ambient * 1.4, sky, smoothstep(-0.25, 0.25, r.y));
    float lit = 0.62 + 0.38 * max(dot(n, sun), 0.0);
    vec3 body = mix(deep * 1.3, shallow, 0.16 + 0.50 * kind.z) * ambient * lit;
    float against = 0.5 + 0.5 * dot(v, sun);
    body += shallow * sun_color * kind.z * (0.10 + 0.30 * against * against);
    vec3 c = mix(body, mirrored, fresnel);
    // Streaks of foam are drawn out along the way of the water.
    float lace = value_noise(vec2(q.x * 1.5, q.y * 0.42)) * 0.55 + value_noise(vec2(q.x * 4.4, q.y * 1.05) + wide * 3.0) * 0.45;
    float white = smoothstep(0.46, 0.74, kind.y * 1.1 + (lace - 0.5) * (0.95 - 0.5 * kind.y));
    float curds = 0.80 + 0.30 * value_noise(q * 2.6 + vec2(0.0, time * 0.8)) * (0.4 + lace);
    vec3 froth = (sun_color * 0.46 * max(dot(n, sun) * 0.7 + 0.3, 0.0) + ambient * 0.80) * curds;
    c = mix(c, froth, min(white, 1.0));
    pixel = vec4(tone(mix(c, air.rgb, air.a)), 1.0);
}
