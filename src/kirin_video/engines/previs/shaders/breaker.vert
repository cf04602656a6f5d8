// A wave that breaks: a form that travels over the water, its white parts boiling.
in vec3 position;   // along its crest, above still water, towards its back
in vec3 normal;
in vec3 look;       // metres up its profile, how white, how thin
uniform mat4 view_projection;
uniform vec4 axes;    // x and z along its crest, x and z towards its back
uniform vec3 place;   // x and z of its origin, its height as a share
out vec3 world, up, low_sky, kind;
out vec4 air;
out float beside;

void main() {
    vec3 p = vec3(position.x, position.y * place.z, position.z);
    beside = dot(place.xy + axes.xy * p.x + axes.zw * p.z, axes.xy);
    float boil = value_noise(vec2(beside * 0.9 + time * 0.7, look.x * 1.1 - time * 2.6)) - 0.5;
    p += normal * boil * look.y * look.y * 0.55;
    world = vec3(place.x + axes.x * p.x + axes.z * p.z, level + p.y, place.y + axes.y * p.x + axes.w * p.z);
    up = vec3(axes.x * normal.x + axes.z * normal.z, normal.y, axes.y * normal.x + axes.w * normal.z);
    kind = look;
    vec3 v = world - eye;
    low_sky = sky_at(normalize(vec3(v.x, 0.05 * length(v.xz), v.z)));
    air = vec4(air_towards(v), veil(world));
    gl_ClipDistance[0] = 1.0;
    gl_Position = view_projection * vec4(world, 1.0);
}
