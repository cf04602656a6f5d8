in vec4 spot;
uniform mat4 view_projection;
out vec3 world;
out vec4 air;
out float depth;

void main() {
    world = vec3(spot.x, level, spot.y);
    depth = spot.z;
    air = vec4(air_towards(world - eye), veil(world));
    gl_ClipDistance[0] = 1.0;
    gl_Position = view_projection * vec4(world, 1.0);
}
