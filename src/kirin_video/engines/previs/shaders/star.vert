in vec4 star;   // direction, brightness
in vec4 tint;   // colour, phase
uniform mat4 view_projection;
uniform float stars, pixel_scale;
uniform sampler2D clouds;
uniform float drift;
out vec4 shown;

void main() {
    float elevation = asin(star.y), azimuth = atan(star.x, -star.z);
    vec2 place = vec2(azimuth / 6.2831853 + 0.5 + drift, row_of(elevation));
    float open = 1.0 - textureLod(clouds, place, 0.0).a;
    float twinkle = 0.78 + 0.22 * sin(time * (2.0 + 3.0 * tint.a) + tint.a * 40.0);
#ifdef WHOLE
    float low = 1.0;
    // In space most stars lie before the clouds of gas, and are as sharp as nothing on Earth.
    open = 0.55 + 0.45 * open;
#else
    float low = smoothstep(0.0, 0.25, star.y);
#endif
    shown = vec4(tint.rgb, stars * min(star.w, 1.0) * twinkle * open * open * low);
#ifdef WHOLE
    gl_PointSize = max(pixel_scale * (1.45 + 3.0 * star.w * star.w), 1.6);
#else
    gl_PointSize = max(pixel_scale * (1.05 + 1.5 * star.w), 1.3);
#endif
    gl_ClipDistance[0] = 1.0;
    vec4 far = view_projection * vec4(eye + star.xyz * 1000.0, 1.0);
    gl_Position = vec4(far.xy, far.w * 0.999998, far.w);
}
