/* A few threads that work through the pieces of one task together, while the caller waits. */
#ifndef BASE_CREW_H
#define BASE_CREW_H

#include <stddef.h>

/* Calls piece(arg, index) for each index below `count`, from at most `threads` threads, the
 * caller's among them. Pieces begin in order. */
void crew_run(unsigned threads, size_t count, void (*piece)(void *arg, size_t index), void *arg);

#endif
