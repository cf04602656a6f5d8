in vec3 world, shade;
in vec4 paint, air;
in vec2 facing;
#ifdef LAMPS
in vec3 upright;
#endif
#ifdef ACTED
in vec3 stir;
#endif
uniform float lamps, roughness;
#ifdef WET
uniform sampler2D mirror;
uniform vec2 target_size;
#endif
out vec4 pixel;

void main() {
    float lit = max(facing.x, 0.0) * lit_from(shade);
    vec2 q = abs(facing.y) > 0.6 ? world.xz : vec2(world.x + world.z, world.y);
    float grain = 1.0 + roughness * 1.4 * (value_noise(q * 4.3) - 0.5);
    float open = 1.0;
#ifdef ACTED
    lit *= moving_lit(stir);
    open = mix(1.0, contact_openness(world.xz), max(facing.y, 0.0));
#endif
#ifdef CAUSTICS
    lit *= gathered(world);
#endif
    vec3 light = (sun_color * lit + sky_light(facing.y)) * open;
#ifdef LAMPS
    light += lamp_light(world, upright) * open;
#endif
    vec3 c = paint.rgb * (light * grain + paint.a * lamps * 5.0 * open);
    vec3 shown = tone(mix(c, air.rgb, air.a));
#ifdef WET
    if (facing.y > 0.9 && world.y < 0.35) {
        vec3 v = normalize(world - eye);
        float k = 1.0 - max(-v.y, 0.0);
        float puddle = smoothstep(0.30, 0.62, value_noise(world.xz * vec2(0.55, 0.30)) * 0.7 + 0.3 * value_noise(world.xz * 2.3));
        vec2 stir = vec2(value_noise(world.xz * 5.0 + time * 5.0), value_noise(world.xz * 5.0 - time * 5.0 + 7.0)) - 0.5;
        vec2 at = gl_FragCoord.xy / target_size + stir * vec2(0.006, 0.020);
        vec3 seen = texture(mirror, clamp(at, 0.002, 0.998)).rgb;
        float share = (0.12 + 0.74 * k * k) * (0.50 + 0.50 * puddle) * (1.0 - air.a);
        // What shines is mirrored brighter than what is lit: neon lies on the street in whole streaks.
        shown = mix(shown, seen, share) + 0.55 * share * seen * seen;
    }
#endif
    pixel = vec4(shown, 1.0);
}
