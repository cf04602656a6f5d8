// What moves throws its shadow into a map of its own, drawn for every frame, and shades the ground it stands on.
uniform sampler2DShadow moving;
uniform mat4 moving_light;
uniform float moving_texel, moving_offset;
uniform vec4 contacts[24];   // x, z, one over the radius, darkness
uniform int contact_count;

vec3 moving_place(vec3 p) {
    return (moving_light * vec4(p, 1.0)).xyz * 0.5 + 0.5;
}

float moving_lit(vec3 at) {
    // What lies beyond the map's depth is still behind everything in it.
    at.z = min(at.z, 0.9999);
    vec2 a = vec2(0.9, 0.35) * moving_texel, b = vec2(-0.35, 0.9) * moving_texel;
    float lit = textureLod(moving, at + vec3(a, 0.0), 0.0) + textureLod(moving, at - vec3(a, 0.0), 0.0);
    lit += textureLod(moving, at + vec3(b, 0.0), 0.0) + textureLod(moving, at - vec3(b, 0.0), 0.0);
    return 0.25 * lit;
}

// How much of the sky is left at a place on the ground.
float contact_openness(vec2 place) {
    float open = 1.0;
    for (int k = 0; k < contact_count; k++) {
        vec2 off = (place - contacts[k].xy) * contacts[k].z;
        float near = max(1.0 - dot(off, off), 0.0);
        open *= 1.0 - contacts[k].w * near * near;
    }
    return open;
}
