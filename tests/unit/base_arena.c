#include "test.h"

#include <string.h>

TEST(arena_gives_zeroed_memory_again_after_a_rewind)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    ArenaMark mark = arena_mark(arena);
    char *first = arena_alloc(arena, 100);
    char *second;

    memset(first, 'x', 100);
    arena_rewind(arena, mark);
    second = arena_alloc(arena, 100);
    CHECK(second == first);
    for (size_t i = 0; i < 100; i++)
        CHECK(second[i] == 0);
}

TEST(arena_grows_the_last_area_in_place)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char *area = arena_alloc(arena, 16);
    char *grown;

    memcpy(area, "hello", 6);
    grown = arena_grow(arena, area, 16, 64);
    CHECK(grown == area);
    CHECK_STR(grown, "hello");
    (void) arena_alloc(arena, 16);
    grown = arena_grow(arena, area, 64, 128);
    CHECK(grown != area);
    CHECK_STR(grown, "hello");
}

TEST(arena_memory_stays_flat_over_many_rewinds)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    size_t after_first = 0;

    for (int row = 0; row < 1000; row++)
    {
        ArenaMark mark = arena_mark(arena);

        (void) arena_alloc(arena, 50000);
        (void) arena_alloc(arena, 500000);
        arena_rewind(arena, mark);
        if (row == 0)
            after_first = arena_bytes(arena);
    }
    CHECK_INT(arena_bytes(arena), after_first);
}
