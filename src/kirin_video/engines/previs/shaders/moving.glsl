// What moves throws its shadow into a map of its own, drawn for every frame, and shades the ground it stands on.
uniform sampler2DShadow moving;
uniform mat4 moving_light;
uniform float moving_offset;
uniform sampler2D shade_map;
uniform vec3 shade_window;   // x and z of the map's middle, one over half its side

vec3 moving_place(vec3 p) {
    return (moving_light * vec4(p, 1.0)).xyz * 0.5 + 0.5;
}

float moving_lit(vec3 at) {
    // What lies beyond the map's depth is still behind everything in it.
    at.z = min(at.z, 0.9999);
    return textureLod(moving, at, 0.0);
}

// How much of the sky is left at a place on the ground.
float contact_openness(vec2 place) {
    return textureLod(shade_map, (place - shade_window.xy) * (0.5 * shade_window.z) + 0.5, 0.0).r;
}
