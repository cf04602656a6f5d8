// What is hard and only a few pixels large: lit by vertex, as soft.vert does it, so that pixels are almost free.
in vec3 position;
in vec3 normal;
in vec4 color;
in float shine;
uniform mat4 view_projection;
uniform float mirror_level, lamps, roughness;
out vec3 shaded;

void main() {
    vec3 p = position;
    float facing = max((dot(normal, sun) + 0.12) / 1.12, 0.0);
    float lit = facing * lit_at(p + normal * 0.05);
    vec2 q = abs(normal.y) > 0.6 ? p.xz : vec2(p.x + p.z, p.y);
    float grain = 1.0 + roughness * 1.4 * (value_noise(q * 4.3) - 0.5);
    float open = 1.0;
#ifdef ACTED
    lit *= moving_lit(moving_place(p + normal * moving_offset));
    open = mix(1.0, contact_openness(p.xz), max(normal.y, 0.0));
#endif
#ifdef CAUSTICS
    lit *= gathered(p);
#endif
    vec3 light = (sun_color * lit + sky_light(normal.y)) * open;
#ifdef LAMPS
    light += lamp_light(p, normal) * open;
#endif
    vec3 c = color.rgb * color.rgb * (light * grain + shine * lamps * 5.0 * open);
    shaded = tone(mix(c, air_towards(p - eye), veil(p)));
    gl_ClipDistance[0] = p.y - mirror_level;
    gl_Position = view_projection * vec4(p, 1.0);
}
