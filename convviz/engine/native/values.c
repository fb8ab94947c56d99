/* What is done with values once they are there: their distribution and their colours. */
#include <math.h>
#include <stdint.h>

#include "kernels.h"

/* As many at a time, so that the compiler can make vectors of what comes before looking up. */
#define PIECE 1024

/* Add to `counts`, of bins + 1, how many values v have (v - start) * scale nearest to each whole number. */
PUBLIC void convviz_count(const float *values, ptrdiff_t count, double start, double scale, int bins,
                          int64_t *counts) {
    int place[PIECE];
    for (ptrdiff_t done = 0; done < count; done += PIECE) {
        const int here = count - done < PIECE ? (int)(count - done) : PIECE;
        for (int n = 0; n < here; n++) {
            const double exact = ((double)values[done + n] - start) * scale;
            /* So written that what is no number counts as the lowest. */
            const double within = exact > 0 ? exact < bins ? exact : bins : 0;
            /* Where it is added, halves go to the even number. */
            place[n] = (int)(within + 0x1.8p52 - 0x1.8p52);
        }
        for (int n = 0; n < here; n++) counts[place[n]]++;
    }
}

/* Colours from a table: place rint((v - low) * factor) + centre, the first or last where that is beyond. */
PUBLIC void convviz_colour(const float *values, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t down, int absolute,
                           float low, float factor, int centre, int last, const uint32_t *table,
                           uint32_t *pixels) {
    const float least = (float)-centre, most = (float)(last - centre);
    int place[PIECE];
    for (ptrdiff_t y = 0; y < rows; y++, values += down, pixels += columns)
        for (ptrdiff_t x = 0; x < columns; x += PIECE) {
            const int here = columns - x < PIECE ? (int)(columns - x) : PIECE;
            for (int n = 0; n < here; n++) {
                const float value = absolute ? fabsf(values[x + n]) : values[x + n];
                const float exact = (value - low) * factor;
                const float above = exact > least ? exact : least;
                const float within = above < most ? above : most;
                place[n] = (int)(within + 0x1.8p23f - 0x1.8p23f) + centre;
            }
            for (int n = 0; n < here; n++) pixels[x + n] = table[place[n]];
        }
}
