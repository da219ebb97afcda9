/* Memory that outlives a task. The only place, with arena.c, that asks the system for memory. */
#include "base/heap.h"

#include <stdlib.h>
#include <string.h>

static void *
or_die(void *memory)
{
    if (memory == NULL)
        abort();
    return memory;
}

void *
heap_new(size_t count, size_t size)
{
    return or_die(calloc(count == 0 ? 1 : count, size == 0 ? 1 : size));
}

void *
heap_grow(void *memory, size_t count, size_t size)
{
    return or_die(reallocarray(memory, count == 0 ? 1 : count, size == 0 ? 1 : size));
}

char *
heap_text(const char *text)
{
    return or_die(strdup(text));
}

void
heap_free(void *memory)
{
    free(memory);
}
