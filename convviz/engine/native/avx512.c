/* For x86 processors with AVX-512: thirty-two registers of sixteen numbers. */
#include <immintrin.h>

#define KERNELS convviz_avx512
#define LANES 16
#define ROWS 6
#define VECTORS 4
#define BYTES(at) \
    ((Vector)_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(at)))))
#include "lanes.h"
