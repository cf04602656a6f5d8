in vec3 position;
in uvec4 bones;
in vec4 weights;
layout(std140) uniform Pose { vec4 pose[3 * MOST_BONES]; };
uniform mat4 light_projection;

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
    gl_Position = light_projection * vec4(dot(a, p), dot(b, p), dot(c, p), 1.0);
}
