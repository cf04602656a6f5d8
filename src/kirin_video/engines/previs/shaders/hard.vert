// Rocks and walls: lit by vertex but for their shadows.
in vec3 position;
in vec3 normal;
in vec4 color;
in float shine;
uniform mat4 view_projection;
uniform float mirror_level;
out vec3 world, shade;
out vec4 paint, air;
out vec2 facing;   // towards the sun, up
#ifdef LAMPS
out vec3 upright;
#endif
#ifdef ACTED
out vec3 stir;
#endif

void main() {
    world = position;
    shade = shadow_place(position + normal * 0.05);
    facing = vec2((dot(normal, sun) + 0.12) / 1.12, normal.y);
    paint = vec4(color.rgb * color.rgb, shine);
#ifdef LAMPS
    upright = normal;
#endif
    air = vec4(air_towards(position - eye), veil(position));
#ifdef ACTED
    stir = moving_place(position + normal * moving_offset);
#endif
    gl_ClipDistance[0] = position.y - mirror_level;
    gl_Position = view_projection * vec4(position, 1.0);
}
