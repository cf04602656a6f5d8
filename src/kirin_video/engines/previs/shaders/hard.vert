// Rocks and walls: lit by pixel.
in vec3 position;
in vec3 normal;
in vec4 color;
in float shine;
uniform mat4 view_projection;
uniform float mirror_level;
out vec3 world, facing;
out vec4 paint, air;

void main() {
    world = position;
    facing = normal;
    paint = vec4(color.rgb * color.rgb, shine);
    air = vec4(air_towards(position - eye), veil(position));
    gl_ClipDistance[0] = position.y - mirror_level;
    gl_Position = view_projection * vec4(position, 1.0);
}
