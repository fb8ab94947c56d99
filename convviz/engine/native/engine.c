/* What Python calls: work cut into units that several threads share. */
#include <stdlib.h>
#ifdef CONVVIZ_X86
#include <cpuid.h>
#endif

#include <stdatomic.h>

#include "kernels.h"
#include "pool.h"

#ifndef CONVVIZ_SOURCES
#define CONVVIZ_SOURCES ""
#endif

/* Columns of a unit: with the lines of a window they stay in the inner caches. */
#define MOST_COLUMNS 2048
/* Units for each thread: few, as the lines that two of them share are mostly read by either thread, but so many that
 * none waits long for the other's last. */
#define UNITS 16
/* Multiply-adds of a unit at least: long beside taking one. */
#define UNIT_WORK 400000.0
/* Below so many multiply-adds, waking other threads takes longer than the work. */
#define ALONE 1500000.0
/* Numbers that a unit only passes over, and below how many one thread does it alone. */
#define UNIT_NUMBERS 8192
#define ALONE_NUMBERS 20000
/* Numbers that a unit of a factored kernel keeps between its passes. */
#define MOST_SCRATCH 131072

static const Kernels *kernels = &convviz_plain;

#ifdef CONVVIZ_X86
/* What the processor and the system offer, as for the result of convviz_choose. Intel, "Software Developer's
 * Manual" 1, 14.3 and 15.2. Not the compiler's own function: some leave out what it needs at run time. */
static int offered(void) {
    unsigned a, b, c, d, low, high;
    if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
    const int fma = c >> 12 & 1, keeps = c >> 27 & 1;
    if (!fma || !keeps || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
    /* The system must save the registers too. */
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    const int avx2 = (b >> 5 & 1) && (low & 0x06) == 0x06;
    const int avx512 = (b >> 16 & 1) && (b >> 31 & 1) && (low & 0xe6) == 0xe6;
    return avx2 ? 1 + avx512 : 0;
}
#endif

/* Choose the best kernels up to `most`, and say which: 0 plain, 1 AVX2, 2 AVX-512. */
PUBLIC int convviz_choose(int most) {
    int found = 0;
    kernels = &convviz_plain;
#ifdef CONVVIZ_X86
    found = offered();
    if (found > most) found = most;
    if (found == 1) kernels = &convviz_avx2;
    if (found == 2) kernels = &convviz_avx512;
#endif
    (void)most;
    return found;
}

/* A number for the structures and functions as they are here; each change of one takes a new number. */
PUBLIC int convviz_interface(void) { return 5; }

/* What it was compiled from, as the build says it. */
PUBLIC const char *convviz_sources(void) { return CONVVIZ_SOURCES; }

/* How many numbers must follow an input in memory. */
PUBLIC int convviz_spare(void) { return WIDEST; }

/* How many units of at most `most` things `all` things are. */
static int parts(ptrdiff_t all, ptrdiff_t most) { return (int)((all + most - 1) / most); }

/* At most `columns` of all columns, and no part of a block. */
static int whole_blocks(const Windows *w, int columns) {
    if (!w->wide || columns >= w->columns) return columns;
    const int whole = columns < w->wide ? w->wide : columns / w->wide * w->wide;
    return whole < w->columns ? whole : w->columns;
}

typedef struct {
    const Windows *windows;
    const float *weights, *across;
    float *out;
    int rows, bands, columns, pieces;
    atomic_int failed;
} Slide;

static void slide_unit(void *job, int number) {
    Slide *const s = job;
    const Windows *const w = s->windows;
    const int piece = number % s->pieces, band = number / s->pieces % s->bands;
    const int filter = number / s->pieces / s->bands;
    const int y = band * s->rows, x = piece * s->columns;
    const int count = w->rows - y < s->rows ? w->rows - y : s->rows;
    const int width = w->columns - x < s->columns ? w->columns - x : s->columns;
    if (!s->across) {
        kernels->dense(w, s->weights, s->out, filter, y, count, x, width);
        return;
    }
    const ptrdiff_t lines = (count - 1) * w->stride + w->dilation * (w->kernel_rows - 1) + 1;
    const ptrdiff_t wide = width < WIDEST ? WIDEST : width;
    float *const scratch = malloc(((size_t)w->planes_per_group * lines * wide + WIDEST) * sizeof(float));
    if (!scratch) {
        atomic_store(&s->failed, 1);
        return;
    }
    kernels->factored(w, s->weights, s->across, s->out, filter, y, count, x, width, scratch);
    free(scratch);
}

/* All windows under `weights`, (filters, planes, kh, kw), or, where `across` is given, under products of
 * `weights`, (filters, planes, kh), and `across`, (filters, planes, kw). Returns 0 if there is no memory. */
PUBLIC int convviz_slide(const Windows *w, const float *weights, const float *across, float *out, int threads) {
    Slide s = {.windows = w, .weights = weights, .across = across, .out = out};
    const double taps = across ? w->kernel_rows + w->kernel_columns : w->kernel_rows * w->kernel_columns;
    const double line = taps * w->planes_per_group * w->columns, work = line * w->filters * w->rows;
    s.columns = w->columns < MOST_COLUMNS ? w->columns : MOST_COLUMNS;
    s.columns = whole_blocks(w, s.columns);
    s.pieces = parts(w->columns, s.columns);
    if (across) {
        /* What a band shares with the next is computed twice, so bands are as high as fits. */
        const ptrdiff_t high = MOST_SCRATCH / ((ptrdiff_t)s.columns * w->planes_per_group);
        const ptrdiff_t shared = w->dilation * (w->kernel_rows - 1) + 1;
        s.rows = (int)((high > 2 * shared ? high - shared : shared) / w->stride) + 1;
    } else {
        const double share = work / (UNITS * threads);
        s.rows = (int)((share > UNIT_WORK ? share : UNIT_WORK) / (line / s.pieces)) + 1;
    }
    /* Whole heights of what is kept in registers, with and without gaps. */
    s.rows = parts(s.rows, 12 * w->dilation) * 12 * w->dilation;
    if (s.rows > w->rows) s.rows = w->rows;
    if (across) {
        /* Of many planes, or with wide gaps, a narrower piece is kept. */
        const ptrdiff_t lines = (ptrdiff_t)(s.rows - 1) * w->stride + w->dilation * (w->kernel_rows - 1) + 1;
        const ptrdiff_t fits = 4 * MOST_SCRATCH / (lines * w->planes_per_group) / WIDEST * WIDEST;
        if (fits < s.columns) s.columns = fits < WIDEST ? WIDEST : (int)fits;
        s.columns = whole_blocks(w, s.columns);
        s.pieces = parts(w->columns, s.columns);
    }
    s.bands = parts(w->rows, s.rows);
    convviz_share(slide_unit, &s, w->filters * s.bands * s.pieces, work < ALONE ? 1 : threads);
    return !atomic_load(&s.failed);
}

typedef struct {
    const Sums *sums;
    const float *weights;
    float *out;
    ptrdiff_t columns;
    int pieces;
} Add;

static void add_unit(void *job, int number) {
    const Add *const a = job;
    const Sums *const s = a->sums;
    const int each = s->filters / s->groups, group = number / a->pieces;
    const ptrdiff_t x = number % a->pieces * a->columns;
    const ptrdiff_t width = s->columns - x < a->columns ? s->columns - x : a->columns;
    kernels->sums(s, a->weights, a->out, group * each, each, x, width);
}

/* All filters, (filters, lines), over their groups of lines: out (filters, columns). */
PUBLIC void convviz_add(const Sums *s, const float *weights, float *out, int threads) {
    Add a = {.sums = s, .weights = weights, .out = out};
    const double work = (double)s->filters * s->lines * s->columns;
    a.columns = MOST_SCRATCH / 2 / s->lines / WIDEST * WIDEST;
    if (a.columns < WIDEST) a.columns = WIDEST;
    a.pieces = parts(s->columns, a.columns);
    convviz_share(add_unit, &a, s->groups * a.pieces, work < ALONE ? 1 : threads);
}

typedef struct {
    const Follow *follow;
    Followed followed;
    int each;
} Following;

static void follow_unit(void *job, int number) {
    const Following *const f = job;
    const int first = number * f->each, left = f->follow->count - first;
    kernels->follow(f->follow, &f->followed, first, left < f->each ? left : f->each);
}

/* All planes scaled, added to, cut off and framed as far as there is room for that. */
PUBLIC void convviz_follow(const Follow *f, const float *planes, const float *others, float *scaled, float *added,
                           float *cut, float *framed, int threads) {
    const ptrdiff_t size = (ptrdiff_t)f->rows * f->columns;
    const ptrdiff_t each = size < UNIT_NUMBERS ? UNIT_NUMBERS / (size ? size : 1) : 1;
    Following work = {f, {planes, others, scaled, added, cut, framed}, each < f->count ? (int)each : f->count};
    if (size * f->count < ALONE_NUMBERS) threads = 1;
    if (f->count) convviz_share(follow_unit, &work, parts(f->count, work.each), threads);
}
