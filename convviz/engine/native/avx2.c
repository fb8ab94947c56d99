/* For x86 processors with AVX2 and FMA: sixteen registers of eight numbers. */
#include <immintrin.h>

#define KERNELS convviz_avx2
#define LANES 8
#define ROWS 4
#define VECTORS 3
#define BYTES(at) \
    ((Vector)_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(at)))))
#include "lanes.h"
