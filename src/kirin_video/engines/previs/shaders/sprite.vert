// What burns, drifts, splashes and shines: a square each, its corners numbered by its index.
in vec3 middle, across, along;
in vec4 paint;
in vec3 inside;
in vec4 look;   // glow, cover, softness, tile
uniform mat4 view_projection;
uniform float mirror_level, smallest;
out vec2 at;
out vec3 toward, outer, inner, around;
out vec4 air, seen;   // colour and share of the air; opacity, cover, softness, glow

void main() {
    vec2 corner = vec2(float(gl_VertexID & 1), float((gl_VertexID >> 1) & 1)) * 2.0 - 1.0;
    float d = distance(middle, eye);
    float wide = length(across), least = smallest * d;
    // What is thinner than a pixel is drawn a pixel wide and as much fainter.
    float room = max(least / max(wide, 1e-6), 1.0);
    vec3 p = middle + across * corner.x * room + along * corner.y * max(least / max(length(along), 1e-6), 1.0);
    float tile = floor(look.w + 0.5);
    at = (vec2(mod(tile, 4.0), floor(tile / 4.0)) + corner * 0.492 + 0.5) * 0.25;
    vec3 u = across / max(wide, 1e-6), v = normalize(along);
    vec3 w = cross(u, v);
    w *= dot(w, eye - middle) < 0.0 ? -1.0 : 1.0;
    toward = vec3(dot(u, sun), dot(v, sun), dot(w, sun));
    around = sky_light(0.4);
#ifdef LAMPS
    around += lamp_light(middle, normalize(eye - middle)) * 0.8;
#endif
    outer = paint.rgb;
    inner = inside;
    float lost = veil(middle);
    air = vec4(air_towards(middle - eye) * look.y, lost);
    seen = vec4(paint.a / room, look.y, look.z, look.x);
    gl_ClipDistance[0] = p.y - mirror_level;
    gl_Position = view_projection * vec4(p, 1.0);
}
