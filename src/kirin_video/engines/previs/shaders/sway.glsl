// How the wind bends what can bend: 0 is rigid, 1 free.
uniform float wind;

vec3 swayed(vec3 p, float freedom) {
    float gust = 0.6 + 0.4 * sin(time * 0.55 + p.x * 0.045 + p.z * 0.03);
    float wave = sin(time * 1.9 + p.x * 0.42 + p.z * 0.31) + 0.45 * sin(time * 4.3 + p.x * 1.7 + p.z * 1.3);
    float bend = wind * gust * freedom;
    p.x += bend * (0.45 + 0.55 * wave) * 0.16;
    p.z += bend * wave * 0.07;
    return p;
}
