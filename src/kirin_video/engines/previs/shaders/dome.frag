in vec2 place;
in vec3 ray, gradient;
uniform sampler2D clouds;
uniform float drift, disc, disc_cos, moonlike;
out vec4 pixel;

void main() {
    vec3 d = normalize(ray);
    vec3 c = gradient + sky_glow(d);
    vec4 cloud = texture(clouds, vec2(place.x + drift, place.y));
    float s = dot(d, sun);
    if (disc > 0.0 && s > disc_cos - 0.0004) {
        float inside = smoothstep(disc_cos - 0.00003, disc_cos + 0.00003, s);
        vec3 side = normalize(cross(sun, vec3(0.0, 1.0, 0.0)));
        vec2 face = vec2(dot(d, side), dot(d, cross(side, sun))) / sqrt(1.0 - disc_cos * disc_cos) ;
        float marks = 1.0 - moonlike * 0.5 * smoothstep(0.42, 0.66, fbm(face * 1.3 + 4.3, 4));
        c = mix(c, c * 0.3 + sun_color * disc * marks, inside);
    }
    c = c * (1.0 - cloud.a) + cloud.rgb * cloud.rgb * 2.0;
    vec3 shown = tone(c);
    // White noise by whole numbers (a multiply and xor-shift hash): hash21 would show a weave.
    uint h = uint(gl_FragCoord.x) * 1597334677u ^ (uint(gl_FragCoord.y) + uint(time * 24.0 + 0.5) * 4099u) * 3812015801u;
    h = (h ^ (h >> 15)) * 2246822519u;
    h ^= h >> 13;
    shown += (float(h & 1023u) / 1023.0 - 0.5) * (1.6 / 255.0);
    pixel = vec4(shown, 1.0);
}
