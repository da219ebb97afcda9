/*
 * A map from text to pointers that keeps the order of insertion, and a growable list of pointers.
 * Both live in an arena. Keys are copied.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

typedef struct Map Map;

Map *map_new(Arena *arena);
/* Replaces the value of a key that is there. */
void map_put(Map *map, const char *key, void *value);
/* NULL when absent. */
void *map_get(const Map *map, const char *key);
bool map_has(const Map *map, const char *key);
size_t map_count(const Map *map);
/* In order of insertion, index below map_count. */
const char *map_key_at(const Map *map, size_t index);
void *map_value_at(const Map *map, size_t index);

typedef struct List
{
    void **items;
    size_t count;
    size_t size;
    Arena *arena;
} List;

List list_new(Arena *arena);
void list_add(List *list, void *item);

#endif
