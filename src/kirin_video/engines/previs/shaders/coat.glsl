// Patterns on a body's rest position. Each returns how much of the coat's own colour shows, 0 to 1.
uniform vec3 coat_color, coat_origin;
uniform float coat_per_m, coat_balance;

float hash31(vec3 p) {
    p = fract(p * vec3(0.1373, 0.1297, 0.1193));
    p += dot(p, p.yzx + 27.61);
    return fract((p.x + p.y) * p.z * 9.47);
}

float noise3(vec3 p) {
    vec3 i = floor(p), f = p - i;
    f = f * f * (3.0 - 2.0 * f);
    vec4 low = vec4(hash31(i), hash31(i + vec3(1.0, 0.0, 0.0)), hash31(i + vec3(0.0, 1.0, 0.0)), hash31(i + vec3(1.0, 1.0, 0.0)));
    i.z += 1.0;
    vec4 high = vec4(hash31(i), hash31(i + vec3(1.0, 0.0, 0.0)), hash31(i + vec3(0.0, 1.0, 0.0)), hash31(i + vec3(1.0, 1.0, 0.0)));
    vec4 m = mix(low, high, f.z);
    vec2 r = mix(m.xz, m.yw, f.x);
    return mix(r.x, r.y, f.y);
}

// Nearest and second nearest of jittered points (Worley 1996).
vec2 cells3(vec3 p) {
    vec3 i = floor(p), f = p - i;
    vec2 best = vec2(9.0);
    for (int x = -1; x <= 1; x++) for (int y = -1; y <= 1; y++) for (int z = -1; z <= 1; z++) {
        vec3 g = vec3(x, y, z), c = i + g;
        vec3 o = g + 0.15 + 0.7 * vec3(hash31(c), hash31(c + 19.7), hash31(c + 47.3)) - f;
        float d = dot(o, o);
        best = d < best.x ? vec2(d, best.x) : vec2(best.x, min(best.y, d));
    }
    return sqrt(best);
}

float coat_share(vec3 rest, float along) {
    vec3 p = (rest + coat_origin) * coat_per_m;
#ifdef COAT_STRIPES
    float bend = noise3(p * 0.45) + 0.5 * noise3(p * 1.1 + 9.0);
    float wave = sin(6.2832 * along * coat_per_m + 4.5 * (bend - 0.75));
    return smoothstep(-0.22, 0.22, wave + (coat_balance - 0.5) * 2.0 + 0.35 * (bend - 0.75));
#endif
#ifdef COAT_PATCHES
    float n = 0.7 * noise3(p) + 0.3 * noise3(p * 2.3 + 5.0);
    return smoothstep(-0.025, 0.025, n - 1.0 + coat_balance);
#endif
#ifdef COAT_CELLS
    vec2 d = cells3(p);
    return smoothstep(0.05, 0.14, d.y - d.x - 0.12 + 0.1 * coat_balance);
#endif
#ifdef COAT_SPOTS
    vec2 d = cells3(p);
    return 1.0 - smoothstep(0.8 * coat_balance, 0.8 * coat_balance + 0.1, d.x);
#endif
#ifdef COAT_ROSETTES
    vec2 d = cells3(p);
    float n = noise3(p * 2.1);
    float r = d.x + 0.22 * (n - 0.5);
    return smoothstep(0.20, 0.27, r) * (1.0 - smoothstep(0.40, 0.47, r)) * smoothstep(0.22, 0.34, n + 0.1);
#endif
    return 0.0;
}

// Fine structure: brightness around 1.
float coat_grain(vec3 rest, float along, float close) {
#ifdef COAT_WOOL
    vec2 d = cells3((rest + coat_origin) * coat_per_m);
    return 1.0 + (0.30 - 0.55 * d.x) * close;
#endif
#ifdef COAT_HIDE
    vec3 p = (rest + coat_origin) * coat_per_m;
    float n = noise3(p) + 0.6 * noise3(p * vec3(2.0, 5.0, 2.0));
    return 1.0 + (n - 0.8) * 0.22 * close;
#endif
#ifdef COAT_SCALES
    vec2 d = cells3((rest + coat_origin) * coat_per_m);
    return 1.0 + (0.45 - 0.7 * d.x) * close;
#endif
#ifdef COAT_FURRY
    vec3 p = (rest + coat_origin) * 38.0;
    float n = noise3(p * vec3(0.45, 1.0, 1.0)) + 0.6 * noise3(p * vec3(1.1, 2.6, 2.6));
    return 1.0 + (n - 0.8) * 0.16 * close;
#endif
    return 1.0;
}
