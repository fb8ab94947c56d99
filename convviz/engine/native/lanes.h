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

/* Kernels of at least so many rows are worth the choice between more ways to begin. */
#define HIGH 9

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

/* Numbers that bytes are made into at a time: about as many as the innermost cache holds. */
#define MADE 12288

/* As dense of bytes in blocks, but every byte is made a number once for all taps of ROWS rows. Returns 0, having done
 * nothing, where these numbers are too many. */
static int dense_of_made(const Windows *w, const float *weights, float *out, int filter, int y, int count, int x,
                         int width) {
    float made[MADE] __attribute__((aligned(64)));
    const int stride = w->stride, dilation = w->dilation, planes = w->planes_per_group;
    const int most = ROWS * (dilation / common_divisor(stride, dilation)), each = count < most ? count : most;
    const ptrdiff_t lines = (ptrdiff_t)(each - 1) * stride + (w->kernel_rows - 1) * dilation + 1;
    const ptrdiff_t plane = lines * w->line + WIDEST, first = filter / (w->filters / w->groups) * planes;
    if (planes * plane > MADE) return 0;
    const unsigned char *block = (const unsigned char *)w->planes + first * w->plane + x / w->wide * w->block;
    const Pile_of_floats pile = {made, plane, w->line, w->taps, planes, w->kernel_rows, w->kernel_columns, 1, 0};
    weights += (ptrdiff_t)filter * planes * w->kernel_rows * w->kernel_columns;
    out += ((ptrdiff_t)filter * w->rows + y) * w->columns + x;
    for (int left = 0; left < width; left += w->wide, block += w->block) {
        const int some = width - left < w->wide ? width - left : w->wide;
        for (int top = 0; top < count; top += each) {
            const int rows = count - top < each ? count - top : each;
            const ptrdiff_t read = (lines - (ptrdiff_t)(each - rows) * stride) * w->line;
            for (int p = 0; p < planes; p++) {
                const unsigned char *const from = block + p * w->plane + (ptrdiff_t)(y + top) * stride * w->line;
                for (ptrdiff_t i = 0; i < read; i += LANES) *(Loose *)(made + p * plane + i) = BYTES(from + i);
            }
            slide_of_floats(pile, stride, dilation, weights, 0, some, out + (ptrdiff_t)top * w->columns + left,
                            w->columns, 0, rows);
        }
    }
    return 1;
}

static void dense(const Windows *w, const float *weights, float *out, int filter, int y, int count, int x,
                  int width) {
    if (w->bytes && w->wide && dense_of_made(w, weights, out, filter, y, count, x, width)) return;
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
    const Pile_of_floats pile = {scratch, wide * lines, wide, here, planes, w->kernel_rows, 1, 1, 1};
    slide_of_floats(pile, w->stride, w->dilation, down + (ptrdiff_t)filter * planes * w->kernel_rows, 0, width,
                    out + ((ptrdiff_t)filter * w->rows + y) * w->columns + x, w->columns, 0, count);
}

static void sums(const Sums *s, const float *weights, float *out, int filter, int count, ptrdiff_t x,
                 ptrdiff_t width) {
    (s->bytes ? sums_of_bytes : sums_of_floats)(s, weights, out, filter, count, x, width);
}

typedef int Flags __attribute__((vector_size(LANES * 4)));

/* The numbers of `a` where a flag is set, and elsewhere those of `b`. */
INLINE Vector chosen(Flags flags, Vector a, Vector b) {
    return (Vector)((flags & (Flags)a) | (~flags & (Flags)b));
}

/* What is no number is neither below nor above, and stays none. */
INLINE Vector within(Vector v, Vector low, Vector high) {
    v = chosen(v < low, low, v);
    return chosen(v > high, high, v);
}

static void frame(const Follow *f, const float *plane, float *out) {
    const ptrdiff_t wide = f->framed_columns, right = wide - f->left - f->columns;
    float *const end = out + wide * f->framed_rows;
    for (float *const first = out + wide * f->above; out < first; out++) *out = f->border;
    for (int y = 0; y < f->rows; y++, plane += f->columns) {
        for (int x = 0; x < f->left; x++) *out++ = f->border;
        memcpy(out, plane, f->columns * sizeof(float));
        out += f->columns;
        for (ptrdiff_t x = 0; x < right; x++) *out++ = f->border;
    }
    for (; out < end; out++) *out = f->border;
}

/* The `count` numbers from `at` on, at most LANES; scale and shift are of their plane. */
INLINE void follow_some(const Followed *d, ptrdiff_t at, int count, float scale, float shift, Vector low,
                        Vector high) {
    const size_t bytes = count * sizeof(float);
    Vector v = {0}, other = {0};
    memcpy(&v, d->planes + at, bytes);
    if (d->scaled) {
        v = v * scale + shift;
        memcpy(d->scaled + at, &v, bytes);
    }
    if (d->added) {
        memcpy(&other, d->others + at, bytes);
        v += other;
        memcpy(d->added + at, &v, bytes);
    }
    if (d->cut) {
        v = within(v, low, high);
        memcpy(d->cut + at, &v, bytes);
    }
}

static void follow(const Follow *f, const Followed *d, int n, int count) {
    const ptrdiff_t size = (ptrdiff_t)f->rows * f->columns, framed = (ptrdiff_t)f->framed_rows * f->framed_columns;
    const Vector low = f->low - (Vector){0}, high = f->high - (Vector){0};
    const Followed all = *d;
    const float *const last = all.cut ? all.cut : all.added ? all.added : all.scaled;
    for (const int end = n + count; n < end; n++) {
        const ptrdiff_t first = n * size, beyond = first + size;
        const float scale = all.scaled ? f->scale[n] : 1, shift = all.scaled ? f->shift[n] : 0;
        if (size < LANES) {
            follow_some(&all, first, (int)size, scale, shift, low, high);
        } else {
            for (ptrdiff_t at = first; at < beyond; at += LANES)
                /* The last vector may begin among what the one before it has done. */
                follow_some(&all, at <= beyond - LANES ? at : beyond - LANES, LANES, scale, shift, low, high);
        }
        if (all.framed) frame(f, last + first, all.framed + n * framed);
    }
}

const Kernels KERNELS = {dense, factored, sums, follow};
