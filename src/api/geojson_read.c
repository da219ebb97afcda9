/* One walk over the document: what is looked at is written anew, the rest falls away. */
#include "api/geojson_read.h"

#include "base/json.h"

#include <math.h>
#include <string.h>

enum
{
    MAX_DEPTH = 16,
    MAX_NODES = 1000000,
    MAX_FEATURES = 50000,
    NAMES_SHOWN = 20,
    MIN_POSITION = 2,
    MAX_POSITION = 4,
    MIN_RING = 4
};

typedef struct Reading
{
    Arena *arena;
    JsonWriter *w;
    const char *region_key, *region_name;
    size_t feature; /* from 1 */
    bool has_key, has_name;
    Error *err;
} Reading;

static bool
wrong(const Reading *it, const char *what)
{
    return error_set(it->err, ERR_INVALID, "feature %zu: %s", it->feature, what);
}

static const char *
type_of(const Json *object)
{
    return json_text_or(json_get(object, "type"), "");
}

/* ---------------------------------------------------------------------------------- coordinates */

static double
rounded(double degrees)
{
    static const double steps = 1e5; /* of a degree: about a metre each */

    return round(degrees * steps) / steps;
}

/* A height, too, falls away. */
static bool
write_position(const Reading *it, const Json *position)
{
    const Json *x = json_at(position, 0), *y = json_at(position, 1);

    if (position->kind != JSON_ARRAY || position->count < MIN_POSITION ||
        position->count > MAX_POSITION || x->kind != JSON_NUMBER || y->kind != JSON_NUMBER)
        return wrong(it, "a position must be two numbers");
    if (!(fabs(json_double_or(x, INFINITY)) <= 360) || !(fabs(json_double_or(y, INFINITY)) <= 90))
        return wrong(it, "positions must be longitude and latitude in degrees (WGS 84)");
    json_begin_array(it->w);
    json_double(it->w, rounded(json_double_or(x, 0)));
    json_double(it->w, rounded(json_double_or(y, 0)));
    json_end_array(it->w);
    return true;
}

/* Lists of lists of positions, so many deep. `least`: positions of the innermost list. */
static bool
write_positions(const Reading *it, const Json *list, unsigned depth, size_t least)
{
    if (depth == 0)
        return write_position(it, list);
    if (list->kind != JSON_ARRAY || (depth == 1 && list->count < least))
        return wrong(it, depth == 1 && list->kind == JSON_ARRAY
                             ? "a line has too few positions"
                             : "coordinates are not nested as its type says");
    json_begin_array(it->w);
    for (const Json *item = list->first; item != NULL; item = item->next)
        if (!write_positions(it, item, depth - 1, least))
            return false;
    json_end_array(it->w);
    return true;
}

static bool
write_geometry(const Reading *it, const Json *geometry)
{
    static const struct
    {
        const char *type;
        unsigned depth;
        size_t least;
    } kinds[] = { { "Point", 0, 0 },          { "MultiPoint", 1, 0 },
                  { "LineString", 1, 2 },     { "MultiLineString", 2, 2 },
                  { "Polygon", 2, MIN_RING }, { "MultiPolygon", 3, MIN_RING } };
    const Json *coordinates = json_get(geometry, "coordinates");

    if (geometry == NULL || geometry->kind == JSON_NULL)
    {
        json_null(it->w);
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
    {
        if (strcmp(type_of(geometry), kinds[i].type) != 0)
            continue;
        json_begin_object(it->w);
        json_put_text(it->w, "type", kinds[i].type);
        json_key(it->w, "coordinates");
        if (coordinates == NULL)
            return wrong(it, "its geometry has no coordinates");
        if (!write_positions(it, coordinates, kinds[i].depth, kinds[i].least))
            return false;
        json_end_object(it->w);
        return true;
    }
    return wrong(it, "its geometry must be a Point, LineString or Polygon, one or several");
}

/* ----------------------------------------------------------------------------------- properties */

static bool
is_named(const char *name, const char *key)
{
    return name != NULL && strcmp(name, key) == 0;
}

static bool
write_properties(Reading *it, const Json *properties)
{
    bool all = it->region_key == NULL && it->region_name == NULL;

    if (properties != NULL && properties->kind != JSON_OBJECT && properties->kind != JSON_NULL)
        return wrong(it, "its properties must be a map");
    json_begin_object(it->w);
    for (const Json *item = properties == NULL ? NULL : properties->first; item != NULL;
         item = item->next)
    {
        bool is_key = is_named(it->region_key, item->key),
             is_name = is_named(it->region_name, item->key);

        if (item->kind == JSON_ARRAY || item->kind == JSON_OBJECT || !(all || is_key || is_name))
            continue;
        it->has_key = it->has_key || (is_key && item->kind != JSON_NULL);
        it->has_name = it->has_name || (is_name && item->kind != JSON_NULL);
        json_put_tree(it->w, item->key, item);
    }
    json_end_object(it->w);
    return true;
}

/* With the names that there are, for whoever chose another. */
static bool
no_property(const Reading *it, const char *wanted, const Json *features)
{
    Buf names = buf_new(it->arena, 2000);
    const Json *properties = json_get(features->first, "properties");
    size_t count = 0;

    for (const Json *item = properties == NULL ? NULL : properties->first;
         item != NULL && count < NAMES_SHOWN; item = item->next, count++)
        buf_format(&names, "%s%s", count == 0 ? "" : ", ", item->key);
    return error_set(it->err, ERR_INVALID, "no feature has the property %s; there are: %s", wanted,
                     count == 0 ? "none" : buf_cstr(&names));
}

/* ------------------------------------------------------------------------------------- features */

static bool
write_feature(Reading *it, const Json *feature)
{
    const Json *id = json_get(feature, "id");

    if (strcmp(type_of(feature), "Feature") != 0)
        return wrong(it, "its type must be Feature");
    json_begin_object(it->w);
    json_put_text(it->w, "type", "Feature");
    if (id != NULL && (id->kind == JSON_TEXT || id->kind == JSON_NUMBER))
        json_put_tree(it->w, "id", id);
    json_key(it->w, "properties");
    if (!write_properties(it, json_get(feature, "properties")))
        return false;
    json_key(it->w, "geometry");
    if (!write_geometry(it, json_get(feature, "geometry")))
        return false;
    json_end_object(it->w);
    return true;
}

static bool
write_collection(Reading *it, const Json *features)
{
    json_begin_object(it->w);
    json_put_text(it->w, "type", "FeatureCollection");
    json_key(it->w, "features");
    json_begin_array(it->w);
    for (const Json *item = features->first; item != NULL; item = item->next)
    {
        it->feature++;
        if (!write_feature(it, item))
            return false;
    }
    json_end_array(it->w);
    json_end_object(it->w);
    if (it->region_key != NULL && !it->has_key)
        return no_property(it, it->region_key, features);
    return it->region_name == NULL || it->has_name || no_property(it, it->region_name, features);
}

bool
geojson_read(Arena *arena, Str text, const char *region_key, const char *region_name,
             const char **kept, Error *err)
{
    static const JsonLimits limits = { GEOJSON_BYTES, MAX_DEPTH, MAX_NODES };
    static const char mark[] = "\xEF\xBB\xBF";
    CLEANUP(arena_free) Arena *tree = arena_new();
    Buf out = buf_new(arena, 2 * (size_t) GEOJSON_BYTES);
    JsonWriter w = json_writer(&out);
    Reading it = { arena, &w, region_key, region_name, 0, false, false, err };
    Str body = str_has_prefix(text, mark) ? (Str){ text.ptr + 3, text.len - 3 } : text;
    const Json *features;
    Json *document;

    if (!json_parse(tree, body, &limits, &document, err))
        return false;
    features = json_get(document, "features");
    if (strcmp(type_of(document), "FeatureCollection") != 0 || features == NULL ||
        features->kind != JSON_ARRAY)
        return error_set(err, ERR_INVALID, "this is no FeatureCollection of GeoJSON");
    if (features->count == 0 || features->count > MAX_FEATURES)
        return error_set(err, ERR_INVALID, "it must have 1 to %d features", MAX_FEATURES);
    if (!write_collection(&it, features))
        return false;
    *kept = buf_cstr(&out);
    return !out.failed || error_set(err, ERR_TOO_LARGE, "it is too large");
}
