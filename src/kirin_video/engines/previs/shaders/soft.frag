in vec3 shaded;
out vec4 pixel;

void main() {
    pixel = vec4(shaded, 1.0);
}
