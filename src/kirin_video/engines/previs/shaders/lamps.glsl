// Lamps near the stage: light that falls off with distance, some of it in cones.
#ifdef LAMPS
uniform vec4 lamp_place[LAMPS];   // where, and one over the square of its reach
uniform vec4 lamp_color[LAMPS];   // colour over 1.2
#ifdef COUNTED
uniform int lamp_count;
#else
const int lamp_count = LAMPS;
#endif
uniform vec4 lamp_cone[LAMPS];    // a direction's place between a cone's border, 0, and its full light, 1, as a plane

vec3 lamp_light(vec3 p, vec3 n) {
    vec3 sum = vec3(0.0);
    for (int k = 0; k < lamp_count; k++) {
        vec3 v = lamp_place[k].xyz - p;
        float d2 = dot(v, v);
        // One root and one division for direction and distance: they are what costs here.
        float d = sqrt(d2 + 1e-4), faint = 1.0 + d2 * lamp_place[k].w;
        float both = 1.0 / (d * faint);
        v *= both * faint;
        float t = clamp(dot(v, lamp_cone[k].xyz) + lamp_cone[k].w, 0.0, 1.0);
        float cone = t * t * (3.0 - 2.0 * t);
        sum += lamp_color[k].rgb * (cone * max(dot(n, v) + 0.2, 0.0) * both * d);
    }
    return sum;
}
#endif
