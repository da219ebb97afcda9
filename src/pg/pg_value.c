/* Cells and columns of libpq in terms of sql/, and back. Types of the server's own catalog only: an
 * enum or an extension's type is text here, and whoever syncs a database knows more. */
#include "pg/pg_private.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct TypeRow
{
    Oid oid;
    ValueKind kind;
    BaseType base_type;
    const char *name;
} TypeRow;

static const TypeRow types[] = {
    // clang-format off
    { 16,   VALUE_BOOL,     BASE_BOOLEAN,                 "bool" },
    { 17,   VALUE_BYTES,    BASE_ANY,                     "bytea" },
    { 18,   VALUE_TEXT,     BASE_TEXT,                    "char" },
    { 19,   VALUE_TEXT,     BASE_TEXT,                    "name" },
    { 20,   VALUE_INT,      BASE_BIG_INTEGER,             "int8" },
    { 21,   VALUE_INT,      BASE_INTEGER,                 "int2" },
    { 23,   VALUE_INT,      BASE_INTEGER,                 "int4" },
    { 25,   VALUE_TEXT,     BASE_TEXT,                    "text" },
    { 26,   VALUE_INT,      BASE_INTEGER,                 "oid" },
    { 114,  VALUE_JSON,     BASE_JSON,                    "json" },
    { 142,  VALUE_TEXT,     BASE_XML,                     "xml" },
    { 700,  VALUE_DOUBLE,   BASE_FLOAT,                   "float4" },
    { 701,  VALUE_DOUBLE,   BASE_FLOAT,                   "float8" },
    { 790,  VALUE_TEXT,     BASE_DECIMAL,                 "money" },
    { 869,  VALUE_TEXT,     BASE_IP_ADDRESS,              "inet" },
    { 1042, VALUE_TEXT,     BASE_TEXT,                    "bpchar" },
    { 1043, VALUE_TEXT,     BASE_TEXT,                    "varchar" },
    { 1082, VALUE_DATE,     BASE_DATE,                    "date" },
    { 1083, VALUE_TIME,     BASE_TIME,                    "time" },
    { 1114, VALUE_DATETIME, BASE_DATE_TIME,               "timestamp" },
    { 1184, VALUE_INSTANT,  BASE_DATE_TIME_WITH_LOCAL_TZ, "timestamptz" },
    { 1186, VALUE_TEXT,     BASE_INTERVAL,                "interval" },
    { 1266, VALUE_TIME,     BASE_TIME_WITH_TZ,            "timetz" },
    { 1560, VALUE_TEXT,     BASE_POSTGRES_BIT_STRING,     "bit" },
    { 1562, VALUE_TEXT,     BASE_POSTGRES_BIT_STRING,     "varbit" },
    { 1700, VALUE_DECIMAL,  BASE_DECIMAL,                 "numeric" },
    { 2950, VALUE_TEXT,     BASE_UUID,                    "uuid" },
    { 3802, VALUE_JSON,     BASE_JSON,                    "jsonb" },
    { 0,    VALUE_TEXT,     BASE_ANY,                     "" },
    // clang-format on
};

static const TypeRow *
find_type(Oid oid)
{
    const TypeRow *row = types;

    while (row->oid != oid && row->oid != 0)
        row++;
    return row;
}

Columns
pg_columns(Arena *arena, const PGresult *result)
{
    size_t count = (size_t) PQnfields(result);
    Column *items = ARENA_ARRAY(arena, count, Column);

    for (size_t i = 0; i < count; i++)
    {
        const TypeRow *type = find_type(PQftype(result, (int) i));

        items[i] = (Column){
            .name = arena_text(arena, PQfname(result, (int) i)),
            .base_type = type->base_type,
            .database_type = type->name,
        };
    }
    return (Columns){ items, count };
}

static bool
read_digits(const char **at, size_t count, int *number)
{
    *number = 0;
    for (size_t i = 0; i < count; i++, (*at)++)
    {
        if (**at < '0' || **at > '9')
            return false;
        *number = *number * 10 + (**at - '0');
    }
    return true;
}

static bool
read_mark(const char **at, char mark)
{
    if (**at != mark)
        return false;
    (*at)++;
    return true;
}

/* "+02", "+05:30", "-00:09:21" as seconds east. */
static bool
read_offset(const char *at, int *seconds)
{
    int sign = *at == '-' ? -1 : 1;
    int hours;
    int minutes = 0;
    int rest = 0;

    if (*at != '+' && *at != '-')
        return false;
    at++;
    if (!read_digits(&at, 2, &hours))
        return false;
    if (*at == ':' && (at++, !read_digits(&at, 2, &minutes)))
        return false;
    if (*at == ':' && (at++, !read_digits(&at, 2, &rest)))
        return false;
    *seconds = sign * (hours * 3600 + minutes * 60 + rest);
    return *at == '\0';
}

/* "2024-06-01 10:20:30.123456+02"; false for infinity and for years that have not four digits. */
static bool
read_instant(const char *at, Instant *instant)
{
    Civil civil = { 0 };
    int seconds;

    if (!read_digits(&at, 4, &civil.year) || !read_mark(&at, '-') ||
        !read_digits(&at, 2, &civil.month) || !read_mark(&at, '-') ||
        !read_digits(&at, 2, &civil.day) || !read_mark(&at, ' ') ||
        !read_digits(&at, 2, &civil.hour) || !read_mark(&at, ':') ||
        !read_digits(&at, 2, &civil.minute) || !read_mark(&at, ':') ||
        !read_digits(&at, 2, &civil.second))
        return false;
    if (*at == '.')
    {
        at++;
        for (int unit = 100000; *at >= '0' && *at <= '9'; unit /= 10, at++)
            civil.micro += unit * (*at - '0');
    }
    if (!read_offset(at, &seconds) || !civil_is_valid(&civil))
        return false;
    *instant = civil_to_instant(&civil) - seconds * SECOND_US;
    return true;
}

/* "\x6162" */
static Value
read_bytes(Arena *arena, Str text)
{
    size_t len = 0;
    unsigned char *plain = PQunescapeBytea((const unsigned char *) text.ptr, &len);
    Value value = { .kind = VALUE_BYTES };

    value.text = (Str){ arena_text_n(arena, (const char *) plain, len), len };
    PQfreemem(plain);
    return value;
}

static Value
read_cell(Arena *arena, ValueKind kind, Str text)
{
    Value value = { .kind = kind, .text = text };
    int64_t number;

    switch (kind)
    {
        case VALUE_BOOL:
            return VALUE_OF_BOOL(text.ptr[0] == 't');
        case VALUE_INT:
            if (str_to_int(text, INT64_MIN, INT64_MAX, &number))
                return VALUE_OF_INT(number);
            break;
        case VALUE_DOUBLE:
            /* The server writes the shortest digits that read back: they are kept as they are. */
            if (memchr(text.ptr, 'n', text.len) != NULL || memchr(text.ptr, 'N', text.len) != NULL)
                return VALUE_OF_DOUBLE(strtod(text.ptr, NULL));
            value.kind = VALUE_DECIMAL;
            return value;
        case VALUE_BYTES:
            return read_bytes(arena, text);
        case VALUE_INSTANT:
            if (read_instant(text.ptr, &number))
                return VALUE_OF_INSTANT(number);
            break;
        case VALUE_DATETIME:
            if (text.len > 10 && text.ptr[10] == ' ')
            {
                char *iso = arena_text_n(arena, text.ptr, text.len);

                iso[10] = 'T';
                value.text.ptr = iso;
                return value;
            }
            break;
        default:
            return value;
    }
    value.kind = VALUE_TEXT;
    return value;
}

ValueKind *
pg_kinds(Arena *arena, const PGresult *result)
{
    int count = PQnfields(result);
    ValueKind *kinds = ARENA_ARRAY(arena, (size_t) count + 1, ValueKind);

    for (int i = 0; i < count; i++)
        kinds[i] = find_type(PQftype(result, i))->kind;
    return kinds;
}

void
pg_cells(Arena *arena, const PGresult *result, const ValueKind *kinds, int row, Value *cells)
{
    int count = PQnfields(result);

    for (int i = 0; i < count; i++)
    {
        int len = PQgetlength(result, row, i);
        Str text = { PQgetvalue(result, row, i), (size_t) len };

        cells[i] = len == 0 && PQgetisnull(result, row, i) ? VALUE_OF_NULL
                                                           : read_cell(arena, kinds[i], text);
    }
}

bool
pg_params(Arena *arena, const Value *values, size_t count, PgParams *params, Error *err)
{
    *params = (PgParams){
        .values = ARENA_ARRAY(arena, count, const char *),
        .lengths = ARENA_ARRAY(arena, count, int),
        .formats = ARENA_ARRAY(arena, count, int),
    };
    for (size_t i = 0; i < count; i++)
    {
        const Value *value = &values[i];

        if (value->kind == VALUE_BYTES)
        {
            params->values[i] = value->text.ptr == NULL ? "" : value->text.ptr;
            params->lengths[i] = (int) value->text.len;
            params->formats[i] = 1;
            continue;
        }
        if (value_has_text(value) && value->text.len > 0 &&
            memchr(value->text.ptr, '\0', value->text.len) != NULL)
            return error_set(err, ERR_INVALID, "a text holds a zero byte, which Postgres refuses");
        params->values[i] = value_to_text(arena, value);
    }
    return true;
}
