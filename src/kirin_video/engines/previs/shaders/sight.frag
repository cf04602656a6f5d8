// The number of the triangle, as a colour.
uniform int first_number;
out vec4 pixel;

void main() {
    int n = first_number + gl_PrimitiveID;
    pixel = vec4(n & 255, (n >> 8) & 255, (n >> 16) & 255, 255) / 255.0;
}
