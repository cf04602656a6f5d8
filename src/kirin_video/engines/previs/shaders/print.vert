// Cut-outs: reliefs that wear a picture, moved by a few bones.
in vec3 position;
in vec3 normal;
in vec4 skin;
in vec2 place;
in uvec4 bones;
in vec4 weights;
layout(std140) uniform Pose { vec4 pose[3 * MOST_BONES]; };
uniform mat4 view_projection;
uniform float mirror_level;
out vec3 world, bent, shade, stir;
out vec2 at;
out vec4 air;
out float open;

void main() {
    vec4 a = vec4(0.0), b = vec4(0.0), c = vec4(0.0);
    for (int k = 0; k < 4; k++) {
        int row = 3 * int(bones[k]);
        float w = weights[k];
        a += pose[row] * w;
        b += pose[row + 1] * w;
        c += pose[row + 2] * w;
    }
    vec4 p = vec4(position, 1.0);
    world = vec3(dot(a, p), dot(b, p), dot(c, p));
    bent = vec3(dot(a.xyz, normal), dot(b.xyz, normal), dot(c.xyz, normal));
    at = place;
    open = skin.x;
    vec3 off = normalize(bent);
    shade = shadow_place(world + off * 0.06);
    stir = moving_place(world + off * (moving_offset * 2.0 + 0.02));
    air = vec4(air_towards(world - eye), veil(world));
    gl_ClipDistance[0] = world.y - mirror_level;
    gl_Position = view_projection * vec4(world, 1.0);
}
