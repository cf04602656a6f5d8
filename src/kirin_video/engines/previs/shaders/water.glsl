uniform sampler2D tile;      // slopes, height and folding of the waves, 0.5 is none
uniform float tile_m, swell, level, slope_scale, height_scale;
uniform vec2 center;
