// Leaves, grass and all that is small: lit by vertex, so that pixels are almost free.
in vec3 position;
in vec3 normal;
in vec4 color;
in float shine;
uniform mat4 view_projection;
uniform float lamps;
uniform float mirror_level;
out vec3 shaded;

void main() {
    vec3 p = swayed(position, color.a);
    vec3 albedo = color.rgb * color.rgb;
    float lit = lit_at(p);
#ifdef ACTED
    lit *= moving_lit(moving_place(p));
#endif
    float facing = dot(normal, sun);
    float wrap = max((facing + 0.35) / 1.35, 0.0);
    vec3 v = normalize(p - eye);
    float ahead = max(dot(v, sun), 0.0), ahead2 = ahead * ahead;
    float through = ahead2 * ahead2 * ahead * color.a;
    vec3 light = sun_color * lit * (mix(wrap, abs(facing) * 0.6 + 0.3, color.a * 0.6) + through * 1.6);
    light += sky_light(normal.y);
#ifdef LAMPS
    light += lamp_light(p, normal);
#endif
#ifdef ACTED
    light *= contact_openness(p.xz);
#endif
    vec3 c = albedo * light + albedo * shine * lamps * 3.0;
    float lost = veil(p);
    shaded = tone(mix(c, air_towards(p - eye), lost));
    gl_ClipDistance[0] = p.y - mirror_level;
    gl_Position = view_projection * vec4(p, 1.0);
}
