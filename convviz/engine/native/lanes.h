/* Correlation in the processor's own vectors; included once for each kind of them.
 *
 * Before it is included: KERNELS names what is offered, LANES is how many numbers fill a vector, ROWS × VECTORS
 * how many vectors of results are kept in registers while all the taps pass by. A line of input that has been
 * loaded meets every one of the ROWS whose window it belongs to, so that a load serves up to ROWS
 * multiplications; which rows these are is known at compile time in every branch of a switch, as results
 * could not stay in registers otherwise. BYTES(at) is the vector of the numbers that the bytes from `at` on are.
 */
#include <string.h>

#include "kernels.h"

typedef float Vector __attribute__((vector_size(LANES * 4)));
/* The same anywhere in memory. */
typedef float Loose __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

#define WIDTH (LANES * VECTORS)
#define INLINE static inline __attribute__((always_inline))

#define FROM_0(TO) case TO: LINE(0, TO) break;
#define FROM_1(TO) case ROWS + TO: LINE(1, TO) break;
#define FROM_2(TO) case 2 * ROWS + TO: LINE(2, TO) break;
#define FROM_3(TO) case 3 * ROWS + TO: LINE(3, TO) break;
#define FROM_4(TO) case 4 * ROWS + TO: LINE(4, TO) break;
#define FROM_5(TO) case 5 * ROWS + TO: LINE(5, TO) break;

/* Terms that one number adds up before it is added to others of its kind: its rounding grows with them. */
#define TERMS 128

/* Write `rows` rows of `width` columns. Only constants may pick a sum: others would keep all in memory. */
INLINE void store(Vector sum[ROWS][VECTORS], float *out, ptrdiff_t down, int rows, ptrdiff_t width) {
    float all[ROWS * WIDTH];
    const int whole = width >= WIDTH;
    float *const target = whole ? out : all;
    const ptrdiff_t step = whole ? down : WIDTH;
    _Pragma("GCC unroll 8") for (int q = 0; q < ROWS; q++)
        if (q < rows)
            _Pragma("GCC unroll 8") for (int v = 0; v < VECTORS; v++)
                *(Loose *)(target + q * step + v * LANES) = sum[q][v];
    if (!whole)
        for (int q = 0; q < rows; q++) memcpy(out + q * down, all + q * WIDTH, width * sizeof(float));
}

/* Add `sum` to `total` and start it anew. */
INLINE void carry(Vector total[ROWS][VECTORS], Vector sum[ROWS][VECTORS]) {
    _Pragma("GCC unroll 8") for (int q = 0; q < ROWS; q++)
        _Pragma("GCC unroll 8") for (int v = 0; v < VECTORS; v++) {
            total[q][v] += sum[q][v];
            sum[q][v] = (Vector){0};
        }
}

/* Where to go on after `done` columns of `width`: the last are computed once more rather than one by one. */
INLINE ptrdiff_t next(ptrdiff_t done, ptrdiff_t width) {
    const ptrdiff_t after = done + WIDTH;
    return after >= width || after + WIDTH <= width ? after : width - WIDTH;
}

static int common_divisor(int a, int b) { return b ? common_divisor(b, a % b) : a; }

#define CELL float
#define LOAD(at) (*(const Loose *)(at))
#define NAME(word) word##_of_floats
#include "cells.h"

#define CELL unsigned char
#define LOAD(at) BYTES(at)
#define NAME(word) word##_of_bytes
#include "cells.h"

static void dense(const Windows *w, const float *weights, float *out, int filter, int y, int count, int x,
                  int width) {
    (w->bytes ? dense_of_bytes : dense_of_floats)(w, weights, out, filter, y, count, x, width);
}

static void factored(const Windows *w, const float *down, const float *across, float *out, int filter, int y,
                     int count, int x, int width, float *scratch) {
    static const ptrdiff_t here[1] = {0};
    const int planes = w->planes_per_group;
    const int lines = (count - 1) * w->stride + w->dilation * (w->kernel_rows - 1) + 1;
    const ptrdiff_t wide = width < WIDTH ? WIDTH : width;
    across += (ptrdiff_t)filter * planes * w->kernel_columns;
    (w->bytes ? spread_of_bytes : spread_of_floats)(w, across, scratch, wide, lines, filter, y, x, width);
    const Pile_of_floats pile = {scratch, wide * lines, wide, here, planes, w->kernel_rows, 1, 1};
    slide_of_floats(pile, w->stride, w->dilation, down + (ptrdiff_t)filter * planes * w->kernel_rows, 0, width,
                    out + ((ptrdiff_t)filter * w->rows + y) * w->columns + x, w->columns, 0, count);
}

static void sums(const Sums *s, const float *weights, float *out, int filter, int count, ptrdiff_t x,
                 ptrdiff_t width) {
    (s->bytes ? sums_of_bytes : sums_of_floats)(s, weights, out, filter, count, x, width);
}

const Kernels KERNELS = {dense, factored, sums};
