in vec2 place;
in vec3 ray, gradient;
uniform sampler2D clouds;
uniform float drift, disc, disc_cos, moonlike;
out vec4 pixel;

#ifdef AURORA
uniform float aurora;

// Northern lights: curtains that follow the contour lines of a slow noise, hung up in layers one over the other.
vec3 northern_lights(vec3 d) {
    if (d.y < 0.02) return vec3(0.0);
    vec2 base = d.xz / (d.y + 0.22);
    float azimuth = atan(d.x, -d.z);
    float rays = 0.55 + 0.45 * value_noise(vec2(azimuth * 34.0 + time * 0.35, time * 0.22));
    float patches = smoothstep(0.30, 0.72, value_noise(base * 0.55 + vec2(7.3, time * 0.030)));
    vec3 sum = vec3(0.0);
    for (int k = 0; k < 7; k++) {
        float up = float(k) / 6.0;
        vec2 p = base * (1.0 + 0.20 * up);
        vec2 q = p * 1.15 + vec2(time * 0.014, -time * 0.009);
        q += 0.55 * (vec2(value_noise(q * 1.3 + 3.0), value_noise(q * 1.3 + 19.0)) - 0.5);
        float off = (value_noise(q) - 0.5) * 11.0;
        float curtain = exp(-off * off);
        vec3 tint = mix(vec3(0.10, 0.95, 0.42), vec3(0.42, 0.16, 0.78), smoothstep(0.25, 1.0, up));
        sum += tint * curtain * (1.0 - 0.82 * up);
    }
    return sum * (aurora * 0.17 * rays * (0.25 + patches) * smoothstep(0.02, 0.16, d.y));
}
#endif

void main() {
    vec3 d = normalize(ray);
    vec3 c = gradient + sky_glow(d);
    vec4 cloud = texture(clouds, vec2(place.x + drift, place.y));
#ifdef DISC
    float s = dot(d, sun);
    if (s > disc_cos - 0.0004) {
        float inside = smoothstep(disc_cos - 0.00003, disc_cos + 0.00003, s);
        vec3 side = normalize(cross(sun, vec3(0.0, 1.0, 0.0)));
        vec2 face = vec2(dot(d, side), dot(d, cross(side, sun))) / sqrt(1.0 - disc_cos * disc_cos) ;
        float marks = 1.0 - moonlike * 0.5 * smoothstep(0.42, 0.66, fbm(face * 1.3 + 4.3, 4));
        c = mix(c, c * 0.3 + sun_color * disc * marks, inside);
    }
#endif
#ifdef AURORA
    c += northern_lights(d);
#endif
    c = c * (1.0 - cloud.a) + cloud.rgb * cloud.rgb * 2.0;
    vec3 shown = tone(c);
    // White noise by whole numbers (a multiply and xor-shift hash): hash21 would show a weave.
    uint h = uint(gl_FragCoord.x) * 1597334677u ^ (uint(gl_FragCoord.y) + uint(time * 24.0 + 0.5) * 4099u) * 3812015801u;
    h = (h ^ (h >> 15)) * 2246822519u;
    h ^= h >> 13;
    shown += (float(h & 1023u) / 1023.0 - 0.5) * (1.6 / 255.0);
    pixel = vec4(shown, 1.0);
}
