/* Windows that slide over planes of CELLs; included by lanes.h for each kind of cell.
 *
 * LOAD(at) is the vector of numbers that lie at a cell, NAME(word) the name here of what word says.
 */

/* What one line of a plane adds to the rows FROM to TO. */
#define LINE(FROM, TO)                                                      \
    for (int j = 0; j < kw; j++) {                                          \
        const CELL *at = line + (near ? j : taps[j]);                       \
        Vector values[VECTORS];                                             \
        _Pragma("GCC unroll 8") for (int v = 0; v < VECTORS; v++)           \
            values[v] = LOAD(at + v * LANES);                               \
        _Pragma("GCC unroll 8") for (int q = FROM; q <= TO; q++) {          \
            const float weight = weights[(r - q * step) * kw + j];          \
            _Pragma("GCC unroll 8") for (int v = 0; v < VECTORS; v++)       \
                sum[q][v] += weight * values[v];                            \
        }                                                                   \
    }

/* Windows below each other, as sum sees them. */
typedef struct {
    const CELL *planes;
    ptrdiff_t plane, line;
    const ptrdiff_t *taps;
    int count, kernel_rows, kernel_columns;
    /* How many lines further on, counted in dilations, the next of the rows that are kept together reads. */
    int step;
    /* How many of the first taps read in places of a line of their own; the others read close to one of these. 0 where
     * all that is read lies in the innermost cache. */
    int phases;
} NAME(Pile);

/* Add up all taps of `rows` rows; of kw columns, a constant where there are few, and rows `step` apart. `near` says
 * that taps lie side by side: what does not have to be looked up leaves more for what counts. */
INLINE void NAME(add_up)(const NAME(Pile) *pile, const float *weights, ptrdiff_t x, int rows, const int kw,
                         const int step, const int near, Vector sum[ROWS][VECTORS]) {
    const ptrdiff_t *const taps = pile->taps;
    const int kh = pile->kernel_rows, last = kh + (rows - 1) * step;
    for (int p = 0; p < pile->count; p++, weights += kh * kw) {
        const CELL *line = pile->planes + p * pile->plane + x;
        /* Which rows have a window that line r belongs to: row q those from q * step to q * step + kh - 1. */
        int from = 0, to = 0;
        for (int r = 0, leave = kh, join = step; r < last; r++, line += pile->line) {
            if (r == leave) from++, leave += step;
            if (r == join) to += to < rows - 1, join += step;
            switch (from * ROWS + to) {
                FROM_0(0) FROM_0(1) FROM_0(2) FROM_0(3) FROM_1(1) FROM_1(2) FROM_1(3)
                FROM_2(2) FROM_2(3) FROM_3(3)
#if ROWS > 4
                FROM_0(4) FROM_0(5) FROM_1(4) FROM_1(5) FROM_2(4) FROM_2(5) FROM_3(4) FROM_3(5)
                FROM_4(4) FROM_4(5) FROM_5(5)
#endif
            }
        }
    }
}

/* What the cells from `at` on add to rows `first` to `last`; `weight` is row 0's for this tap, and that of every next
 * row lies `each` before. */
INLINE void NAME(meet)(const CELL *at, const float *weight, const ptrdiff_t each, const int first, const int last,
                       Vector sum[ROWS][VECTORS]) {
    Vector values[VECTORS];
    _Pragma("GCC unroll 8") for (int v = 0; v < VECTORS; v++) values[v] = LOAD(at + v * LANES);
    _Pragma("GCC unroll 8") for (int q = 0; q < ROWS; q++)
        if (first <= q && q <= last) {
            const float factor = weight[-q * each];
            _Pragma("GCC unroll 8") for (int v = 0; v < VECTORS; v++) sum[q][v] += factor * values[v];
        }
}

/* The lines r of a kernel that meet the first `upper` rows, each with line r + kh, which meets the others: so every row
 * always has a line, nothing is to be decided, and the sums stay where they are. */
#define PAIRS(UPPER, LAST)                                                                              \
    for (; r < LAST; r++, line += pile->line, from += kw)                                                \
        for (int j = 0; j < kw; j++) {                                                                   \
            const ptrdiff_t at = near ? j : taps[j];                                                     \
            NAME(meet)(line + at, from + j, each, 0, UPPER - 1, sum);                                    \
            if (UPPER < ROWS) NAME(meet)(line + below + at, from + all + j, each, UPPER, ROWS - 1, sum); \
        }

/* As add_up, all ROWS rows, of kernels of at least (ROWS - 1) * step rows. */
INLINE void NAME(add_high)(const NAME(Pile) *pile, const float *weights, ptrdiff_t x, const int near,
                           Vector sum[ROWS][VECTORS]) {
    const int kh = pile->kernel_rows, kw = pile->kernel_columns, step = pile->step;
    const ptrdiff_t each = (ptrdiff_t)kw * step, all = (ptrdiff_t)kw * kh, below = kh * pile->line;
    const ptrdiff_t *const taps = pile->taps;
    for (int p = 0; p < pile->count; p++, weights += all) {
        const CELL *line = pile->planes + p * pile->plane + x;
        const float *from = weights;
        int r = 0;
        PAIRS(1, step) PAIRS(2, 2 * step) PAIRS(3, 3 * step)
#if ROWS > 4
        PAIRS(4, 4 * step) PAIRS(5, 5 * step)
#endif
        PAIRS(ROWS, kh)
    }
}

/* As add_up, all ROWS rows, of kernels of a constant size whose taps lie side by side: all in one piece. */
INLINE void NAME(add_small)(const NAME(Pile) *pile, const float *weights, ptrdiff_t x, const int kh, const int kw,
                            Vector sum[ROWS][VECTORS]) {
    for (int p = 0; p < pile->count; p++, weights += kh * kw) {
        const CELL *const plane = pile->planes + p * pile->plane + x;
        _Pragma("GCC unroll 8") for (int r = 0; r < kh; r++)
            _Pragma("GCC unroll 8") for (int j = 0; j < kw; j++)
                _Pragma("GCC unroll 8") for (int l = r; l < ROWS - 1 + kh; l += kh)
                    NAME(meet)(plane + l * pile->line + j, weights + l * kw + j, kw, l - kh + 1, l, sum);
    }
}

/* The same, `several` planes at a time. */
static void NAME(add_parts)(const NAME(Pile) *pile, const float *weights, ptrdiff_t x, int rows, int several,
                            Vector total[ROWS][VECTORS]) {
    const ptrdiff_t each = (ptrdiff_t)pile->kernel_rows * pile->kernel_columns;
    NAME(Pile) part = *pile;
    for (int p = 0; p < pile->count; p += several) {
        Vector sum[ROWS][VECTORS] = {0};
        part.planes = pile->planes + p * pile->plane;
        part.count = pile->count - p < several ? pile->count - p : several;
        NAME(add_up)(&part, weights + p * each, x, rows, part.kernel_columns, part.step, 0, sum);
        carry(total, sum);
    }
}

/* `rows` rows of results at `out`, of `width` columns from column x of the input on. */
static void NAME(strip)(const NAME(Pile) *pile, const float *weights, ptrdiff_t x, int width, float *out,
                        ptrdiff_t down, int rows) {
    const int taps = pile->kernel_rows * pile->kernel_columns, several = taps < TERMS ? TERMS / taps : 1;
    int near = 1;
    for (int j = 0; j < pile->kernel_columns; j++) near &= pile->taps[j] == j;
    const CELL *const below = pile->planes + (pile->kernel_rows + (rows - 1) * pile->step) * pile->line;
    for (ptrdiff_t done = 0; done < width; done = next(done, width)) {
        /* What comes next: all that the rows below read of the lines below, and where the next results go. */
        for (int q = 0; q < rows * pile->step; q++)
            for (int j = 0; j < pile->phases; j++)
                for (int v = 0; v < WIDTH; v += 64 / (int)sizeof(CELL))
                    __builtin_prefetch(below + q * pile->line + pile->taps[j] + x + done + v, 0, 2);
        for (int q = 0; q < rows; q++)
            for (int v = 0; v < WIDTH; v += 16) __builtin_prefetch(out + q * down + done + WIDTH + v, 1, 2);
        if (several < pile->count) {
            /* Apart from the others, which never leave the registers. */
            Vector total[ROWS][VECTORS] = {0};
            NAME(add_parts)(pile, weights, x + done, rows, several, total);
            store(total, out + done, down, rows, width);
            continue;
        }
        Vector sum[ROWS][VECTORS] = {0};
        if (rows == ROWS && pile->kernel_rows >= HIGH && pile->kernel_rows >= (ROWS - 1) * pile->step) {
            if (near) NAME(add_high)(pile, weights, x + done, 1, sum);
            else NAME(add_high)(pile, weights, x + done, 0, sum);
        } else if (rows == ROWS && pile->step == 1 && near && pile->kernel_rows == 3 && pile->kernel_columns == 3) {
            NAME(add_small)(pile, weights, x + done, 3, 3, sum);
        } else if (pile->step > 1 || !near) {
            NAME(add_up)(pile, weights, x + done, rows, pile->kernel_columns, pile->step, 0, sum);
        } else {
            switch (pile->kernel_columns) {
                case 1: NAME(add_up)(pile, weights, x + done, rows, 1, 1, 1, sum); break;
                case 3: NAME(add_up)(pile, weights, x + done, rows, 3, 1, 1, sum); break;
                case 5: NAME(add_up)(pile, weights, x + done, rows, 5, 1, 1, sum); break;
                default: NAME(add_up)(pile, weights, x + done, rows, pile->kernel_columns, 1, 1, sum);
            }
        }
        store(sum, out + done, down, rows, width);
    }
}

/* Rows y to y + count of windows that slide down by `stride` lines with taps `dilation` lines apart. */
static void NAME(slide)(NAME(Pile) pile, int stride, int dilation, const float *weights, ptrdiff_t x,
                        int width, float *out, ptrdiff_t down, int y, int count) {
    /* Rows are kept together whose windows read the same lines: with gaps these are not neighbours. */
    const int shared = common_divisor(stride, dilation), apart = dilation / shared;
    const CELL *const planes = pile.planes;
    const ptrdiff_t line = pile.line;
    pile.line = line * dilation;
    pile.step = stride / shared;
    if (pile.phases) pile.phases = stride < pile.kernel_columns ? stride : pile.kernel_columns;
    for (int top = 0; top < count; top += ROWS * apart)
        for (int first = top; first < top + apart && first < count; first++) {
            const int left = (count - first + apart - 1) / apart;
            pile.planes = planes + (ptrdiff_t)(y + first) * stride * line;
            NAME(strip)(&pile, weights, x, width, out + first * down, down * apart, left < ROWS ? left : ROWS);
        }
}

/* The same, where lines may be cut into blocks. */
static void NAME(blocks)(const Windows *w, NAME(Pile) pile, int stride, int dilation, const float *weights, ptrdiff_t x,
                         int width, float *out, ptrdiff_t down, int y, int count) {
    if (!w->wide) {
        NAME(slide)(pile, stride, dilation, weights, x, width, out, down, y, count);
        return;
    }
    pile.planes += x / w->wide * w->block;
    for (int left = 0; left < width; left += w->wide, pile.planes += w->block)
        NAME(slide)(pile, stride, dilation, weights, 0, width - left < w->wide ? width - left : w->wide, out + left,
                    down, y, count);
}

static void NAME(dense)(const Windows *w, const float *weights, float *out, int filter, int y, int count, int x,
                        int width) {
    const int group = filter / (w->filters / w->groups), planes = w->planes_per_group;
    const NAME(Pile) pile = {(const CELL *)w->planes + group * planes * w->plane, w->plane, w->line, w->taps,
                             planes, w->kernel_rows, w->kernel_columns, 1, 1};
    const ptrdiff_t each = (ptrdiff_t)planes * w->kernel_rows * w->kernel_columns;
    NAME(blocks)(w, pile, w->stride, w->dilation, weights + filter * each, x, width,
                 out + ((ptrdiff_t)filter * w->rows + y) * w->columns + x, w->columns, y, count);
}

/* The planes under the first pass of a factored kernel, below each other at `across`. */
static void NAME(spread)(const Windows *w, const float *weights, float *across, ptrdiff_t wide, int lines,
                         int filter, int y, int x, int width) {
    const int first = filter / (w->filters / w->groups) * w->planes_per_group;
    for (int p = 0; p < w->planes_per_group; p++) {
        const NAME(Pile) pile = {(const CELL *)w->planes + (first + p) * w->plane, w->plane, w->line, w->taps,
                                 1, 1, w->kernel_columns, 1, 1};
        NAME(blocks)(w, pile, 1, 1, weights + p * w->kernel_columns, x, width, across + p * lines * wide, wide,
                     y * w->stride, lines);
    }
}

/* What is loaded of a line of the matrix meets all filters that are kept together. */
#define FILTERS(COUNT)                                                      \
    case COUNT:                                                             \
        for (; k < last; k++, line += s->columns) {                         \
            Vector values[VECTORS];                                         \
            _Pragma("GCC unroll 8") for (int v = 0; v < VECTORS; v++)       \
                values[v] = LOAD(line + v * LANES);                         \
            _Pragma("GCC unroll 8") for (int q = 0; q < COUNT; q++) {       \
                const float weight = weights[(ptrdiff_t)q * lines + k];     \
                _Pragma("GCC unroll 8") for (int v = 0; v < VECTORS; v++)   \
                    sum[q][v] += weight * values[v];                        \
            }                                                               \
        }                                                                   \
        break;

static void NAME(sums)(const Sums *s, const float *weights, float *out, int filter, int count, ptrdiff_t x,
                       ptrdiff_t width) {
    const int lines = s->lines, group = filter / (s->filters / s->groups);
    const CELL *const matrix = (const CELL *)s->matrix + (ptrdiff_t)group * lines * s->columns + x;
    weights += (ptrdiff_t)filter * lines;
    out += filter * s->columns + x;
    for (; count > 0; count -= ROWS, weights += ROWS * (ptrdiff_t)lines, out += ROWS * s->columns) {
        const int rows = count < ROWS ? count : ROWS;
        for (ptrdiff_t done = 0; done < width; done = next(done, width)) {
            const CELL *line = matrix + done;
            Vector sum[ROWS][VECTORS] = {0}, total[ROWS][VECTORS] = {0};
            for (int k = 0; k < lines; carry(total, sum)) {
                const int last = lines - k < TERMS ? lines : k + TERMS;
                switch (rows) {
                    FILTERS(1) FILTERS(2) FILTERS(3) FILTERS(4)
#if ROWS > 4
                    FILTERS(5) FILTERS(6)
#endif
                }
            }
            store(total, out + done, s->columns, rows, width);
        }
    }
}

#undef FILTERS
#undef PAIRS
#undef LINE
#undef CELL
#undef LOAD
#undef NAME
