in vec4 drop;     // place and phase
in vec2 corner;
uniform mat4 view_projection;
uniform vec3 side;
uniform float rate, large;
out vec2 spot;
out float strength;

void main() {
    float beat = time * rate + drop.w;
    float age = fract(beat);
    float jump = floor(beat);
    vec2 hop = vec2(hash21(vec2(jump, drop.w * 91.0)), hash21(vec2(drop.w * 57.0, jump))) - 0.5;
    vec3 p = drop.xyz + vec3(hop.x, 0.0, hop.y) * 0.7;
    float size = (0.020 + 0.055 * age) * large;
    p += side * corner.x * size + vec3(0.0, (corner.y * 0.5 + 0.5) * size * 0.9, 0.0);
    spot = corner;
    strength = (1.0 - age) * 0.7 * smoothstep(26.0, 4.0, distance(p, eye)) * step(age, 0.9);
    gl_ClipDistance[0] = 1.0;
    gl_Position = view_projection * vec4(p, 1.0);
}
