/*
 * Rows of ClickHouse: one JSON array a line, names and types first. A server that fails in the
 * middle writes its exception as plain text after the rows, under the status of success: a line
 * that is no array ends the result with that error.
 */
#include "driver/clickhouse_private.h"
#include "driver/schema.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    MAX_LINE_BYTES = 64 * 1024 * 1024,
    MAX_FAILURE_BYTES = 8192,
    MAX_TYPE_DEPTH = 4
};

/* A type without what only wraps it. */
typedef struct ClickhouseType
{
    const char *name;
    BaseType base;
    const Zone *zone; /* of a DateTime that names one; NULL: that of the server */
} ClickhouseType;

static const JsonLimits line_limits = { MAX_LINE_BYTES, 64, 2000000 };

/* ---------------------------------------------------------------------------------------- types */

static const TypeWord type_words[] = {
    { "Bool", BASE_BOOLEAN },       { "Int8", BASE_INTEGER },
    { "Int16", BASE_INTEGER },      { "Int32", BASE_INTEGER },
    { "Int64", BASE_BIG_INTEGER },  { "Int128", BASE_DECIMAL },
    { "Int256", BASE_DECIMAL },     { "UInt8", BASE_INTEGER },
    { "UInt16", BASE_INTEGER },     { "UInt32", BASE_INTEGER },
    { "UInt64", BASE_BIG_INTEGER }, { "UInt128", BASE_DECIMAL },
    { "UInt256", BASE_DECIMAL },    { "Float32", BASE_FLOAT },
    { "Float64", BASE_FLOAT },      { "BFloat16", BASE_FLOAT },
    { "Decimal", BASE_DECIMAL },    { "Decimal32", BASE_DECIMAL },
    { "Decimal64", BASE_DECIMAL },  { "Decimal128", BASE_DECIMAL },
    { "Decimal256", BASE_DECIMAL }, { "String", BASE_TEXT },
    { "FixedString", BASE_TEXT },   { "Enum8", BASE_TEXT },
    { "Enum16", BASE_TEXT },        { "UUID", BASE_UUID },
    { "IPv4", BASE_IP_ADDRESS },    { "IPv6", BASE_IP_ADDRESS },
    { "Date", BASE_DATE },          { "Date32", BASE_DATE },
    { "Time", BASE_TIME },          { "Time64", BASE_TIME },
    { "DateTime", BASE_DATE_TIME }, { "DateTime64", BASE_DATE_TIME },
    { "Array", BASE_ARRAY },        { "Map", BASE_DICTIONARY },
    { "Tuple", BASE_STRUCTURED },   { "Nested", BASE_STRUCTURED },
    { "JSON", BASE_JSON },          { "Object", BASE_JSON },
};

/* What is inside of Nullable(...) and LowCardinality(...). */
static Str
unwrapped(const char *type)
{
    static const char *const wraps[] = { "Nullable(", "LowCardinality(" };
    Str inner = str_of(type);

    for (size_t depth = 0; depth < MAX_TYPE_DEPTH; depth++)
        for (size_t i = 0; i < COUNT_OF(wraps); i++)
            if (str_has_prefix(inner, wraps[i]) && str_has_suffix(inner, ")"))
            {
                inner.ptr += strlen(wraps[i]);
                inner.len -= strlen(wraps[i]) + 1;
            }
    return inner;
}

static Str
type_name(Str type)
{
    const char *bracket = memchr(type.ptr, '(', type.len);

    return bracket == NULL ? type : (Str){ type.ptr, (size_t) (bracket - type.ptr) };
}

BaseType
clickhouse_base_type(const char *type)
{
    Str inner = unwrapped(type), name = type_name(inner);
    char word[32];

    (void) snprintf(word, sizeof(word), "%.*s", (int) name.len, name.ptr);
    if (strncmp(word, "DateTime", 8) == 0 && memchr(inner.ptr, '\'', inner.len) != NULL)
        return BASE_DATE_TIME_WITH_LOCAL_TZ;
    return type_lookup(type_words, COUNT_OF(type_words), word);
}

/* The zone between quotes, of DateTime64(6, 'Europe/Paris'). */
static bool
read_type(Arena *arena, const char *text, ClickhouseType *type, Error *err)
{
    Str inner = unwrapped(text);
    const char *quote = memchr(inner.ptr, '\'', inner.len);

    *type = (ClickhouseType){ .name = str_copy(arena, type_name(inner)),
                              .base = clickhouse_base_type(text) };
    if (type->base != BASE_DATE_TIME_WITH_LOCAL_TZ)
        return true;
    return zone_load(arena, arena_text_n(arena, quote + 1, strcspn(quote + 1, "'")), &type->zone,
                     err);
}

/* ---------------------------------------------------------------------------------------- cells */

/* "1404416400.123": seconds since 1970, whatever the zone. */
static bool
read_instant(const char *text, Instant *at)
{
    const char *point = strchr(text, '.');
    int64_t whole, fraction = 0, unit = 100000;

    if (!str_to_int((Str){ text, point == NULL ? strlen(text) : (size_t) (point - text) },
                    -400000000000, 400000000000, &whole))
        return false;
    for (point = point == NULL ? "" : point + 1; *point >= '0' && *point <= '9'; point++)
    {
        fraction += unit * (*point - '0');
        unit /= 10;
    }
    *at = whole * SECOND_US + (text[0] == '-' ? -fraction : fraction);
    return true;
}

static Value
value_of_moment(const ClickhouseReader *reader, const ClickhouseType *type, const char *text)
{
    Civil civil;
    Instant at;

    if (!read_instant(text, &at))
        return value_of_text(text);
    if (type->zone != NULL)
        return VALUE_OF_INSTANT(at);
    civil = zone_from_instant(reader->conn->zone, at);
    text =
        arena_format(reader->row_arena, "%04d-%02d-%02dT%02d:%02d:%02d.%06d", civil.year,
                     civil.month, civil.day, civil.hour, civil.minute, civil.second, civil.micro);
    return (Value){ .kind = VALUE_DATETIME, .text = str_of(text) };
}

static Value
value_of_number(const ClickhouseType *type, const char *digits)
{
    int64_t whole;
    double number;

    if (type->base == BASE_DECIMAL ||
        (type->base != BASE_FLOAT && !str_to_int(str_of(digits), INT64_MIN, INT64_MAX, &whole)))
        return (Value){ .kind = VALUE_DECIMAL, .text = str_of(digits) };
    if (type->base != BASE_FLOAT)
        return VALUE_OF_INT(whole);
    number = strtod(digits, NULL);
    return isfinite(number) ? VALUE_OF_DOUBLE(number) : VALUE_OF_NULL;
}

static Value
cell_of(const ClickhouseReader *reader, const ClickhouseType *type, const Json *json)
{
    if (json->kind == JSON_NULL)
        return VALUE_OF_NULL;
    if (json->kind == JSON_BOOL)
        return VALUE_OF_BOOL(json->boolean);
    if (json->kind == JSON_ARRAY || json->kind == JSON_OBJECT)
        return (Value){ .kind = VALUE_JSON, .text = str_of(json_print(reader->row_arena, json)) };
    switch (type->base)
    {
        case BASE_INTEGER:
        case BASE_BIG_INTEGER:
        case BASE_FLOAT:
        case BASE_DECIMAL:
            return value_of_number(type, json->text);
        case BASE_DATE_TIME:
        case BASE_DATE_TIME_WITH_LOCAL_TZ:
            return value_of_moment(reader, type, json->text);
        case BASE_DATE:
            return (Value){ .kind = VALUE_DATE, .text = { json->text, json->len } };
        case BASE_TIME:
            return (Value){ .kind = VALUE_TIME, .text = { json->text, json->len } };
        default:
            return value_of_str((Str){ json->text, json->len });
    }
}

/* ---------------------------------------------------------------------------------------- lines */

static bool
begin_sink(ClickhouseReader *reader, const Json *types, Error *err)
{
    Column *columns = ARENA_ARRAY(reader->arena, reader->count, Column);
    size_t at = 0;

    reader->types = ARENA_ARRAY(reader->arena, reader->count, ClickhouseType);
    reader->cells = ARENA_ARRAY(reader->arena, reader->count, Value);
    for (const Json *type = types->first; type != NULL && at < reader->count;
         type = type->next, at++)
    {
        const char *text = arena_text(reader->arena, json_text_or(type, ""));

        if (!read_type(reader->arena, text, &reader->types[at], err))
            return false;
        columns[at] = (Column){ .name = reader->names[at],
                                .base_type = reader->types[at].base,
                                .database_type = text };
    }
    return reader->sink->begin(reader->sink, &(Columns){ columns, reader->count }, err);
}

static bool
take_row(ClickhouseReader *reader, const Json *row, Error *err)
{
    size_t at = 0;

    for (const Json *cell = row->first; cell != NULL && at < reader->count; cell = cell->next, at++)
        reader->cells[at] = cell_of(reader, &reader->types[at], cell);
    return reader->sink->row(reader->sink, reader->cells, err);
}

static bool
take_array(ClickhouseReader *reader, const Json *array, Error *err)
{
    size_t at = 0;

    if (reader->lines > 1 && array->count != reader->count)
        return error_set(err, ERR_UPSTREAM, "ClickHouse sent a row of another width");
    if (reader->lines > 1)
        return take_row(reader, array, err);
    if (reader->lines == 1)
        return begin_sink(reader, array, err);
    reader->count = array->count;
    reader->names = ARENA_ARRAY(reader->arena, array->count, const char *);
    for (const Json *name = array->first; name != NULL; name = name->next)
        reader->names[at++] = arena_text(reader->arena, json_text_or(name, ""));
    return true;
}

static bool
take_line(ClickhouseReader *reader, Error *err)
{
    ArenaMark mark = arena_mark(reader->row_arena);
    Str line = buf_slice(&reader->line);
    Json *array;
    bool done;

    if (line.len > 0 && line.ptr[line.len - 1] == '\r')
        line.len--;
    if (line.len == 0)
        return true;
    if (reader->failure.len > 0 || line.ptr[0] != '[')
    {
        buf_str(&reader->failure, line);
        buf_char(&reader->failure, ' ');
        return true;
    }
    done = json_parse(reader->row_arena, line, &line_limits, &array, err) &&
           take_array(reader, array, err);
    reader->lines++;
    arena_rewind(reader->row_arena, mark);
    return done;
}

ClickhouseReader
clickhouse_reader(const ClickhouseConn *conn, Arena *arena, RowSink *sink)
{
    return (ClickhouseReader){ .conn = conn,
                               .arena = arena,
                               .row_arena = arena_new(),
                               .sink = sink,
                               .line = buf_new(arena, MAX_LINE_BYTES),
                               .failure = buf_new(arena, MAX_FAILURE_BYTES) };
}

bool
clickhouse_take(void *arg, const char *bytes, size_t len, Error *err)
{
    ClickhouseReader *reader = arg;

    while (len > 0)
    {
        const char *end = memchr(bytes, '\n', len);
        size_t part = end == NULL ? len : (size_t) (end - bytes);

        buf_add(&reader->line, bytes, part);
        if (reader->line.failed)
            return error_set(err, ERR_TOO_LARGE, "a row is larger than %d bytes", MAX_LINE_BYTES);
        if (end == NULL)
            return true;
        if (!take_line(reader, err))
            return false;
        buf_clear(&reader->line);
        bytes += part + 1;
        len -= part + 1;
    }
    return true;
}

Str
clickhouse_last_words(ClickhouseReader *reader)
{
    /* A row that was cut is nothing; words need no end of line. */
    if (reader->line.len > 0 && (reader->failure.len > 0 || reader->line.ptr[0] != '['))
        buf_str(&reader->failure, buf_slice(&reader->line));
    return buf_slice(&reader->failure);
}

bool
clickhouse_finish(ClickhouseReader *reader, Error *err)
{
    static const Columns none = { NULL, 0 };

    if (reader->line.len > 0 && !take_line(reader, err))
        return false;
    if (reader->failure.len > 0)
        return clickhouse_fail(buf_slice(&reader->failure), err);
    if (reader->lines == 1)
        return error_set(err, ERR_UPSTREAM, "ClickHouse broke off its answer");
    return (reader->lines > 1 || reader->sink->begin(reader->sink, &none, err)) &&
           reader->sink->end(reader->sink, err);
}
