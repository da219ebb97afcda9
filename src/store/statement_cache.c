/* The statements that a connection has prepared, found by the address of their text first and by
 * the text itself in the end. What a statement is, only the engine knows. */
#include "base/heap.h"
#include "store/store_private.h"

#include <string.h>

/* Named statements have one address each: it spreads them well enough. */
static size_t
first_slot(const StatementCache *cache, const char *sql)
{
    return (size_t) (((uintptr_t) sql >> 3) * 2654435761U) % COUNT_OF(cache->slots);
}

/* The slot that holds the text, or the free one where it would go. */
static size_t
find_slot(const StatementCache *cache, const char *sql)
{
    size_t slot = first_slot(cache, sql);

    while (cache->slots[slot].sql != NULL && strcmp(cache->slots[slot].sql, sql) != 0)
        slot = (slot + 1) % COUNT_OF(cache->slots);
    return slot;
}

void *
statement_lookup(const StatementCache *cache, const char *sql)
{
    return cache->slots[find_slot(cache, sql)].statement;
}

bool
statement_keep(StatementCache *cache, const char *sql, void *statement)
{
    size_t slot = find_slot(cache, sql);

    /* A quarter stays free, so that every search ends soon. */
    if (cache->count >= COUNT_OF(cache->slots) * 3 / 4)
        return false;
    cache->slots[slot].sql = heap_text(sql);
    cache->slots[slot].statement = statement;
    cache->count++;
    return true;
}

void
statement_forget_all(StatementCache *cache, void (*destroy)(void *statement))
{
    for (size_t i = 0; i < COUNT_OF(cache->slots); i++)
    {
        if (cache->slots[i].sql == NULL)
            continue;
        destroy(cache->slots[i].statement);
        heap_free(cache->slots[i].sql);
        cache->slots[i].sql = NULL;
        cache->slots[i].statement = NULL;
    }
    cache->count = 0;
}
