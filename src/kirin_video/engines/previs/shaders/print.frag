in vec3 world, bent, shade, stir;
in vec2 at;
in vec4 air;
in float open;
uniform sampler2D sheet;
uniform float albedo_scale, water_level;
out vec4 pixel;

void main() {
    vec4 paint = texture(sheet, at);
    float cover = paint.a;
    // Below the water's surface nothing shows but a little of what is just under it.
    cover *= smoothstep(-0.05, 0.015, world.y - water_level + 0.02 * sin(world.x * 7.0 + world.z * 5.0 + time * 2.3));
    if (cover < 0.02) discard;
    vec3 albedo = paint.rgb * paint.rgb * albedo_scale;
    vec3 v = normalize(eye - world);
    vec3 n = normalize(bent);
    // Both sides wear the picture; what turns away from the eye is lit as its rim.
    n = normalize(n - v * min(dot(n, v) - 0.05, 0.0));
    // The picture has light and shade of its own: the world's is laid over it, not put in its place.
    float facing = dot(n, sun);
    float wrapped = (max((facing + 0.45) / 1.45, 0.0) + 0.12) * 0.89;
    float lit = mix(0.85, moving_lit(stir), smoothstep(0.0, 0.35, facing)) * lit_from(shade);
#ifdef CAUSTICS
    lit *= gathered(world);
#endif
    vec3 light = sun_color * (lit * wrapped * (0.6 + 0.4 * open));
    light += sky_light(n.y) * (0.45 + 0.55 * open);
#ifdef LAMPS
    light += lamp_light(world, n) * (0.5 + 0.5 * open);
#endif
    // A picture's shadows are lit already: in dark places it loses less than bare paint would.
    float level = dot(light, vec3(0.2126, 0.7152, 0.0722)) + 1e-4;
    light *= pow(level * 0.8, -0.30);
    float edge = 1.0 - max(dot(n, v), 0.0);
    vec3 c = albedo * light;
    // Light from behind runs round the outline.
    float behind = max(-dot(v, sun), 0.0);
    c += (0.25 * albedo + 0.02) * sun_color * (lit * behind * edge * edge * 0.8);
    pixel = vec4(tone(mix(c, air.rgb, air.a)), cover);
}
