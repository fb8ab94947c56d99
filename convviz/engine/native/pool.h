/* Threads that wait for work. */
#ifndef CONVVIZ_POOL_H
#define CONVVIZ_POOL_H

/* Call `unit(job, number)` once for every number from 0 to count − 1, on up to `threads` threads, one of them
 * the caller's. Returns when all are done. Where the threads have work already, the caller does all itself. */
void convviz_share(void (*unit)(void *job, int number), void *job, int count, int threads);

#endif
