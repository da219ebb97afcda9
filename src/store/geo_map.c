/* Rows about outlines of regions. */
#include "store/geo_map.h"

#include "base/crypto.h"

extern const char sql_geo_map_list[], sql_geo_map_find[], sql_geo_map_put[], sql_geo_map_delete[];

static const Field columns[] = {
    FIELD(GeoMap, key),  FIELD(GeoMap, url),  FIELD(GeoMap, region_key), FIELD(GeoMap, region_name),
    FIELD(GeoMap, body), FIELD(GeoMap, etag), FIELD(GeoMap, read_at),    { 0 },
};

bool
geo_map_list(Store *store, Arena *arena, GeoMapList *list, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_geo_map_list, NULL, 0, &rows, err))
        return false;
    *list = (GeoMapList){ .items = ARENA_ARRAY(arena, rows.count, GeoMap) };
    for (; list->count < rows.count; list->count++)
        row_read(arena, columns, rows.row[list->count], &list->items[list->count]);
    return true;
}

bool
geo_map_find(Store *store, Arena *arena, const char *key, GeoMap *map, bool *found, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_geo_map_find, VALUES(VALUE_OF_TEXT(key)), &rows, err))
        return false;
    *found = rows.count > 0;
    if (*found)
        row_read(arena, columns, rows.row[0], map);
    return true;
}

bool
geo_map_put(Store *store, Arena *arena, GeoMap *map, Error *err)
{
    enum
    {
        MOST_VALUES = 7
    };
    Value values[MOST_VALUES];
    size_t count;

    map->etag = sha256_hex(arena, str_of(map->body));
    map->read_at = time_text(arena, time_now());
    count = row_values(arena, columns, map, values);
    return store_query(store, arena, sql_geo_map_put, values, count, NULL, err);
}

bool
geo_map_delete(Store *store, Arena *arena, const char *key, Error *err)
{
    return store_query(store, arena, sql_geo_map_delete, VALUES(VALUE_OF_TEXT(key)), NULL, err);
}
