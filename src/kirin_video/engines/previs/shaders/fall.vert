// Rain and snow: particles in a box that travels with the camera and wraps round it.
in vec4 seed;     // place in the box, 0 to 1, and a personal number
in vec2 corner;
uniform mat4 view_projection;
uniform vec3 box, velocity, middle, side;
uniform vec3 shape;      // half width, length in seconds of fall, sway
uniform float opacity, smallest;
uniform vec3 tint;
out vec2 spot;
out float strength;

void main() {
    float fall = 0.8 + 0.4 * seed.w;
    vec3 p = seed.xyz * box + velocity * time * fall;
    p.xz += shape.z * vec2(sin(time * (0.7 + seed.w) + seed.w * 40.0), cos(time * (0.9 + 0.5 * seed.w) + seed.w * 70.0));
    p = middle + (fract((p - middle) / box + 0.5) - 0.5) * box;
    float d = distance(p, eye);
    float width = max(shape.x * (0.6 + 0.8 * seed.w), smallest * d);
    vec3 up = shape.y > 0.0 ? -velocity * shape.y * fall : normalize(cross(side, p - eye)) * width;
    p += side * corner.x * width + up * corner.y;
    spot = corner;
    vec3 off = abs(p - middle) / box * 2.0;
    float rim = 1.0 - smoothstep(0.75, 1.0, max(off.x, max(off.y, off.z)));
    strength = opacity * rim * smoothstep(0.5, 1.6, d) * clamp(shape.x * 1.4 / width, 0.25, 1.0);
    gl_ClipDistance[0] = 1.0;
    gl_Position = view_projection * vec4(p, 1.0);
}
