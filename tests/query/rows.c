/* Compares rows, each column as its case says: "int", "round2", "str", "bool", "temporal"... */
#include "runner.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "2024-06-01T10:20:30.123456+02:00" from whatever form; `zone` for text without an offset. */
static const char *
moment_text(Arena *arena, const char *text, const Zone *zone)
{
    char whole[80], formatted[TIME_TEXT_SIZE];
    const char *rest;
    bool is_time = strlen(text) > 2 && text[2] == ':';
    Civil civil = { 0 };
    int consumed = 0, fraction = 0, sign = 0, hours = 0, minutes = 0;
    bool offset = false;
    Instant at;

    (void) snprintf(whole, sizeof(whole), "%s%s", is_time ? "1970-01-01T" : "", text);
    if (sscanf(whole, "%4d-%2d-%2d%n", &civil.year, &civil.month, &civil.day, &consumed) != 3)
        return text;
    rest = whole + consumed;
    if (*rest == 'T' || *rest == ' ')
    {
        if (sscanf(rest + 1, "%2d:%2d%n", &civil.hour, &civil.minute, &consumed) != 2)
            return text;
        rest += 1 + consumed;
        if (*rest == ':' && sscanf(rest + 1, "%2d%n", &civil.second, &consumed) == 1)
            rest += 1 + consumed;
        if (*rest == '.')
            for (rest++, fraction = 100000; *rest >= '0' && *rest <= '9'; rest++, fraction /= 10)
                civil.micro += fraction * (*rest - '0');
    }
    if (*rest == 'Z')
        offset = true;
    else if (*rest == '+' || *rest == '-')
    {
        offset = true;
        sign = *rest == '-' ? -1 : 1;
        (void) sscanf(rest + 1, "%2d:%2d", &hours, &minutes);
    }
    if (!civil_is_valid(&civil))
        return text;
    at = civil_to_instant(&civil) - sign * (hours * 3600 + minutes * 60) * SECOND_US;
    if (zone == NULL)
        return arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d.%06d%+d", civil.year, civil.month,
                            civil.day, civil.hour, civil.minute, civil.second, civil.micro,
                            sign * (hours * 60 + minutes));
    if (!offset)
        at = zone_to_instant(zone, &civil);
    zone_format(zone, at, formatted);
    return moment_text(arena, formatted, NULL);
}

/* As the server writes it: "2024-06-01T10:20:30.5Z", in the report zone. */
const char *
cell_text(Arena *arena, const Value *cell, const Zone *zone)
{
    char text[TIME_TEXT_SIZE];
    const char *whole = moment_text(arena, value_to_text(arena, cell), zone);
    const char *offset;
    size_t len = 26;
    Civil civil = { 0 };
    Instant at;

    if (cell->kind == VALUE_INSTANT)
        at = cell->integer;
    else if (strlen(whole) < 27 ||
             sscanf(whole, "%4d-%2d-%2dT%2d:%2d:%2d.%6d", &civil.year, &civil.month, &civil.day,
                    &civil.hour, &civil.minute, &civil.second, &civil.micro) != 7)
        return whole;
    else
        at = civil_to_instant(&civil) - strtol(whole + 26, NULL, 10) * MINUTE_US;
    zone_format(zone, at, text);
    offset = text + 26;
    while (len > 20 && strncmp(text + len - 3, "000", 3) == 0)
        len -= 3;
    return arena_format(arena, "%.*s%s", (int) (len == 20 ? 19 : len), text, offset);
}

static const char *
rounded(Arena *arena, double number, const char *as)
{
    int places = as[5] - '0';
    double scale = pow(10, places);
    double value = floor(number * scale + 0.5 + 1e-9) / scale;

    return arena_format(arena, "%.*f", places, value == 0 ? 0 : value);
}

static const char *
shown(Arena *arena, const Value *cell, const char *as, const Zone *zone, bool is_time)
{
    double number = value_to_double(cell, NAN);

    if (cell->kind == VALUE_NULL)
        return strcmp(as, "any") == 0 ? "any" : "null";
    if (strcmp(as, "any") == 0)
        return "any";
    if (strcmp(as, "int") == 0)
        return isnan(number) ? value_to_text(arena, cell)
                             : arena_format(arena, "%.0f", trunc(number) == 0 ? 0 : trunc(number));
    if (strncmp(as, "round", 5) == 0)
        return isnan(number) ? value_to_text(arena, cell) : rounded(arena, number, as);
    if (strcmp(as, "bool") == 0)
        return value_to_bool(cell, false) ? "true" : "false";
    if (strcmp(as, "auto") == 0 && value_has_text(cell) && cell->text.len >= 10 &&
        cell->text.ptr[4] == '-' && cell->text.ptr[7] == '-')
        as = "temporal";
    if (zone != NULL && strcmp(as, "str") == 0 && is_time)
        return cell_text(arena, cell, zone);
    if (strcmp(as, "temporal") == 0)
        return moment_text(arena, value_to_text(arena, cell), zone);
    if (strcmp(as, "date") == 0)
        return arena_text_n(arena, moment_text(arena, value_to_text(arena, cell), zone), 10);
    return value_to_text(arena, cell);
}

static Value
expected_value(const Json *json)
{
    switch (json->kind)
    {
        case JSON_NULL:
            return VALUE_OF_NULL;
        case JSON_BOOL:
            return VALUE_OF_BOOL(json->boolean);
        default:
            return VALUE_OF_TEXT(json->text);
    }
}

static const char *
type_at(const Json *types, size_t column)
{
    return json_text_or(json_at(types, column), "auto");
}

static const char *
line_of_expected(Arena *arena, const Json *row, const Json *types)
{
    Buf line = buf_new(arena, 1000000);
    size_t at = 0;

    for (const Json *cell = row->first; cell != NULL; cell = cell->next, at++)
    {
        Value value = expected_value(cell);

        buf_format(&line, "%s | ", shown(arena, &value, type_at(types, at), NULL, false));
    }
    return buf_cstr(&line);
}

static const Zone *
zone_of_column(Arena *arena, const CompiledQuery *compiled, size_t at, const Zone *zone)
{
    const Zone *own = zone;

    if (at < compiled->column_count && compiled->columns[at].timezone != NULL)
        (void) zone_load(arena, compiled->columns[at].timezone, &own, &(Error){ 0 });
    return own;
}

static bool
is_time_column(const CompiledQuery *compiled, const Rows *rows, size_t at)
{
    BaseType type = at < compiled->column_count ? compiled->columns[at].effective_type
                                                : rows->columns.items[at].base_type;

    return type >= BASE_DATE && type <= BASE_INSTANT;
}

static const char *
line_of_actual(Arena *arena, const Rows *rows, size_t row, const Json *types,
               const CompiledQuery *compiled, const Zone *zone)
{
    Buf line = buf_new(arena, 1000000);

    for (size_t at = 0; at < rows->columns.count; at++)
        buf_format(&line, "%s | ",
                   shown(arena, &rows->row[row][at], type_at(types, at),
                         zone_of_column(arena, compiled, at, zone),
                         is_time_column(compiled, rows, at)));
    return buf_cstr(&line);
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static bool
same_rows(Arena *arena, const Json *test, const Json *expected, bool prefix,
          const CompiledQuery *compiled, const Rows *rows, const Zone *zone, const char **why)
{
    const Json *types = json_get(test, "types_as");
    const char **a = ARENA_ARRAY(arena, expected->count + 1, const char *);
    const char **b = ARENA_ARRAY(arena, rows->count + 1, const char *);
    size_t count = 0;

    for (const Json *row = expected->first; row != NULL; row = row->next)
        a[count++] = line_of_expected(arena, row, types);
    for (size_t i = 0; i < rows->count; i++)
        b[i] = line_of_actual(arena, rows, i, types, compiled, zone);
    if (!prefix && !json_bool_or(json_get(test, "order_matters"), true))
    {
        qsort(a, expected->count, sizeof(*a), by_text);
        qsort(b, rows->count, sizeof(*b), by_text);
    }
    for (size_t i = 0; i < expected->count && i < rows->count; i++)
    {
        if (strcmp(a[i], b[i]) == 0)
            continue;
        *why = arena_format(arena, "row %zu: expected %.300s got %.300s", i, a[i], b[i]);
        return false;
    }
    if (prefix ? rows->count >= expected->count : rows->count == expected->count)
        return true;
    *why = arena_format(arena, "expected %zu rows, got %zu", expected->count, rows->count);
    return false;
}

static const char *
column_key(const QueryColumn *column, const char *key, bool *known)
{
    *known = true;
    if (strcmp(key, "name") == 0)
        return column->name;
    if (strcmp(key, "display_name") == 0)
        return column->display_name;
    if (strcmp(key, "base_type") == 0)
        return base_type_name(column->base_type);
    if (strcmp(key, "effective_type") == 0)
        return base_type_name(column->effective_type);
    if (strcmp(key, "semantic_type") == 0)
        return column->semantic_type;
    if (strcmp(key, "unit") == 0)
        return column->unit;
    if (strcmp(key, "source") == 0)
        return column->source;
    if (strcmp(key, "remapped_from") == 0)
        return column->remapped_from;
    if (strcmp(key, "remapped_to") == 0)
        return column->remapped_to;
    *known = false;
    return NULL;
}

static bool
same_column(Arena *arena, const Json *expected, const QueryColumn *column, size_t at,
            const char **why)
{
    for (const Json *item = expected->first; item != NULL; item = item->next)
    {
        bool known;
        const char *actual = column_key(column, item->key, &known);
        const char *wanted = json_text_or(item, NULL);

        if (!known || (actual == NULL && wanted == NULL) ||
            (actual != NULL && wanted != NULL && strcmp(actual, wanted) == 0))
            continue;
        *why = arena_format(arena, "column %zu: %s: expected %s got %s", at, item->key,
                            wanted == NULL ? "null" : wanted, actual == NULL ? "null" : actual);
        return false;
    }
    return true;
}

static bool
same_columns(Arena *arena, const Json *expect, const CompiledQuery *compiled, const char **why)
{
    const Json *cols = json_get(expect, "cols");
    const Json *last = json_get(expect, "last_column");
    size_t at = 0;

    if (last != NULL && last->kind == JSON_OBJECT && compiled->column_count > 0 &&
        !same_column(arena, last, &compiled->columns[compiled->column_count - 1],
                     compiled->column_count - 1, why))
        return false;
    for (const Json *col = cols == NULL ? NULL : cols->first; col != NULL; col = col->next, at++)
    {
        if (at >= compiled->column_count)
        {
            *why = "a column is missing";
            return false;
        }
        if (!same_column(arena, col, &compiled->columns[at], at, why))
            return false;
    }
    return true;
}

bool
rows_match(Arena *arena, const Json *test, const CompiledQuery *compiled, const Rows *rows,
           const Zone *zone, const char **why)
{
    const Json *expect = json_get(test, "expect");
    const Json *all = json_get(expect, "rows");
    const Json *prefix = json_get(expect, "rows_prefix");
    const Json *count = json_get(expect, "row_count");

    if (!compiled->is_native && !same_columns(arena, expect, compiled, why))
        return false;
    if (count != NULL && (int64_t) rows->count != json_int_or(count, -1))
    {
        *why = arena_format(arena, "expected %lld rows, got %zu",
                            (long long) json_int_or(count, -1), rows->count);
        return false;
    }
    if (prefix != NULL && !same_rows(arena, test, prefix, true, compiled, rows, zone, why))
        return false;
    return all == NULL || same_rows(arena, test, all, false, compiled, rows, zone, why);
}
