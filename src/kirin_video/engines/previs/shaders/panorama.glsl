// Which elevation a row of the panorama shows: half a sky above the horizon, finer towards it, or all of it.
float elevation_of(float row) {
#ifdef WHOLE
    return (row - 0.5) * 3.1415926;
#else
    return row * abs(row) * 1.5707963;
#endif
}

float row_of(float elevation) {
#ifdef WHOLE
    return elevation / 3.1415926 + 0.5;
#else
    return sqrt(max(elevation, 0.0) / 1.5707963);
#endif
}
