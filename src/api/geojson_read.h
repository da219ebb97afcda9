/* Outlines of regions as others publish them, read with care. */
#ifndef API_GEOJSON_READ_H
#define API_GEOJSON_READ_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

enum
{
    GEOJSON_BYTES = 5 * 1024 * 1024
};

/* What is kept of a FeatureCollection: outlines, in degrees rounded to a metre, and of their
 * properties these two; both NULL: all that are no lists or maps. Another document is ERR_INVALID:
 * the message says where it is wrong, and shows nothing of it but names of properties. */
bool geojson_read(Arena *arena, Str text, const char *region_key, const char *region_name,
                  const char **kept, Error *err);

#endif
