in vec3 position;
#ifdef SWAYS
in vec4 color;
#endif
uniform mat4 view_projection;
uniform float mirror_level;

void main() {
#ifdef SWAYS
    vec3 p = swayed(position, color.a);
#else
    vec3 p = position;
#endif
    gl_ClipDistance[0] = p.y - mirror_level;
    gl_Position = view_projection * vec4(p, 1.0);
}
