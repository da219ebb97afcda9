/* Outlines of regions that administrators brought: what was read, and from where. */
#ifndef STORE_GEO_MAP_H
#define STORE_GEO_MAP_H

#include "store/store.h"

typedef struct GeoMap
{
    const char *key; /* as settings of charts name it */
    const char *url;
    const char *region_key; /* the property that values are matched with; NULL: not said */
    const char *region_name;
    const char *body; /* GeoJSON; NULL in lists */
    const char *etag;
    const char *read_at;
} GeoMap;

typedef struct GeoMapList
{
    GeoMap *items;
    size_t count;
} GeoMapList;

bool geo_map_list(Store *store, Arena *arena, GeoMapList *list, Error *err);
/* *found false: none has that key. */
bool geo_map_find(Store *store, Arena *arena, const char *key, GeoMap *map, bool *found,
                  Error *err);
/* In the place of the one with that key; fills etag and read_at. */
bool geo_map_put(Store *store, Arena *arena, GeoMap *map, Error *err);
bool geo_map_delete(Store *store, Arena *arena, const char *key, Error *err);

#endif
