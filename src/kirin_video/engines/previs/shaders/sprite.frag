in vec2 at;
in vec3 toward, outer, inner, around;
in vec4 air, seen;
uniform sampler2D tiles;
out vec4 pixel;

void main() {
    vec4 t = texture(tiles, at);
    vec2 n = t.ba * 2.0 - 1.0;
    float facing = dot(vec3(n, sqrt(max(1.0 - dot(n, n), 0.0))), toward);
    vec3 own = mix(outer, inner, t.g);
    vec3 lit = own * (around + sun_color * max((facing + 0.45) / 1.45, 0.0));
    vec3 c = mix(lit, own, seen.w);
    c = mix(c, air.rgb, air.a);
    float inside = clamp((t.r - 0.5) / (2.0 * seen.z) + 0.5, 0.0, 1.0);
    float a = seen.x * inside;
    pixel = vec4(tone(c) * a, a * seen.y);
}
