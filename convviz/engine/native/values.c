/* What is done with values once they are there: their distribution and their colours. */
#include <math.h>
#include <stdint.h>

#include "kernels.h"
#include "pool.h"

/* As many at a time, so that the compiler can make vectors of what comes before looking up. */
#define PIECE 1024
/* Values that are coloured at a time, and below how many one thread colours all. */
#define UNIT_VALUES 8192
#define ALONE_VALUES 50000

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

typedef struct {
    const float *values;
    ptrdiff_t rows, columns, down, each;
    int absolute, centre, last;
    float low, factor;
    const uint32_t *table;
    uint32_t *pixels;
} Colour;

static void colour_unit(void *job, int number) {
    const Colour *const c = job;
    const float low = c->low, factor = c->factor;
    const float least = (float)-c->centre, most = (float)(c->last - c->centre);
    const int absolute = c->absolute, centre = c->centre;
    const uint32_t *const table = c->table;
    const ptrdiff_t first = number * c->each, beyond = first + c->each < c->rows ? first + c->each : c->rows;
    int place[PIECE];
    for (ptrdiff_t y = first; y < beyond; y++) {
        const float *const values = c->values + y * c->down;
        uint32_t *const pixels = c->pixels + y * c->columns;
        for (ptrdiff_t x = 0; x < c->columns; x += PIECE) {
            const int here = c->columns - x < PIECE ? (int)(c->columns - x) : PIECE;
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
}

/* Colours from a table: place rint((v - low) * factor) + centre, the first or last where that is beyond. */
PUBLIC void convviz_colour(const float *values, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t down, int absolute,
                           float low, float factor, int centre, int last, const uint32_t *table,
                           uint32_t *pixels, int threads) {
    Colour c = {values, rows, columns, down, 1, absolute, centre, last, low, factor, table, pixels};
    if (columns < UNIT_VALUES) c.each = UNIT_VALUES / (columns ? columns : 1);
    if (rows * columns < ALONE_VALUES) threads = 1;
    convviz_share(colour_unit, &c, (int)((rows + c.each - 1) / c.each), threads);
}
