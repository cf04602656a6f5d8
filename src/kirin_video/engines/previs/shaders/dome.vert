in vec2 spot;   // azimuth share, elevation share
uniform mat4 view_projection;
out vec2 place;
out vec3 ray, gradient;

void main() {
    place = spot;
    float azimuth = (spot.x - 0.5) * 6.2831853, elevation = elevation_of(spot.y);
    ray = vec3(sin(azimuth) * cos(elevation), sin(elevation), -cos(azimuth) * cos(elevation));
    gradient = sky_gradient(ray);
    gl_ClipDistance[0] = 1.0;
    vec4 far = view_projection * vec4(eye + ray * 1000.0, 1.0);
    gl_Position = vec4(far.xy, far.w * 0.999999, far.w);
}
