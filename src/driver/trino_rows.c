/*
 * Rows of Trino: pages of JSON, where each says its columns. A moment with a zone is written in
 * that zone, by its name or by an offset.
 */
#include "base/crypto.h"
#include "driver/schema.h"
#include "driver/trino_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    MAX_ZONES = 1000,
    MAX_COLUMNS = 100000,
    CLOCK_LENGTH = 19 /* of "2024-06-01 10:20:30" */
};

struct TrinoType
{
    BaseType base;
    bool is_bytes; /* in base64 */
};

/* ---------------------------------------------------------------------------------------- types */

static const TypeWord type_words[] = {
    { "boolean", BASE_BOOLEAN },
    { "tinyint", BASE_INTEGER },
    { "smallint", BASE_INTEGER },
    { "integer", BASE_INTEGER },
    { "bigint", BASE_BIG_INTEGER },
    { "real", BASE_FLOAT },
    { "double", BASE_FLOAT },
    { "decimal", BASE_DECIMAL },
    { "number", BASE_DECIMAL },
    { "varchar", BASE_TEXT },
    { "char", BASE_TEXT },
    { "varbinary", BASE_ANY },
    { "date", BASE_DATE },
    { "time", BASE_TIME },
    { "time with time zone", BASE_TIME_WITH_LOCAL_TZ },
    { "timestamp", BASE_DATE_TIME },
    { "timestamp with time zone", BASE_DATE_TIME_WITH_LOCAL_TZ },
    { "interval year to month", BASE_TEXT },
    { "interval day to second", BASE_TEXT },
    { "uuid", BASE_UUID },
    { "ipaddress", BASE_IP_ADDRESS },
    { "json", BASE_JSON },
    { "array", BASE_ARRAY },
    { "map", BASE_DICTIONARY },
    { "row", BASE_STRUCTURED },
};

/* The type without what is in brackets: "timestamp with time zone". */
BaseType
trino_base_type(const char *type)
{
    static const char zoned[] = " with time zone";
    Str text = str_of(type);
    const char *bracket = memchr(text.ptr, '(', text.len);
    char word[40];

    (void) snprintf(word, sizeof(word), "%.*s%s",
                    (int) (bracket == NULL ? text.len : (size_t) (bracket - text.ptr)), type,
                    bracket != NULL && str_has_suffix(text, zoned) ? zoned : "");
    return type_lookup(type_words, COUNT_OF(type_words), word);
}

/* ---------------------------------------------------------------------------------------- cells */

static const Zone *
zone_of(TrinoReader *reader, const char *name)
{
    const Zone *zone = NULL;

    if (map_has(reader->zones, name))
        return map_get(reader->zones, name);
    if (map_count(reader->zones) == MAX_ZONES)
        return NULL;
    if (!zone_load(reader->arena, name, &zone, &(Error){ 0 }))
        zone = NULL;
    map_put(reader->zones, arena_text(reader->arena, name), (void *) zone);
    return zone;
}

/* "2024-06-01 10:20:30.123456", then what follows: "", or a blank and a zone. */
static bool
read_civil(const char *text, Civil *civil, const char **rest)
{
    int length = 0, unit = 100000;

    *civil = (Civil){ 0 };
    if (sscanf(text, "%4d-%2d-%2d %2d:%2d:%2d%n", &civil->year, &civil->month, &civil->day,
               &civil->hour, &civil->minute, &civil->second, &length) != 6 ||
        length != CLOCK_LENGTH || !civil_is_valid(civil))
        return false;
    text += length;
    if (*text == '.')
        for (text++; *text >= '0' && *text <= '9'; text++, unit /= 10)
            civil->micro += unit * (*text - '0');
    *rest = text;
    return *text == '\0' || *text == ' ';
}

static const char *
civil_text(Arena *arena, const Civil *civil, const char *offset)
{
    return arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d.%06d%s", civil->year, civil->month,
                        civil->day, civil->hour, civil->minute, civil->second, civil->micro,
                        offset);
}

/* What cannot be read is shown as it came. */
static Value
value_of_moment(TrinoReader *reader, const char *text)
{
    const char *rest;
    const Zone *zone;
    Civil civil;
    Instant at;

    if (!read_civil(text, &civil, &rest))
        return value_of_text(text);
    if (*rest == '\0')
        return (Value){ .kind = VALUE_DATETIME,
                        .text = str_of(civil_text(reader->row_arena, &civil, "")) };
    rest++;
    if (*rest == '+' || *rest == '-')
        return time_parse(str_of(civil_text(reader->row_arena, &civil, rest)), &at)
                   ? VALUE_OF_INSTANT(at)
                   : value_of_text(text);
    zone = zone_of(reader, rest);
    return zone == NULL ? value_of_text(text) : VALUE_OF_INSTANT(zone_to_instant(zone, &civil));
}

static Value
value_of_number(BaseType type, const char *digits)
{
    int64_t whole;
    double number;

    if (type == BASE_DECIMAL)
        return (Value){ .kind = VALUE_DECIMAL, .text = str_of(digits) };
    if (type != BASE_FLOAT)
        return str_to_int(str_of(digits), INT64_MIN, INT64_MAX, &whole) ? VALUE_OF_INT(whole)
                                                                        : value_of_text(digits);
    number = strtod(digits, NULL); /* NaN and Infinity are written as text */
    return isfinite(number) ? VALUE_OF_DOUBLE(number) : VALUE_OF_NULL;
}

static Value
value_of_bytes(TrinoReader *reader, Str text)
{
    Str bytes;

    if (!base64_decode(reader->row_arena, text, &bytes))
        return value_of_str(text);
    return (Value){ .kind = VALUE_BYTES, .text = bytes };
}

static Value
cell_of(TrinoReader *reader, const struct TrinoType *type, const Json *json)
{
    Str text = { json->text, json->len };

    if (json->kind == JSON_NULL)
        return VALUE_OF_NULL;
    if (json->kind == JSON_BOOL)
        return VALUE_OF_BOOL(json->boolean);
    if (json->kind == JSON_ARRAY || json->kind == JSON_OBJECT)
        return (Value){ .kind = VALUE_JSON, .text = str_of(json_print(reader->row_arena, json)) };
    if (type->is_bytes)
        return value_of_bytes(reader, text);
    switch (type->base)
    {
        case BASE_INTEGER:
        case BASE_BIG_INTEGER:
        case BASE_FLOAT:
        case BASE_DECIMAL:
            return value_of_number(type->base, json->text);
        case BASE_DATE_TIME:
        case BASE_DATE_TIME_WITH_LOCAL_TZ:
            return value_of_moment(reader, json->text);
        case BASE_DATE:
            return (Value){ .kind = VALUE_DATE, .text = text };
        case BASE_TIME:
        case BASE_TIME_WITH_LOCAL_TZ:
            return (Value){ .kind = VALUE_TIME, .text = text };
        case BASE_JSON:
            return (Value){ .kind = VALUE_JSON, .text = text };
        default:
            return value_of_str(text);
    }
}

/* ---------------------------------------------------------------------------------------- pages */

TrinoReader
trino_reader(Arena *arena, RowSink *sink)
{
    return (TrinoReader){
        .arena = arena, .row_arena = arena_new(), .sink = sink, .zones = map_new(arena)
    };
}

static bool
begin_sink(TrinoReader *reader, const Json *list, Error *err)
{
    Column *columns;
    size_t at = 0;

    if (list->kind != JSON_ARRAY || list->count > MAX_COLUMNS)
        return error_set(err, ERR_UPSTREAM, "Trino sent columns that are no list");
    columns = ARENA_ARRAY(reader->arena, list->count, Column);
    reader->count = list->count;
    reader->types = ARENA_ARRAY(reader->arena, list->count, struct TrinoType);
    reader->cells = ARENA_ARRAY(reader->arena, list->count, Value);
    for (const Json *item = list->first; item != NULL; item = item->next, at++)
    {
        const char *type = arena_text(reader->arena, json_text_or(json_get(item, "type"), ""));

        reader->types[at] = (struct TrinoType){ .base = trino_base_type(type),
                                                .is_bytes = strcmp(type, "varbinary") == 0 };
        columns[at] =
            (Column){ .name = arena_text(reader->arena, json_text_or(json_get(item, "name"), "")),
                      .base_type = reader->types[at].base,
                      .database_type = type };
    }
    reader->begun = true;
    return reader->sink->begin(reader->sink, &(Columns){ columns, list->count }, err);
}

static bool
take_row(TrinoReader *reader, const Json *row, Error *err)
{
    ArenaMark mark = arena_mark(reader->row_arena);
    size_t at = 0;
    bool done;

    if (row->kind != JSON_ARRAY || row->count != reader->count)
        return error_set(err, ERR_UPSTREAM, "Trino sent a row of another width");
    for (const Json *cell = row->first; cell != NULL; cell = cell->next, at++)
        reader->cells[at] = cell_of(reader, &reader->types[at], cell);
    done = reader->sink->row(reader->sink, reader->cells, err);
    arena_rewind(reader->row_arena, mark);
    return done;
}

bool
trino_take_page(TrinoReader *reader, const Json *page, Error *err)
{
    const Json *columns = json_get(page, "columns");
    const Json *data = json_get(page, "data");

    if (!reader->begun && columns != NULL && columns->kind != JSON_NULL &&
        !begin_sink(reader, columns, err))
        return false;
    if (data == NULL || data->kind == JSON_NULL)
        return true;
    if (!reader->begun || data->kind != JSON_ARRAY)
        return error_set(err, ERR_UPSTREAM, "Trino sent rows that are no list");
    for (const Json *row = data->first; row != NULL; row = row->next)
        if (!take_row(reader, row, err))
            return false;
    return true;
}

bool
trino_finish(TrinoReader *reader, Error *err)
{
    static const Columns none = { NULL, 0 };

    return (reader->begun || reader->sink->begin(reader->sink, &none, err)) &&
           reader->sink->end(reader->sink, err);
}
