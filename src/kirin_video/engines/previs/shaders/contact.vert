// Discs of shade on the ground, seen from above.
in vec4 disc;     // x, z, radius, darkness
in vec2 corner;
uniform vec3 shade_window;   // x and z of the middle, one over half its side
out vec2 place;
out float darkness;

void main() {
    place = corner;
    darkness = disc.w;
    gl_Position = vec4((disc.xy + corner * disc.z - shade_window.xy) * shade_window.z, 0.0, 1.0);
}
