in vec2 place, flat_place;
in vec4 air;
#ifdef SHEEN
in vec4 sheen;
#endif
uniform sampler2D baked;
uniform vec4 grain;   // amount, grains a metre, ripple, ripples a metre
uniform float stretch;
#ifdef ACTED
in vec3 shade, stir;
#endif
#ifdef LAMPS
in vec3 world;
#endif
out vec4 pixel;

void main() {
    vec4 map = texture(baked, place);
    vec3 c = map.rgb * map.rgb * 4.0;
    vec2 off = flat_place - eye.xz;
    float d2 = dot(off, off);
    float near = 1.0 / (1.0 + d2 * 0.004);
    float middle = 1.0 / (1.0 + d2 * 0.00012);
    vec2 q = flat_place * grain.y;
    // What is far enough is drawn without what no longer shows there.
#ifdef FARTHEST
    float coarse = 0.5;
#else
    float coarse = value_noise(q * 0.13);
#endif
#ifdef FAR
    float fine = 0.5;
#else
    float fine = value_noise(vec2(q.x, q.y / stretch) + coarse * 3.0);
#endif
    float detail = 1.0 + map.a * grain.x * ((fine - 0.5) * near * 1.3 + (coarse - 0.5) * middle * 0.7);
#if defined RIPPLED && !defined FAR
    float phase = (flat_place.y * 0.93 + flat_place.x * 0.37) * grain.w + 5.0 * coarse;
    detail += grain.z * map.a * sin(6.2832 * phase) * near * (0.4 + coarse);
#endif
    c *= detail;
#ifdef LAMPS
    // The map holds what sun and sky leave of the ground's colour: lamps shine on the rest of it.
    vec3 daylight = sky_light(1.0) * 0.9 + sun_color * max(sun.y + 0.08, 0.0) * 0.5;
    c += c / daylight * lamp_light(world, vec3(0.0, 1.0, 0.0));
#endif
#ifdef ACTED
    // The map holds sun and sky together: what a body takes away is the sun's share of level ground.
    vec3 sky = sky_light(1.0);
    vec3 sunless = sky / (sky + sun_color * max(sun.y + 0.08, 0.0) / 1.08);
    c *= mix(sunless, vec3(1.0), 1.0 - lit_from(shade) * (1.0 - moving_lit(stir)));
    c *= contact_openness(flat_place);
#endif
#ifdef CAUSTICS
    c *= gathered(vec3(flat_place.x, 0.0, flat_place.y));
#endif
#ifdef SHEEN
    c = mix(c, sheen.rgb, sheen.a * (0.45 + 0.75 * coarse));
#endif
    pixel = vec4(tone(mix(c, air.rgb, air.a)), 1.0);
}
