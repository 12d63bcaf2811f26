// Package heap keeps the memory of the C libraries together. glibc gives every
// thread a heap of its own, and Go runs a codec on whatever thread is free: an
// encoder that is made anew for another size leaves its hundreds of kilobytes
// in one heap after the other, and the process grows for as long as the call
// lasts.
package heap

/*
#ifdef __linux__
#include <malloc.h>
#endif

// Two heaps for all threads; and what is large is mapped by itself, so that it
// goes back to the system when it is freed. glibc would raise that bound with
// every large block that is freed, unless it is set.
static int settle(void) {
#ifdef __GLIBC__
	return mallopt(M_ARENA_MAX, 2) && mallopt(M_MMAP_THRESHOLD, 128 * 1024);
#else
	return 1;
#endif
}
*/
import "C"

// Settle is called once, before the first codec is made. It says whether the
// C library took it.
func Settle() bool { return C.settle() != 0 }
