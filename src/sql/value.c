/* Values and their text forms, and the names of Metabase's base types. How a cell looks to people
 * (formats, currencies, zones) is not here. */
#include "sql/value.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

Value
value_of_text(const char *text)
{
    return text == NULL ? VALUE_OF_NULL : value_of_str(str_of(text));
}

Value
value_of_str(Str text)
{
    return (Value){ .kind = VALUE_TEXT, .text = text };
}

Value
value_of_id(int64_t id)
{
    return id == 0 ? VALUE_OF_NULL : VALUE_OF_INT(id);
}

bool
value_has_text(const Value *value)
{
    switch (value->kind)
    {
        case VALUE_NULL:
        case VALUE_BOOL:
        case VALUE_INT:
        case VALUE_DOUBLE:
        case VALUE_INSTANT:
            return false;
        default:
            return true;
    }
}

/* A number read from text that need not be ended by zero. */
static bool
text_to_double(Str text, double *number)
{
    char digits[64];
    char *end;

    if (text.len == 0 || text.len >= sizeof(digits))
        return false;
    memcpy(digits, text.ptr, text.len);
    digits[text.len] = '\0';
    *number = strtod(digits, &end);
    return *end == '\0';
}

static bool
double_fits_int(double number)
{
    return number >= -9223372036854775808.0 && number < 9223372036854775808.0;
}

int64_t
value_to_int(const Value *value, int64_t fallback)
{
    int64_t integer;
    double number;

    switch (value->kind)
    {
        case VALUE_NULL:
            return fallback;
        case VALUE_BOOL:
            return value->boolean ? 1 : 0;
        case VALUE_INT:
        case VALUE_INSTANT:
            return value->integer;
        case VALUE_DOUBLE:
            return double_fits_int(value->number) ? (int64_t) value->number : fallback;
        default:
            if (str_to_int(value->text, INT64_MIN, INT64_MAX, &integer))
                return integer;
            if (text_to_double(value->text, &number) && double_fits_int(number))
                return (int64_t) number;
            return fallback;
    }
}

double
value_to_double(const Value *value, double fallback)
{
    double number;

    switch (value->kind)
    {
        case VALUE_NULL:
            return fallback;
        case VALUE_BOOL:
            return value->boolean ? 1 : 0;
        case VALUE_INT:
        case VALUE_INSTANT:
            return (double) value->integer;
        case VALUE_DOUBLE:
            return value->number;
        default:
            return text_to_double(value->text, &number) ? number : fallback;
    }
}

bool
value_to_bool(const Value *value, bool fallback)
{
    static const char *const yes[] = { "1", "t", "true", "y", "yes", "on" };
    static const char *const no[] = { "0", "f", "false", "n", "no", "off" };

    switch (value->kind)
    {
        case VALUE_NULL:
            return fallback;
        case VALUE_BOOL:
            return value->boolean;
        case VALUE_INT:
        case VALUE_INSTANT:
            return value->integer != 0;
        case VALUE_DOUBLE:
            return value->number != 0;
        default:
            break;
    }
    for (size_t i = 0; i < COUNT_OF(yes); i++)
    {
        if (str_is_nocase(value->text, yes[i]))
            return true;
        if (str_is_nocase(value->text, no[i]))
            return false;
    }
    return fallback;
}

/* The shortest of the usual precisions that reads back as the same number. */
static char *
double_text(Arena *arena, double number)
{
    char *text = NULL;

    if (isnan(number))
        return arena_text(arena, "NaN");
    if (isinf(number))
        return arena_text(arena, number > 0 ? "Infinity" : "-Infinity");
    for (int precision = 15; precision <= 17; precision++)
    {
        text = arena_format(arena, "%.*g", precision, number);
        if (strtod(text, NULL) == number)
            break;
    }
    return text;
}

const char *
value_to_text(Arena *arena, const Value *value)
{
    switch (value->kind)
    {
        case VALUE_NULL:
            return NULL;
        case VALUE_BOOL:
            return value->boolean ? "true" : "false";
        case VALUE_INT:
            return arena_format(arena, "%" PRId64, value->integer);
        case VALUE_DOUBLE:
            return double_text(arena, value->number);
        case VALUE_INSTANT:
            return time_text(arena, value->integer);
        case VALUE_BYTES:
        {
            static const char digits[] = "0123456789abcdef";
            char *text = arena_alloc(arena, value->text.len * 2 + 1);

            for (size_t i = 0; i < value->text.len; i++)
            {
                text[2 * i] = digits[(uint8_t) value->text.ptr[i] >> 4];
                text[2 * i + 1] = digits[(uint8_t) value->text.ptr[i] & 15];
            }
            return text;
        }
        default:
            return str_copy(arena, value->text);
    }
}

Value
value_copy(Arena *arena, const Value *value)
{
    Value copy = *value;

    if (value_has_text(value))
        copy.text.ptr = arena_text_n(arena, value->text.ptr, value->text.len);
    return copy;
}

const char *
value_kind_name(ValueKind kind)
{
    static const char *const names[] = {
        [VALUE_NULL] = "null",       [VALUE_BOOL] = "bool",       [VALUE_INT] = "int",
        [VALUE_DOUBLE] = "double",   [VALUE_DECIMAL] = "decimal", [VALUE_TEXT] = "text",
        [VALUE_DATE] = "date",       [VALUE_TIME] = "time",       [VALUE_DATETIME] = "datetime",
        [VALUE_INSTANT] = "instant", [VALUE_BYTES] = "bytes",     [VALUE_JSON] = "json",
    };

    return names[kind];
}

static const char *const base_type_names[] = {
#define BASE_TYPE(id, name) [id] = name,
#include "sql/base_type.def"
#undef BASE_TYPE
};

const char *
base_type_name(BaseType type)
{
    return base_type_names[type];
}

bool
base_type_from_name(const char *name, BaseType *type)
{
    if (name == NULL)
        return false;
    for (size_t i = 0; i < BASE_TYPE_COUNT; i++)
    {
        if (strcmp(base_type_names[i], name) == 0)
        {
            *type = (BaseType) i;
            return true;
        }
    }
    return false;
}
