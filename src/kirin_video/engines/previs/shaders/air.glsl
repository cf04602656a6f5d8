// Light and air shared by every program. Colours are linear until tone().
uniform vec3 sun, sun_color, horizon, horizon_away, zenith, glow, bounce, eye;
uniform vec4 fog;    // haze per metre, mist per metre, mist height, height the mist lies on
uniform vec2 grade;  // exposure, saturation
uniform float time;

float hash21(vec2 p) {
    p = fract(p * vec2(0.1373, 0.1297));
    p += dot(p, p.yx + vec2(27.61));
    return fract((p.x + p.y) * p.x * 9.47);
}

float value_noise(vec2 p) {
    vec2 i = floor(p), f = p - i;
    f = f * f * (3.0 - 2.0 * f);
    float a = mix(hash21(i), hash21(i + vec2(1.0, 0.0)), f.x);
    float b = mix(hash21(i + vec2(0.0, 1.0)), hash21(i + vec2(1.0, 1.0)), f.x);
    return mix(a, b, f.y);
}

float fbm(vec2 p, int octaves) {
    float sum = 0.0, weight = 0.5;
    for (int k = 0; k < octaves; k++) {
        sum += weight * value_noise(p);
        p = mat2(1.62, 1.18, -1.18, 1.62) * p + vec2(3.7, 9.1);
        weight *= 0.5;
    }
    return sum;
}

// The sky without its clouds, from the shared gradient and the light's own glow.
vec3 sky_gradient(vec3 d) {
    float up = sqrt(max(d.y, 0.0));
    vec2 flat_d = d.xz * inversesqrt(dot(d.xz, d.xz) + 1e-6);
    vec2 flat_s = sun.xz * inversesqrt(dot(sun.xz, sun.xz) + 1e-6);
    float toward = 0.5 + 0.5 * dot(flat_d, flat_s);
    vec3 low = mix(horizon_away, horizon, toward * toward);
    return mix(low, zenith, min(up * (1.35 - 0.40 * up), 1.0));
}

vec3 sky_glow(vec3 d) {
    float s = max(dot(d, sun), 0.0);
    float s2 = s * s, s4 = s2 * s2, s16 = s4 * s4 * s4 * s4, s64 = s16 * s16 * s16 * s16;
    return glow * (0.22 * s4 + 0.38 * s16 + 0.60 * s64);
}

vec3 sky_at(vec3 d) {
    return sky_gradient(d) + sky_glow(d);
}

// What the air itself shines with towards a far point: the sky a little above the horizon.
vec3 air_towards(vec3 v) {
    return sky_at(normalize(vec3(v.x, max(v.y, 0.0) + 0.03 * length(v), v.z)));
}

// How much of a point is lost in the air between it and the eye.
float veil(vec3 p) {
    float d = distance(p, eye);
    float middle = max(0.5 * (p.y + eye.y) - fog.w, 0.0);
    float depth = d * (fog.x + fog.y * exp(-middle / fog.z));
    return 1.0 - exp(-depth);
}

// Exposure, saturation and the filmic curve of Hejl and Burgess-Dawson, its gamma built in.
vec3 tone(vec3 c) {
    float grey = dot(c, vec3(0.2126, 0.7152, 0.0722));
    c = max(mix(vec3(grey), c, grade.y) * grade.x - 0.003, 0.0);
    return (c * (6.2 * c + 0.5)) / (c * (6.2 * c + 1.7) + 0.06);
}
