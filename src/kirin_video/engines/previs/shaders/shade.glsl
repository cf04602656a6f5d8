// Shadows: a fine map round the stage and a coarse one for the whole land, side by side in one texture.
uniform sampler2DShadow shadows;
uniform mat4 near_light;
uniform vec3 far_share;   // the coarse map as a share of the fine one: both look along the sun at one middle

vec3 shadow_place(vec3 p) {
    return (near_light * vec4(p, 1.0)).xyz;
}

float lit_from(vec3 near) {
    vec3 far = near * far_share;
    bool fine = max(abs(near.x), abs(near.y)) < 0.98;
    vec3 at = fine ? near * vec3(0.33333, 0.5, 0.5) + vec3(0.33333, 0.5, 0.4988)
                   : far * vec3(0.16667, 0.25, 0.5) + vec3(0.83333, 0.25, 0.4972);
    float lit = textureLod(shadows, at, 0.0);
    return max(abs(far.x), abs(far.y)) < 0.98 ? lit : 1.0;
}

#ifdef CAUSTICS
uniform float caustics;

// Light that waves gather: thin bright lines where two fields of ripples meet, around 1 on the average.
float gathered(vec3 p) {
    vec2 q = p.xz * 0.85 - sun.xz / max(sun.y, 0.2) * p.y * 0.85;
    vec2 bend = vec2(value_noise(q * 0.7 + time * 0.35), value_noise(q * 0.7 - time * 0.30 + 9.0)) * 1.6;
    float a = abs(value_noise(q * 1.3 + bend + time * 0.25) - 0.5);
    float b = abs(value_noise(q * 1.9 - bend.yx - time * 0.30 + 4.0) - 0.5);
    float line = max(1.0 - 5.5 * a, 0.0) + 0.7 * max(1.0 - 6.0 * b, 0.0);
    return 1.0 + caustics * (line * line * 1.8 - 0.45);
}
#endif

float lit_at(vec3 p) {
    return lit_from(shadow_place(p));
}

vec3 sky_light(float up) {
    return mix(bounce, mix(horizon_away, zenith, 0.45) * 1.05 + horizon * 0.16, 0.5 + 0.5 * up);
}
