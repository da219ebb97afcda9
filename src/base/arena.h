/*
 * Memory that lives as long as one task: one request, one job, one command. It is freed at once,
 * never piece by piece. Rows are made after a mark and rewound.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/base.h"

#include <stdarg.h>

typedef struct Arena Arena;
typedef struct ArenaMark
{
    void *block;
    size_t used;
} ArenaMark;

Arena *arena_new(void);
/* Sets *arena to NULL; accepts NULL inside. Usable with CLEANUP. */
void arena_free(Arena **arena);

/* Zeroed, aligned for any type. */
void *arena_alloc(Arena *arena, size_t size);
/* `count` zeroed items; a product that does not fit ends the process. */
void *arena_array(Arena *arena, size_t count, size_t size);
/* Makes an area bigger, in place when it is the last one made. */
void *arena_grow(Arena *arena, void *area, size_t old_size, size_t new_size);

#define ARENA_NEW(arena, type)          ((type *) arena_alloc(arena, sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *) arena_array(arena, count, sizeof(type)))

/* Copies of text, always ended by zero. arena_text(NULL) is NULL. */
char *arena_text(Arena *arena, const char *text);
char *arena_text_n(Arena *arena, const char *text, size_t len);
char *arena_format(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vformat(Arena *arena, const char *format, va_list args) PRINTF_LIKE(2, 0);

ArenaMark arena_mark(const Arena *arena);
/* Forgets what was made since the mark; blocks are kept for what comes next. */
void arena_rewind(Arena *arena, ArenaMark mark);

/* Bytes taken from the system, for limits and metrics. */
size_t arena_bytes(const Arena *arena);

#endif
