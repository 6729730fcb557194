/* base_shared — numbers that threads share. A locked operation takes as long as a tenth of an utterance; as long as the process has one thread plain
 * ones do, and libc knows whether it has. */
#ifndef JY_BASE_BASE_SHARED_H
#define JY_BASE_BASE_SHARED_H

#include "base/base.h"

#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 32)
#include <sys/single_threaded.h>
#define JY__ONE_THREAD __libc_single_threaded
#endif
#endif
#ifndef JY__ONE_THREAD
#define JY__ONE_THREAD false
#endif

/* What it is then. */
static inline int jy__shared_add(int *number, int by)
{
    return JY__ONE_THREAD ? *number += by : __atomic_add_fetch(number, by, __ATOMIC_ACQ_REL);
}

/* What it was. */
static inline int jy__shared_swap(int *number, int fresh)
{
    int old;
    if (!JY__ONE_THREAD)
        return __atomic_exchange_n(number, fresh, __ATOMIC_ACQ_REL);
    old = *number;
    *number = fresh;
    return old;
}

static inline int jy__shared_get(const int *number) { return __atomic_load_n(number, __ATOMIC_ACQUIRE); }

#endif
