/* What the compiled part of the engine offers. Input is float32 or bytes, all else float32; offsets and sizes count
 * numbers, whichever they are.
 *
 * The three ways that a processor may be able to multiply and add (see lanes.h) offer the same Kernels; which
 * of them this machine can run is found out once. Whoever calls may do so from several threads at a time.
 */
#ifndef CONVVIZ_KERNELS_H
#define CONVVIZ_KERNELS_H

#include <stddef.h>

#ifdef _WIN32
#define PUBLIC __declspec(dllexport)
#else
#define PUBLIC __attribute__((visibility("default")))
#endif

/* Columns that are computed together at most: an input may be read so far beyond its last tap. */
#define WIDEST 64

/* Windows that slide over planes, each line of which is cut into as many phases as the windows stride over. Before that
 * planes may be cut into blocks: what so many windows side by side read, one line of it after the other. */
typedef struct {
    const void *planes;     /* float, or unsigned char where `bytes` says so */
    ptrdiff_t plane, line;  /* from one plane to the next, from one line of it to the next */
    ptrdiff_t block;        /* from one block to the next */
    int wide;               /* windows side by side in a block; 0 where there are no blocks */
    const ptrdiff_t *taps;  /* kw: where in a line each tap of the first window reads */
    int kernel_rows, kernel_columns;
    int stride, dilation;   /* from window to window and from tap to tap, in lines */
    int filters, groups, planes_per_group;
    int rows, columns;      /* windows */
    int bytes;
} Windows;

/* Weighted sums of the lines of a matrix, for every group of lines by themselves. */
typedef struct {
    const void *matrix;     /* (groups, lines, columns); float, or unsigned char where `bytes` says so */
    int filters, groups, lines;
    ptrdiff_t columns;
    int bytes;
} Sums;

/* What follows a convolution: its planes times `scale` plus `shift`, plus `others`, cut off below and above, with a
 * border. Each of the four results is written where it is given; what is not given is left out. */
typedef struct {
    const float *scale, *shift;     /* one for each plane */
    float low, high, border;
    int count, rows, columns;
    int above, left, framed_rows, framed_columns;
} Follow;

typedef struct {
    const float *planes, *others;
    float *scaled, *added, *cut, *framed;
} Followed;

typedef struct {
    /* Lines y to y + count of one filter's map, from column x on; weights (planes, kh, kw). */
    void (*dense)(const Windows *, const float *weights, float *out, int filter, int y, int count, int x,
                  int width);
    /* The same for a kernel that is a product: lines (planes, kh) of weights down, (planes, kw) across. */
    void (*factored)(const Windows *, const float *down, const float *across, float *out, int filter, int y,
                     int count, int x, int width, float *scratch);
    /* Columns x to x + width of filters f to f + count, all of one group; weights (filters, lines). */
    void (*sums)(const Sums *, const float *weights, float *out, int filter, int count, ptrdiff_t x,
                 ptrdiff_t width);
    /* Planes n to n + count. */
    void (*follow)(const Follow *, const Followed *, int n, int count);
} Kernels;

extern const Kernels convviz_plain;
#ifdef CONVVIZ_X86
extern const Kernels convviz_avx2, convviz_avx512;
#endif

#endif
