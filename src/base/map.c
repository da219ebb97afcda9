/* An open-addressing index over a list of entries kept in order of insertion. */
#include "base/map.h"

#include <string.h>

typedef struct Entry
{
    const char *key;
    uint32_t hash;
    void *value;
} Entry;

struct Map
{
    Arena *arena;
    Entry *entries;
    size_t count;
    size_t size;
    uint32_t *slots; /* index of the entry plus one; 0 is free */
    size_t slot_count;
};

List
list_new(Arena *arena)
{
    return (List){ .arena = arena };
}

void
list_add(List *list, void *item)
{
    if (list->count == list->size)
    {
        size_t size = list->size == 0 ? 8 : list->size * 2;

        list->items = arena_grow(list->arena, list->items, list->size * sizeof(void *),
                                 size * sizeof(void *));
        list->size = size;
    }
    list->items[list->count++] = item;
}

Map *
map_new(Arena *arena)
{
    Map *map = ARENA_NEW(arena, Map);

    map->arena = arena;
    return map;
}

/* FNV-1a with a final mix; the number of keys is bounded at the door. */
static uint32_t
hash_of(const char *key)
{
    uint32_t hash = 2166136261U;

    for (; *key != '\0'; key++)
        hash = (hash ^ (unsigned char) *key) * 16777619U;
    return hash ^ (hash >> 15);
}

/* The slot of the key, or the free slot where it belongs. */
static size_t
slot_of(const Map *map, const char *key, uint32_t hash)
{
    size_t slot = hash & (map->slot_count - 1);

    while (map->slots[slot] != 0)
    {
        const Entry *entry = &map->entries[map->slots[slot] - 1];

        if (entry->hash == hash && strcmp(entry->key, key) == 0)
            return slot;
        slot = (slot + 1) & (map->slot_count - 1);
    }
    return slot;
}

static void
grow_slots(Map *map)
{
    map->slot_count = map->slot_count == 0 ? 16 : map->slot_count * 2;
    map->slots = ARENA_ARRAY(map->arena, map->slot_count, uint32_t);
    for (size_t i = 0; i < map->count; i++)
        map->slots[slot_of(map, map->entries[i].key, map->entries[i].hash)] = (uint32_t) i + 1;
}

static const Entry *
entry_of(const Map *map, const char *key)
{
    size_t slot;

    if (map->count == 0)
        return NULL;
    slot = slot_of(map, key, hash_of(key));
    return map->slots[slot] == 0 ? NULL : &map->entries[map->slots[slot] - 1];
}

void
map_put(Map *map, const char *key, void *value)
{
    uint32_t hash = hash_of(key);
    size_t slot;

    if ((map->count + 1) * 4 > map->slot_count * 3)
        grow_slots(map);
    slot = slot_of(map, key, hash);
    if (map->slots[slot] != 0)
    {
        map->entries[map->slots[slot] - 1].value = value;
        return;
    }
    if (map->count == map->size)
    {
        size_t size = map->size == 0 ? 8 : map->size * 2;

        map->entries =
            arena_grow(map->arena, map->entries, map->size * sizeof(Entry), size * sizeof(Entry));
        map->size = size;
    }
    map->entries[map->count] = (Entry){ arena_text(map->arena, key), hash, value };
    map->slots[slot] = (uint32_t) ++map->count;
}

void *
map_get(const Map *map, const char *key)
{
    const Entry *entry = entry_of(map, key);

    return entry == NULL ? NULL : entry->value;
}

bool
map_has(const Map *map, const char *key)
{
    return entry_of(map, key) != NULL;
}

size_t
map_count(const Map *map)
{
    return map->count;
}

const char *
map_key_at(const Map *map, size_t index)
{
    return map->entries[index].key;
}

void *
map_value_at(const Map *map, size_t index)
{
    return map->entries[index].value;
}
