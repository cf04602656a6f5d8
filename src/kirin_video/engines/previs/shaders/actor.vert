// Bodies: skinned by up to four bones.
in vec3 position;
in vec3 normal;
in vec4 color;
in float shine;
in vec4 skin;
in float along;
in uvec4 bones;
in vec4 weights;
layout(std140) uniform Pose { vec4 pose[3 * MOST_BONES]; };
uniform mat4 view_projection;
uniform float mirror_level, wind;
out vec3 world, bent, rest, shade, stir;
out vec4 paint, air, surface;
out vec2 flow;   // along the body, glow

void main() {
    vec4 a = vec4(0.0), b = vec4(0.0), c = vec4(0.0);
    for (int k = 0; k < 4; k++) {
        int at = 3 * int(bones[k]);
        float w = weights[k];
        a += pose[at] * w;
        b += pose[at + 1] * w;
        c += pose[at + 2] * w;
    }
    vec4 p = vec4(position, 1.0);
    world = vec3(dot(a, p), dot(b, p), dot(c, p));
    bent = vec3(dot(a.xyz, normal), dot(b.xyz, normal), dot(c.xyz, normal));
    float gust = wind * color.a * (0.5 + 0.5 * sin(time * 2.1 + position.x * 3.0 + position.y * 2.0));
    world.xz += vec2(0.10, 0.04) * gust;
    rest = position;
    flow = vec2(along, shine);
    surface = skin;
    paint = vec4(color.rgb * color.rgb, 1.0);
    shade = shadow_place(world + bent * 0.05);
    stir = moving_place(world + bent * moving_offset);
    air = vec4(air_towards(world - eye), veil(world));
    gl_ClipDistance[0] = world.y - mirror_level;
    gl_Position = view_projection * vec4(world, 1.0);
}
