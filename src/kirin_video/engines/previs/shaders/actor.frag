in vec3 world, bent, rest, shade, stir;
in vec4 paint, air, surface;
in vec2 flow;
uniform float lamps;
out vec4 pixel;

void main() {
    vec3 n = normalize(bent);
    vec3 v = eye - world;
    float distance = length(v);
    v /= distance;
    float open = surface.x, gloss = surface.z, fur = surface.w;
    vec3 albedo = mix(paint.rgb, coat_color * coat_color, coat_share(rest, flow.x) * surface.y);
    // Structure finer than a pixel would only flicker.
    albedo *= coat_grain(rest, flow.x, (1.0 - gloss) / (1.0 + distance * distance * 0.012));
    float facing = dot(n, sun);
    float soft = 0.22 + 0.30 * fur;
    float wrapped = max((facing + soft) / (1.0 + soft), 0.0);
    // Behind the terminator the map knows nothing: there the light fades by itself.
    float lit = mix(1.0, moving_lit(stir), smoothstep(-0.05, 0.22, facing)) * lit_from(shade);
#ifdef CAUSTICS
    lit *= gathered(world);
#endif
    vec3 light = sun_color * (lit * wrapped * (0.55 + 0.45 * open));
    light += sky_light(n.y) * (open * (0.62 + 0.38 * open));
#ifdef LAMPS
    light += lamp_light(world, n) * (0.5 + 0.5 * open);
#endif
    float edge = 1.0 - max(dot(n, v), 0.0);
    float edge2 = edge * edge;
    vec3 c = albedo * light;
    c += (0.30 * albedo + 0.06) * sky_light(0.6) * (fur * edge2 * edge * open);
    vec3 h = normalize(v + sun);
    float s = max(dot(n, h), 0.0), s4 = s * s; s4 *= s4;
    float s16 = s4 * s4; s16 *= s16;
    float s64 = s16 * s16; s64 *= s64;
    c += sun_color * (lit * gloss * (0.10 * s16 + 1.1 * s64));
    c += sky_at(reflect(-v, n)) * (gloss * (0.02 + 0.30 * edge2 * edge2));
    c += paint.rgb * flow.y * (0.15 + lamps) * 4.0;
    // No alpha marks what moves by itself.
    pixel = vec4(tone(mix(c, air.rgb, air.a)), 0.0);
}
