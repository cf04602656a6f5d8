// Shadows: a fine map round the stage and a coarse one for the whole land.
uniform sampler2DShadow near_shadow, far_shadow;
uniform mat4 near_light, far_light;

float lit_at(vec3 p) {
    vec3 q = (near_light * vec4(p, 1.0)).xyz;
    if (abs(q.x) < 0.98 && abs(q.y) < 0.98) {
        return texture(near_shadow, q * 0.5 + vec3(0.5, 0.5, 0.4988));
    }
    q = (far_light * vec4(p, 1.0)).xyz;
    if (abs(q.x) > 0.98 || abs(q.y) > 0.98) return 1.0;
    return texture(far_shadow, q * 0.5 + vec3(0.5, 0.5, 0.4972));
}

vec3 sky_light(float up) {
    return mix(bounce, mix(horizon_away, zenith, 0.45) * 1.05 + horizon * 0.16, 0.5 + 0.5 * up);
}
