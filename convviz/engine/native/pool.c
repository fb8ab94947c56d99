#ifdef __linux__
#define _GNU_SOURCE
#include <sched.h>
#endif

#include "pool.h"

#include <stdatomic.h>

#ifdef _WIN32
#include <windows.h>
typedef SRWLOCK Lock;
typedef CONDITION_VARIABLE Bell;
#define LOCK_INIT SRWLOCK_INIT
#define BELL_INIT CONDITION_VARIABLE_INIT
#define lock(l) AcquireSRWLockExclusive(l)
#define try_lock(l) TryAcquireSRWLockExclusive(l)
#define unlock(l) ReleaseSRWLockExclusive(l)
#define wait_for(b, l) SleepConditionVariableSRW(b, l, INFINITE, 0)
#define ring(b) WakeAllConditionVariable(b)
#else
#include <pthread.h>
typedef pthread_mutex_t Lock;
typedef pthread_cond_t Bell;
#define LOCK_INIT PTHREAD_MUTEX_INITIALIZER
#define BELL_INIT PTHREAD_COND_INITIALIZER
#define lock(l) pthread_mutex_lock(l)
#define try_lock(l) (pthread_mutex_trylock(l) == 0)
#define unlock(l) pthread_mutex_unlock(l)
#define wait_for(b, l) pthread_cond_wait(b, l)
#define ring(b) pthread_cond_broadcast(b)
#endif

#if defined(__x86_64__) || defined(__i386__)
#define PAUSE __builtin_ia32_pause()
#else
#define PAUSE atomic_thread_fence(memory_order_seq_cst)
#endif

#define MOST 64
/* How often a caller looks for the end of what others are at, and a helper for more work, before going to sleep: some
 * hundred microseconds at most. One operation follows another, and waking takes as long as a small one. */
#define LOOKS 4000
#define MORE_LOOKS 2000

typedef struct {
    void (*unit)(void *, int);
    void *job;
    int count;
    atomic_int next;
} Work;

/* Held by the caller whose work the threads do. */
static Lock turn = LOCK_INIT;
/* Guards all below. */
static Lock guard = LOCK_INIT;
static Bell begin = BELL_INIT, end = BELL_INIT;
static Work *offered;     /* what there is to help with */
static atomic_uint number;   /* of the work, so that nobody takes the same one twice */
static int places;        /* how many may still help */
static atomic_int busy;
static int started;
#ifdef __linux__
static cpu_set_t room;    /* where the first `placed` helpers may run */
static int placed;
#endif
#ifndef _WIN32
static pthread_t helpers[MOST];
#endif

static void do_units(Work *work) {
    for (int unit; (unit = atomic_fetch_add(&work->next, 1)) < work->count;) work->unit(work->job, unit);
}

static void help(void) {
    unsigned seen = 0;
    lock(&guard);
    for (;;) {
        while (!offered || number == seen || places == 0) wait_for(&begin, &guard);
        Work *const work = offered;
        seen = number;
        places--;
        atomic_fetch_add(&busy, 1);
        unlock(&guard);
        do_units(work);
        if (atomic_fetch_sub(&busy, 1) == 1) {
            lock(&guard);
            ring(&end);
            unlock(&guard);
        }
        for (int look = 0; look < MORE_LOOKS && atomic_load(&number) == seen; look++) PAUSE;
        lock(&guard);
    }
}

#ifdef _WIN32
static DWORD WINAPI helper(void *nothing) {
    (void)nothing;
    help();
    return 0;
}
static int start(void) {
    HANDLE thread = CreateThread(0, 0, helper, 0, 0, 0);
    if (thread) CloseHandle(thread);
    return thread != 0;
}
#else
static void *helper(void *nothing) {
    help();
    return nothing;
}
/* A forked process has the caller's thread alone, and nobody who would let go of the locks. */
static void forked(void) {
    pthread_mutex_init(&turn, 0);
    pthread_mutex_init(&guard, 0);
    pthread_cond_init(&begin, 0);
    pthread_cond_init(&end, 0);
    offered = 0;
    atomic_store(&busy, 0);
    started = 0;
#ifdef __linux__
    placed = 0;
#endif
}
static int start(void) {
    static int told;
    pthread_t thread;
    pthread_attr_t apart;
    if (!told) told = pthread_atfork(0, 0, forked) == 0;
    pthread_attr_init(&apart);
    pthread_attr_setdetachstate(&apart, PTHREAD_CREATE_DETACHED);
    const int failed = pthread_create(&thread, &apart, helper, 0);
    pthread_attr_destroy(&apart);
    if (!failed) helpers[started] = thread;
    return !failed;
}
#endif

#ifdef __linux__
/* Have the helpers wake elsewhere than on the processor of the caller, who goes on working. Left alone, Linux
 * wakes a thread that has slept for some milliseconds right there, and its share waits for the caller's. They
 * stay among the processors that the caller may use. */
static void make_room(void) {
    const int here = sched_getcpu();
    cpu_set_t others;
    if (here < 0 || sched_getaffinity(0, sizeof others, &others) != 0) return;
    if (CPU_COUNT(&others) > 1) CPU_CLR(here, &others);
    if (placed == started && CPU_EQUAL(&others, &room)) return;
    for (int n = 0; n < started; n++) pthread_setaffinity_np(helpers[n], sizeof others, &others);
    placed = started;
    room = others;
}
#else
static void make_room(void) {}
#endif

void convviz_share(void (*unit)(void *, int), void *job, int count, int threads) {
    Work work = {unit, job, count, 0};
    if (threads > MOST) threads = MOST;
    if (threads < 2 || count < 2 || !try_lock(&turn)) {
        do_units(&work);
        return;
    }
    lock(&guard);
    while (started < threads - 1 && start()) started++;
    make_room();
    offered = &work;
    number++;
    places = threads - 1;
    ring(&begin);
    unlock(&guard);
    do_units(&work);
    lock(&guard);
    offered = 0;
    unlock(&guard);
    /* The others are in their last units: mostly done before it would be worth going to sleep. */
    for (int look = 0; look < LOOKS && atomic_load(&busy); look++) PAUSE;
    lock(&guard);
    while (atomic_load(&busy)) wait_for(&end, &guard);
    unlock(&guard);
    unlock(&turn);
}
