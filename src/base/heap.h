/*
 * Memory that outlives a task: pools, caches, connections. Everything else lives in an arena.
 * Out of memory ends the process: what a user can send is bounded at the door.
 */
#ifndef BASE_HEAP_H
#define BASE_HEAP_H

#include "base/base.h"

/* `count` zeroed items of `size` bytes. */
void *heap_new(size_t count, size_t size);
/* Resizes; bytes past the old size are not zeroed. */
void *heap_grow(void *memory, size_t count, size_t size);
char *heap_text(const char *text);
/* Accepts NULL. */
void heap_free(void *memory);

#endif
