in vec3 world;
in vec2 at;
in vec4 air;
#ifdef ACTED
in vec3 stir;
#endif
uniform sampler2D picture;
uniform vec3 gain;
uniform float flat_m;
out vec4 pixel;

void main() {
    vec3 shown = texture(picture, at).rgb;
    vec3 c = shown * shown * gain;
#ifdef ACTED
    // Only the ground is where it seems to be: shadows end where walls begin.
    float ground = 1.0 - smoothstep(flat_m, 2.0 * flat_m, world.y);
    vec3 sky = sky_light(1.0);
    vec3 sunless = sky / (sky + sun_color * max(sun.y, 0.0));
    c *= mix(vec3(1.0), mix(sunless, vec3(1.0), moving_lit(stir)) * contact_openness(world.xz), ground);
#endif
    pixel = vec4(mix(sqrt(c), tone(air.rgb), air.a), 1.0);
}
