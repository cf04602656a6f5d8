// A picture that is the world, on a screen of ground and walls.
in vec3 position;
in vec2 place;
uniform mat4 view_projection;
out vec3 world;
out vec2 at;
out vec4 air;
#ifdef ACTED
out vec3 stir;
#endif

void main() {
    world = position;
    at = place;
    air = vec4(air_towards(position - eye), veil(position));
#ifdef ACTED
    stir = moving_place(position + vec3(0.0, moving_offset, 0.0));
#endif
    gl_Position = view_projection * vec4(position, 1.0);
}
