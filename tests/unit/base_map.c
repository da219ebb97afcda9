#include "test.h"

#include "base/map.h"

TEST(map_finds_and_keeps_the_order_of_many_keys)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Map *map = map_new(arena);

    for (intptr_t i = 0; i < 5000; i++)
        map_put(map, arena_format(arena, "key %ld", (long) i), (void *) (i + 1));
    map_put(map, "key 7", (void *) 1);
    CHECK_INT(map_count(map), 5000);
    for (intptr_t i = 0; i < 5000; i++)
    {
        CHECK(map_get(map, arena_format(arena, "key %ld", (long) i)) ==
              (void *) (i == 7 ? 1 : i + 1));
        CHECK_STR(map_key_at(map, (size_t) i), arena_format(arena, "key %ld", (long) i));
    }
    CHECK(map_get(map, "key 5000") == NULL);
    CHECK(!map_has(map, ""));
}
