/* Reading of vectors: fixed widths by type, texts inside or elsewhere, bits for what is null. */
#include "driver/duckdb_rows.h"
#include "driver/schema.h"

#include <stdlib.h>
#include <string.h>

typedef __int128 Huge;
typedef unsigned __int128 HugeUnsigned;

static const struct
{
    int id;
    const char *word;
    BaseType base;
} types[] = {
    { DUCK_BOOLEAN, "BOOLEAN", BASE_BOOLEAN },
    { DUCK_TINYINT, "TINYINT", BASE_INTEGER },
    { DUCK_SMALLINT, "SMALLINT", BASE_INTEGER },
    { DUCK_INTEGER, "INTEGER", BASE_INTEGER },
    { DUCK_BIGINT, "BIGINT", BASE_BIG_INTEGER },
    { DUCK_UTINYINT, "UTINYINT", BASE_INTEGER },
    { DUCK_USMALLINT, "USMALLINT", BASE_INTEGER },
    { DUCK_UINTEGER, "UINTEGER", BASE_INTEGER },
    { DUCK_UBIGINT, "UBIGINT", BASE_BIG_INTEGER },
    { DUCK_HUGEINT, "HUGEINT", BASE_BIG_INTEGER },
    { DUCK_UHUGEINT, "UHUGEINT", BASE_BIG_INTEGER },
    { DUCK_FLOAT, "FLOAT", BASE_FLOAT },
    { DUCK_DOUBLE, "DOUBLE", BASE_FLOAT },
    { DUCK_DECIMAL, "DECIMAL", BASE_DECIMAL },
    { DUCK_VARCHAR, "VARCHAR", BASE_TEXT },
    { DUCK_BLOB, "BLOB", BASE_ANY },
    { DUCK_DATE, "DATE", BASE_DATE },
    { DUCK_TIME, "TIME", BASE_TIME },
    { DUCK_TIMESTAMP, "TIMESTAMP", BASE_DATE_TIME },
    { DUCK_TIMESTAMP_S, "TIMESTAMP_S", BASE_DATE_TIME },
    { DUCK_TIMESTAMP_MS, "TIMESTAMP_MS", BASE_DATE_TIME },
    { DUCK_TIMESTAMP_NS, "TIMESTAMP_NS", BASE_DATE_TIME },
    { DUCK_TIMESTAMP_TZ, "TIMESTAMP WITH TIME ZONE", BASE_DATE_TIME_WITH_LOCAL_TZ },
    { DUCK_UUID, "UUID", BASE_UUID },
    { DUCK_SQLNULL, "\"NULL\"", BASE_ANY },
};

/* Types that are never read as such, with what the catalog calls them. */
static const TypeWord other_words[] = {
    { "ENUM", BASE_TEXT },         { "JSON", BASE_JSON },
    { "STRUCT", BASE_STRUCTURED }, { "MAP", BASE_DICTIONARY },
    { "INTERVAL", BASE_INTERVAL }, { "TIME WITH TIME ZONE", BASE_TIME_WITH_LOCAL_TZ },
};

static size_t
type_at(int id)
{
    size_t at = 0;

    while (at < COUNT_OF(types) && types[at].id != id)
        at++;
    return at;
}

bool
duckdb_is_plain(int type)
{
    return type_at(type) < COUNT_OF(types);
}

bool
duckdb_is_nested(int type)
{
    return type == DUCK_LIST || type == DUCK_STRUCT || type == DUCK_MAP || type == DUCK_ARRAY;
}

BaseType
duckdb_base_type(const char *word)
{
    size_t len = strlen(word);

    if (len > 2 && strcmp(word + len - 2, "[]") == 0)
        return BASE_ARRAY;
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (strcasecmp(types[i].word, word) == 0)
            return types[i].base;
    return type_lookup(other_words, COUNT_OF(other_words), word);
}

Columns
duckdb_columns(const DuckLibrary *library, Arena *arena, DuckResult *result,
               const char *const *names, DuckColumn **own)
{
    uint64_t count = library->column_count(result);
    Column *columns = ARENA_ARRAY(arena, count, Column);

    *own = ARENA_ARRAY(arena, count, DuckColumn);
    for (uint64_t i = 0; i < count; i++)
    {
        DuckColumn *column = &(*own)[i];
        size_t at;

        column->type = library->column_type(result, i);
        at = type_at(column->type);
        columns[i] =
            (Column){ .name = names != NULL ? names[i]
                                            : arena_text(arena, library->column_name(result, i)),
                      .base_type = at < COUNT_OF(types) ? types[at].base : BASE_ANY,
                      .database_type = at < COUNT_OF(types) ? types[at].word : "" };
        if (column->type == DUCK_DECIMAL)
        {
            DuckType type = library->column_logical_type(result, i);

            column->storage = library->decimal_internal_type(type);
            column->scale = library->decimal_scale(type);
            library->destroy_logical_type(&type);
        }
    }
    return (Columns){ columns, count };
}

/* -------------------------------------------------------------------------------------- numbers */

static Value
value_of_huge(Arena *arena, Huge number, unsigned scale, bool is_unsigned)
{
    char digits[48];
    size_t at = sizeof(digits);
    bool negative = number < 0 && !is_unsigned;
    HugeUnsigned rest = negative ? -(HugeUnsigned) number : (HugeUnsigned) number;

    if (scale == 0 && !is_unsigned && number >= INT64_MIN && number <= INT64_MAX)
        return VALUE_OF_INT((int64_t) number);
    digits[--at] = '\0';
    for (unsigned place = 0; rest > 0 || place <= scale; place++)
    {
        if (place == scale && scale > 0)
            digits[--at] = '.';
        digits[--at] = (char) ('0' + (int) (rest % 10));
        rest /= 10;
    }
    if (negative)
        digits[--at] = '-';
    return (Value){ .kind = VALUE_DECIMAL, .text = str_of(arena_text(arena, digits + at)) };
}

static Huge
huge_at(const void *data, uint64_t row)
{
    uint64_t halves[2];

    memcpy(halves, (const char *) data + row * sizeof(halves), sizeof(halves));
    return (Huge) ((HugeUnsigned) halves[1] << 64 | halves[0]);
}

static int64_t
integer_at(int type, const void *data, uint64_t row)
{
    switch (type)
    {
        case DUCK_TINYINT:
            return ((const int8_t *) data)[row];
        case DUCK_UTINYINT:
            return ((const uint8_t *) data)[row];
        case DUCK_SMALLINT:
            return ((const int16_t *) data)[row];
        case DUCK_USMALLINT:
            return ((const uint16_t *) data)[row];
        case DUCK_INTEGER:
        case DUCK_DATE:
            return ((const int32_t *) data)[row];
        case DUCK_UINTEGER:
            return ((const uint32_t *) data)[row];
        default:
            return ((const int64_t *) data)[row];
    }
}

static Value
value_of_decimal(Arena *arena, const DuckColumn *column, uint64_t row)
{
    Huge number = column->storage == DUCK_HUGEINT
                      ? huge_at(column->data, row)
                      : (Huge) integer_at(column->storage, column->data, row);
    Value value = value_of_huge(arena, number, column->scale, false);

    if (value.kind == VALUE_INT)
        value = (Value){ .kind = VALUE_DECIMAL, .text = str_of(value_to_text(arena, &value)) };
    return value;
}

/* ---------------------------------------------------------------------------------- other kinds */

static Value
value_of_date(Arena *arena, int64_t days)
{
    int year, month, day;

    /* The ends of the range are "infinity". */
    if (days > 4000000 || days < -4000000)
        return VALUE_OF_NULL;
    civil_from_days(days, &year, &month, &day);
    return (Value){ .kind = VALUE_DATE,
                    .text = str_of(arena_format(arena, "%04d-%02d-%02d", year, month, day)) };
}

static Value
value_of_time(Arena *arena, int64_t micros)
{
    Civil civil = civil_from_instant(micros);

    return (Value){ .kind = VALUE_TIME,
                    .text = str_of(arena_format(arena, "%02d:%02d:%02d.%06d", civil.hour,
                                                civil.minute, civil.second, civil.micro)) };
}

static Value
value_of_moment(Arena *arena, int64_t micros)
{
    Civil civil;

    if (micros > 4000000LL * DAY_US || micros < -4000000LL * DAY_US)
        return VALUE_OF_NULL;
    civil = civil_from_instant(micros);
    return (Value){ .kind = VALUE_DATETIME,
                    .text = str_of(arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d.%06d",
                                                civil.year, civil.month, civil.day, civil.hour,
                                                civil.minute, civil.second, civil.micro)) };
}

static int64_t
micros_of(int type, int64_t count)
{
    switch (type)
    {
        case DUCK_TIMESTAMP_S:
            return count > INT64_MAX / SECOND_US ? INT64_MAX : count * SECOND_US;
        case DUCK_TIMESTAMP_MS:
            return count > INT64_MAX / 1000 ? INT64_MAX : count * 1000;
        case DUCK_TIMESTAMP_NS:
            return count / 1000;
        default:
            return count;
    }
}

static Value
value_of_bytes(Arena *arena, const DuckText *bytes, ValueKind kind)
{
    size_t len = bytes->inside.length;
    const char *text =
        len <= sizeof(bytes->inside.text) ? bytes->inside.text : bytes->elsewhere.text;

    return (Value){ .kind = kind, .text = { arena_text_n(arena, text, len), len } };
}

/* Kept as a number whose first bit is turned, so that they sort. */
static Value
value_of_uuid(Arena *arena, Huge number)
{
    HugeUnsigned bits = (HugeUnsigned) number ^ (HugeUnsigned) 1 << 127;
    char text[37];
    size_t at = 0;

    for (int digit = 31; digit >= 0; digit--)
    {
        if (at == 8 || at == 13 || at == 18 || at == 23)
            text[at++] = '-';
        text[at++] = "0123456789abcdef"[(int) (bits >> (digit * 4)) & 15];
    }
    text[at] = '\0';
    return (Value){ .kind = VALUE_TEXT, .text = str_of(arena_text(arena, text)) };
}

Value
duckdb_cell(Arena *arena, const DuckColumn *column, uint64_t row)
{
    const void *data = column->data;

    if (column->validity != NULL && (column->validity[row / 64] >> (row % 64) & 1) == 0)
        return VALUE_OF_NULL;
    switch (column->type)
    {
        case DUCK_SQLNULL:
            return VALUE_OF_NULL;
        case DUCK_BOOLEAN:
            return VALUE_OF_BOOL(((const uint8_t *) data)[row] != 0);
        case DUCK_UBIGINT:
            return value_of_huge(arena, (Huge) ((const uint64_t *) data)[row], 0, false);
        case DUCK_HUGEINT:
            return value_of_huge(arena, huge_at(data, row), 0, false);
        case DUCK_UHUGEINT:
            return value_of_huge(arena, huge_at(data, row), 0, true);
        case DUCK_FLOAT:
            return VALUE_OF_DOUBLE((double) ((const float *) data)[row]);
        case DUCK_DOUBLE:
            return VALUE_OF_DOUBLE(((const double *) data)[row]);
        case DUCK_DECIMAL:
            return value_of_decimal(arena, column, row);
        case DUCK_DATE:
            return value_of_date(arena, integer_at(DUCK_DATE, data, row));
        case DUCK_TIME:
            return value_of_time(arena, integer_at(DUCK_TIME, data, row));
        case DUCK_TIMESTAMP_TZ:
            return VALUE_OF_INSTANT(integer_at(DUCK_BIGINT, data, row));
        case DUCK_TIMESTAMP:
        case DUCK_TIMESTAMP_S:
        case DUCK_TIMESTAMP_MS:
        case DUCK_TIMESTAMP_NS:
            return value_of_moment(arena,
                                   micros_of(column->type, integer_at(DUCK_BIGINT, data, row)));
        case DUCK_UUID:
            return value_of_uuid(arena, huge_at(data, row));
        case DUCK_VARCHAR:
            return value_of_bytes(arena, &((const DuckText *) data)[row], VALUE_TEXT);
        case DUCK_BLOB:
            return value_of_bytes(arena, &((const DuckText *) data)[row], VALUE_BYTES);
        default:
            return VALUE_OF_INT(integer_at(column->type, data, row));
    }
}
