// Bodies once more, for how far they go in the picture while the shutter is open.
in vec3 position;
in uvec4 bones;
in vec4 weights;
layout(std140) uniform Pose { vec4 pose[3 * MOST_BONES]; };
layout(std140) uniform Step { vec4 step_of[3 * MOST_BONES]; };   // half of the way, where the pose is the place
uniform mat4 view_projection, opening, closing;
uniform vec2 scale;   // from clip space to shares of the farthest that is told
out vec2 gone;

void main() {
    vec4 a = vec4(0.0), b = vec4(0.0), c = vec4(0.0), d = vec4(0.0), e = vec4(0.0), f = vec4(0.0);
    for (int k = 0; k < 4; k++) {
        int at = 3 * int(bones[k]);
        float w = weights[k];
        a += pose[at] * w;
        b += pose[at + 1] * w;
        c += pose[at + 2] * w;
        d += step_of[at] * w;
        e += step_of[at + 1] * w;
        f += step_of[at + 2] * w;
    }
    vec4 p = vec4(position, 1.0);
    vec3 world = vec3(dot(a, p), dot(b, p), dot(c, p)), way = vec3(dot(d, p), dot(e, p), dot(f, p));
    vec4 from = opening * vec4(world - way, 1.0), to = closing * vec4(world + way, 1.0);
    gone = (to.xy / max(to.w, 0.05) - from.xy / max(from.w, 0.05)) * scale;
    gl_Position = view_projection * vec4(world, 1.0);
}
