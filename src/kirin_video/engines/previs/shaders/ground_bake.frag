// Lights the ground's map once: sun, sky, soft shadows; the result is kept as a square root of a quarter.
in vec2 place;
uniform sampler2D points, normals, paint;
out vec4 pixel;

void main() {
    ivec2 at = ivec2(gl_FragCoord.xy);
    vec3 p = texelFetch(points, at, 0).xyz;
    vec3 n = texelFetch(normals, at, 0).xyz;
    vec4 c = texelFetch(paint, at, 0);
    // Softer far from the eye, where a texel is larger.
    // Both axes across the light are the axes of its map: one place serves every tap.
    vec3 middle = shadow_place(p + n * 0.03);
    float metre = length(vec3(near_light[0][0], near_light[1][0], near_light[2][0]));
    float reach = 0.05 + 0.004 * distance(p, eye);
    float turn = 6.2832 * hash21(vec2(at));
    float lit = 0.0;
    for (int k = 0; k < 12; k++) {
        float a = turn + 2.39996 * float(k), r = reach * sqrt((float(k) + 0.5) / 12.0);
        lit += lit_from(middle + vec3(cos(a), sin(a), 0.0) * r * metre);
    }
    lit /= 12.0;
    // Contact: what stands close by takes part of the sky away. Looking straight up through the sun's map is
    // a rough measure of it, good enough for grass and sand.
    vec3 albedo = c.rgb * c.rgb;
    vec3 light = sun_color * lit * max((dot(n, sun) + 0.08) / 1.08, 0.0) + sky_light(n.y) * (0.82 + 0.18 * lit);
    pixel = vec4(sqrt(clamp(albedo * light * 0.25, 0.0, 1.0)), c.a);
}
