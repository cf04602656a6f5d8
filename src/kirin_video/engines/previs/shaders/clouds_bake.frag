// Clouds and the milky way as a panorama, colour times cover, kept as a square root of a half.
in vec2 place;
uniform vec3 cloud_lit, cloud_shade;
uniform float cover, cloud_size, streaks, milky_way;
uniform vec2 drift_origin;
out vec4 pixel;

float heap(vec2 p, int octaves) {
    vec2 warp = vec2(fbm(p * 0.7 + 3.1, 2), fbm(p * 0.7 + 11.7, 2)) - 0.5;
    return fbm(p + warp * 0.9, octaves);
}

#ifdef GALAXY
vec3 galaxy(vec3 d) {
    vec3 pole = normalize(vec3(0.72, 0.36, 0.58));
    float off = dot(d, pole);
    vec3 along = normalize(d - pole * off);
    vec2 q = vec2(atan(along.y, along.x - 0.3 * along.z) * 3.0, off * 6.0);
    float dust = fbm(q * 2.6 + 5.0, 7);
    float band = exp(-off * off * 26.0);
    float core = exp(-off * off * 120.0);
    float lane = smoothstep(0.38, 0.66, fbm(q * vec2(1.2, 2.1) + 9.0, 5)) * exp(-(off - 0.02) * (off - 0.02) * 190.0);
    float glowing = band * (0.30 + 1.1 * dust * dust) + core * 0.55 * dust;
    glowing *= 1.0 - 0.85 * lane;
    vec3 tint = mix(vec3(0.34, 0.44, 0.78), vec3(0.92, 0.72, 0.62), core * smoothstep(0.3, 0.7, dust));
    return tint * glowing;
}
#endif

void main() {
    float azimuth = (place.x - 0.5) * 6.2831853, elevation = elevation_of(place.y);
    vec3 d = vec3(sin(azimuth) * cos(elevation), sin(elevation), -cos(azimuth) * cos(elevation));
    vec2 p = d.xz / (d.y + 0.16) * 1.05 / cloud_size;
    p.y *= 1.0 + 1.2 * streaks;
    p += drift_origin;
    float k = heap(p, 6);
    vec2 to_sun = normalize(sun.xz) * (0.10 + 0.10 * (1.0 - sun.y));
    float k2 = heap(p + to_sun, 4);
    float edge = mix(0.76, 0.22, cover);
    float a = smoothstep(edge, edge + mix(0.11, 0.26, cover), k);
    float thick = smoothstep(edge + 0.03, edge + 0.34, k);
    float relief = clamp(0.5 + (k - k2) * 3.6 - thick * 0.55 + 0.22, 0.0, 1.0);
    vec3 c = mix(cloud_shade, cloud_lit, relief);
    float near_sun = max(dot(d, sun), 0.0);
    c += glow * (1.0 - thick) * pow(near_sun, 10.0) * 0.8;
    float low = smoothstep(0.0, 0.34, d.y);
    c = mix(sky_at(d) * 1.03, c, 0.22 + 0.78 * low);
    a *= smoothstep(0.005, 0.10, d.y) * 0.96;
#ifdef WHOLE
    vec3 sum = vec3(0.0);
    a = 0.0;
#else
    vec3 sum = c * a;
#endif
#ifdef GALAXY
#ifdef WHOLE
    sum += galaxy(d) * milky_way;
#else
    sum += galaxy(d) * milky_way * (1.0 - a) * smoothstep(-0.05, 0.3, d.y);
#endif
#endif
    pixel = vec4(sqrt(clamp(sum * 0.5, 0.0, 1.0)), a);
}
