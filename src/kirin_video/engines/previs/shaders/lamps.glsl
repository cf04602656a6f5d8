// Lamps near the stage: light that falls off with distance, some of it in cones.
#ifdef LAMPS
uniform vec4 lamp_place[LAMPS];   // where, and one over the square of its reach
uniform vec4 lamp_color[LAMPS];   // colour, and the cosine at which a cone ends
uniform vec4 lamp_aim[LAMPS];     // where a cone points, and the cosine up to which it is full

vec3 lamp_light(vec3 p, vec3 n) {
    vec3 sum = vec3(0.0);
    for (int k = 0; k < LAMPS; k++) {
        vec3 v = lamp_place[k].xyz - p;
        float d2 = dot(v, v);
        v *= inversesqrt(d2 + 1e-4);
        float cone = smoothstep(lamp_color[k].w, lamp_aim[k].w, -dot(v, lamp_aim[k].xyz));
        sum += lamp_color[k].rgb * (cone * max((dot(n, v) + 0.2) / 1.2, 0.0) / (1.0 + d2 * lamp_place[k].w));
    }
    return sum;
}
#endif
