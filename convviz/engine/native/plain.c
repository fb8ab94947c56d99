/* For any processor: vectors of four, which every one of ours has (SSE2, NEON). */
#define KERNELS convviz_plain
#define LANES 4
#define ROWS 4
#ifdef __aarch64__
#define VECTORS 4
#else
#define VECTORS 2
#endif
#define BYTES(at) ((Vector){(at)[0], (at)[1], (at)[2], (at)[3]})
#include "lanes.h"
