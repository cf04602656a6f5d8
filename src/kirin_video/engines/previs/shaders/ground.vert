in vec3 position;
in vec2 place_in;
uniform mat4 view_projection;
uniform float wetness, mirror_level;
out vec2 place, flat_place;
out vec4 air;
#ifdef SHEEN
out vec4 sheen;
#endif

#ifdef ACTED
out vec3 shade, stir;
#endif
#ifdef LAMPS
out vec3 world;
#endif

void main() {
    vec3 v = position - eye;
    place = place_in;
    flat_place = position.xz;
    air = vec4(air_towards(v), veil(position));
#ifdef SHEEN
    v = normalize(v);
    float grazing = 1.0 - max(-v.y, 0.0);
    float mirror = wetness * grazing * grazing * grazing;
    sheen = vec4(sky_at(normalize(vec3(v.x, 0.25 - 0.4 * v.y, v.z))), mirror);
#endif
#ifdef ACTED
    shade = shadow_place(position + vec3(0.0, 0.03, 0.0));
    stir = moving_place(position + vec3(0.0, moving_offset, 0.0));
#endif
#ifdef LAMPS
    world = position;
#endif
    gl_ClipDistance[0] = position.y - mirror_level;
    gl_Position = view_projection * vec4(position, 1.0);
}
