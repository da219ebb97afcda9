/*
 * Blocks of memory in a chain. A small task fits in the first block; what is larger than a block
 * gets one of its own. Rewinding keeps the blocks, so that rows reuse them.
 */
#include "base/arena.h"

#include "base/heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    BLOCK_BYTES = 8 * 1024,
    MAX_BLOCK_BYTES = 256 * 1024,
    ALIGNMENT = 16
};

typedef struct Block Block;
struct Block
{
    Block *next;
    size_t size;
    size_t used;
    _Alignas(ALIGNMENT) char bytes[];
};

struct Arena
{
    Block *first;
    Block *current;
    size_t total;
};

static size_t
aligned(size_t size)
{
    if (size > SIZE_MAX / 2)
        abort();
    return (size + ALIGNMENT - 1) & ~(size_t) (ALIGNMENT - 1);
}

static Block *
block_new(Arena *arena, size_t size)
{
    Block *block = heap_new(1, sizeof(Block) + size);

    block->size = size;
    arena->total += sizeof(Block) + size;
    return block;
}

Arena *
arena_new(void)
{
    Arena *arena = heap_new(1, sizeof(Arena));

    arena->first = block_new(arena, BLOCK_BYTES);
    arena->current = arena->first;
    return arena;
}

void
arena_free(Arena **arena)
{
    if (*arena == NULL)
        return;
    for (Block *block = (*arena)->first, *next; block != NULL; block = next)
    {
        next = block->next;
        heap_free(block);
    }
    heap_free(*arena);
    *arena = NULL;
}

/* The block where `size` bytes fit: the current one, one kept by a rewind, or a new one. */
static Block *
block_with_room(Arena *arena, size_t size)
{
    Block *block = arena->current;
    size_t wanted;

    if (block->size - block->used >= size)
        return block;
    while (block->next != NULL)
    {
        block = block->next;
        block->used = 0;
        if (block->size >= size)
            return arena->current = block;
    }
    wanted = arena->total < MAX_BLOCK_BYTES ? arena->total : MAX_BLOCK_BYTES;
    block->next = block_new(arena, size > wanted ? size : wanted);
    return arena->current = block->next;
}

void *
arena_alloc(Arena *arena, size_t size)
{
    size_t rounded = aligned(size == 0 ? 1 : size);
    Block *block = block_with_room(arena, rounded);
    char *area = block->bytes + block->used;

    block->used += rounded;
    memset(area, 0, rounded);
    return area;
}

void *
arena_array(Arena *arena, size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total))
        abort();
    return arena_alloc(arena, total);
}

void *
arena_grow(Arena *arena, void *area, size_t old_size, size_t new_size)
{
    Block *block = arena->current;
    size_t old_rounded = aligned(old_size == 0 ? 1 : old_size);
    size_t new_rounded = aligned(new_size);
    void *copy;

    if (area != NULL && (char *) area + old_rounded == block->bytes + block->used &&
        new_rounded >= old_rounded && block->size - block->used >= new_rounded - old_rounded)
    {
        memset((char *) area + old_rounded, 0, new_rounded - old_rounded);
        block->used += new_rounded - old_rounded;
        return area;
    }
    copy = arena_alloc(arena, new_size);
    if (area != NULL)
        memcpy(copy, area, old_size < new_size ? old_size : new_size);
    return copy;
}

char *
arena_text_n(Arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);

    if (len > 0)
        memcpy(copy, text, len);
    return copy;
}

char *
arena_text(Arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_text_n(arena, text, strlen(text));
}

char *
arena_vformat(Arena *arena, const char *format, va_list args)
{
    va_list again;
    int len;
    char *text;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    if (len < 0)
        abort();
    text = arena_alloc(arena, (size_t) len + 1);
    (void) vsnprintf(text, (size_t) len + 1, format, again);
    va_end(again);
    return text;
}

char *
arena_format(Arena *arena, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = arena_vformat(arena, format, args);
    va_end(args);
    return text;
}

ArenaMark
arena_mark(const Arena *arena)
{
    return (ArenaMark){ .block = arena->current, .used = arena->current->used };
}

void
arena_rewind(Arena *arena, ArenaMark mark)
{
    arena->current = mark.block;
    arena->current->used = mark.used;
}

size_t
arena_bytes(const Arena *arena)
{
    return arena->total;
}
