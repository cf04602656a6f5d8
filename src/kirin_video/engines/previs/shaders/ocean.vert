in vec4 spot;   // x, z, depth, metres from the shore
uniform mat4 view_projection;
out vec3 world, low_sky;
out vec4 air;
out vec4 about;   // depth, metres from the shore, angle, root of nearness
out float crest;

void main() {
    vec2 q = spot.xy;
    vec2 from = q - center;
    float d = length(from);
    float h = (textureLod(tile, q / tile_m, 0.0).z - 0.5) * height_scale;
    float open = 1.0;
#ifdef BREAKING
    open = smoothstep(2.0, 30.0, spot.w) * 0.8;
#endif
    h *= swell * open / (1.0 + d * d * 4e-6);
    crest = 0.0;
    float depth = spot.z;
#ifdef BREAKING
    float wander = value_noise(q * 0.045) * 1.3 + value_noise(q * 0.012) * 1.5;
    float phase = spot.w / 11.0 + time / 6.2 + wander;
    float shape = pow(0.5 + 0.5 * cos(6.2832 * phase), 5.0);
    float size = smoothstep(1.5, 10.0, spot.w) * (1.0 - smoothstep(20.0, 60.0, spot.w));
    crest = shape * size;
    h += crest * 0.62 * max(swell, 1.0);
    float run = sin(6.2832 * (time / 6.2 + value_noise(vec2(q.x, q.y) * 0.045) * 1.3));
    float up = 0.075 * run * (1.0 - smoothstep(4.0, 16.0, spot.w));
    h += up;
    depth += up;
#endif
    world = vec3(q.x, level + h, q.y);
    vec3 v = world - eye;
    low_sky = sky_at(normalize(vec3(v.x, 0.05 * length(v.xz), v.z)));
    air = vec4(air_towards(v), veil(world));
    about = vec4(depth, spot.w, atan(from.x, -from.y), inversesqrt(max(d, 1.0)));
    gl_ClipDistance[0] = 1.0;
    gl_Position = view_projection * vec4(world, 1.0);
}
