// Clouds and the milky way as a panorama, colour times cover, kept as a square root of a half.
in vec2 place;
uniform vec3 cloud_lit, cloud_shade;
uniform float cover, cloud_size, streaks, milky_way, nebula;
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

#ifdef NEBULA
// Gas that glows: on three sides of a direction, folded by noise of noise, with dark dust before it. The fields
// are read on the three planes of space and blended, so that nothing is pinched anywhere.
float folded(vec3 d, float scale, float shift, int octaves) {
    vec3 w = pow(abs(d), vec3(4.0));
    w /= w.x + w.y + w.z;
    float sum = 0.0;
    vec2 sides[3] = vec2[3](d.yz, d.zx, d.xy);
    for (int k = 0; k < 3; k++) {
        vec2 p = sides[k] * scale + shift + float(k) * 17.3;
        vec2 warp = vec2(fbm(p * 0.8 + 4.0, 4), fbm(p * 0.8 + 21.0, 4)) - 0.5;
        sum += (k == 0 ? w.x : k == 1 ? w.y : w.z) * fbm(p + warp * 1.9, octaves);
    }
    return sum;
}

vec3 gas(vec3 d) {
    float shift = drift_origin.x * 0.11;
    float wide = folded(d, 1.5, shift, 5);
    float fine = folded(d, 3.4, shift + 31.0, 7);
    float edge = folded(d, 2.3, shift + 57.0, 6);
    float dust = folded(d, 3.0, shift + 83.0, 6);
    float body = smoothstep(0.36, 0.66, wide + 0.34 * (fine - 0.5));
    float thread = exp(-abs(edge - 0.5) * 34.0) * smoothstep(0.34, 0.56, wide);
    vec3 cold = vec3(0.06, 0.22, 0.62), rose = vec3(0.92, 0.16, 0.44), gold = vec3(1.25, 0.62, 0.26), teal = vec3(0.10, 0.62, 0.62);
    vec3 tint = mix(mix(cold, teal, smoothstep(0.40, 0.60, fine)), rose, smoothstep(0.42, 0.60, edge));
    tint = mix(tint, gold, smoothstep(0.62, 0.78, wide + 0.4 * (fine - 0.5)));
    vec3 sum = tint * body * (0.30 + 1.5 * fine * fine) + mix(rose, gold, fine) * thread * 0.55;
    return sum * (1.0 - 0.80 * smoothstep(0.50, 0.66, dust) * smoothstep(0.3, 0.6, wide)) + cold * 0.10 * wide;
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
    a *= smoothstep(0.005, 0.10, d.y) * 0.96 * step(0.001, cover);
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
#ifdef NEBULA
    sum += gas(d) * nebula;
#endif
    pixel = vec4(sqrt(clamp(sum * 0.5, 0.0, 1.0)), a);
}
