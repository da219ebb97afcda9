/* Samples are small, so that counts are exact: a set of hashes and a list of numbers per column. */
#include "sql/fingerprint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct ColumnSample
{
    BaseType type;
    int64_t count; /* without missing values */
    int64_t distinct;
    uint64_t *set; /* hashes; 0 is a free place */
    double *numbers;
    int64_t letters; /* of all texts */
    int64_t json, url, email;
    Value first, last; /* of times */
} ColumnSample;

static bool
is_number(BaseType type)
{
    return type >= BASE_NUMBER && type <= BASE_DECIMAL;
}

static bool
is_text(BaseType type)
{
    return type == BASE_TEXT || type == BASE_UUID;
}

static bool
is_time(BaseType type)
{
    return type >= BASE_DATE && type <= BASE_INSTANT;
}

static uint64_t
hash_bytes(const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    uint64_t hash = 14695981039346656037ULL;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ at[i]) * 1099511628211ULL;
    return hash == 0 ? 1 : hash;
}

static uint64_t
hash_value(const Value *cell)
{
    if (value_has_text(cell))
        return hash_bytes(cell->text.ptr, cell->text.len);
    if (cell->kind == VALUE_BOOL)
        return cell->boolean ? 2 : 1;
    if (cell->kind == VALUE_DOUBLE)
        return hash_bytes(&cell->number, sizeof(cell->number));
    return hash_bytes(&cell->integer, sizeof(cell->integer));
}

static void
note_distinct(ColumnSample *column, size_t set_size, uint64_t hash)
{
    size_t at = hash & (set_size - 1);

    while (column->set[at] != 0)
    {
        if (column->set[at] == hash)
            return;
        at = (at + 1) & (set_size - 1);
    }
    column->set[at] = hash;
    column->distinct++;
}

static bool
looks_like_url(Str text)
{
    return text.len > 8 &&
           (strncmp(text.ptr, "http://", 7) == 0 || strncmp(text.ptr, "https://", 8) == 0);
}

static bool
looks_like_email(Str text)
{
    const char *at = memchr(text.ptr, '@', text.len);
    const char *end = text.ptr + text.len;

    if (at == NULL || at == text.ptr || memchr(text.ptr, ' ', text.len) != NULL)
        return false;
    return memchr(at, '.', (size_t) (end - at)) != NULL && end[-1] != '.' && at + 1 < end;
}

static bool
looks_like_json(Str text)
{
    char first = text.len > 1 ? text.ptr[0] : ' ',
         last = text.len > 1 ? text.ptr[text.len - 1] : ' ';

    return (first == '{' && last == '}') || (first == '[' && last == ']');
}

static void
note_text(ColumnSample *column, Str text)
{
    column->letters += (int64_t) str_letters(text);
    column->json += looks_like_json(text);
    column->url += text.len > 0 && looks_like_url(text);
    column->email += text.len > 0 && looks_like_email(text);
}

static int
compare_times(const Value *a, const Value *b)
{
    if (a->kind == VALUE_INSTANT && b->kind == VALUE_INSTANT)
        return (a->integer > b->integer) - (a->integer < b->integer);
    if (!value_has_text(a) || !value_has_text(b))
        return 0;
    return strcmp(a->text.ptr, b->text.ptr);
}

static void
note_time(Arena *arena, ColumnSample *column, const Value *cell)
{
    if (column->count == 1 || compare_times(cell, &column->first) < 0)
        column->first = value_copy(arena, cell);
    if (column->count == 1 || compare_times(cell, &column->last) > 0)
        column->last = value_copy(arena, cell);
}

static bool
prints_begin(RowSink *sink, const Columns *columns, Error *err)
{
    (void) sink;
    (void) columns;
    (void) err; /* the types are known */
    return true;
}

static bool
prints_row(RowSink *sink, const Value *cells, Error *err)
{
    Fingerprints *prints = (Fingerprints *) sink;

    (void) err;
    if (prints->rows == (int64_t) prints->most)
        return true;
    prints->rows++;
    for (size_t i = 0; i < prints->count; i++)
    {
        ColumnSample *column = &prints->columns[i];

        if (cells[i].kind == VALUE_NULL)
            continue;
        if (is_number(column->type))
            column->numbers[column->count] = value_to_double(&cells[i], 0);
        column->count++;
        note_distinct(column, prints->set_size, hash_value(&cells[i]));
        if (is_text(column->type) && value_has_text(&cells[i]))
            note_text(column, cells[i].text);
        if (is_time(column->type))
            note_time(prints->arena, column, &cells[i]);
    }
    return true;
}

static bool
prints_end(RowSink *sink, Error *err)
{
    (void) sink;
    (void) err;
    return true;
}

Fingerprints *
fingerprints_new(Arena *arena, const BaseType *types, size_t count, size_t most)
{
    Fingerprints *prints = ARENA_NEW(arena, Fingerprints);
    size_t set_size = 2;

    /* A power of two, never more than half full. */
    while (set_size < most * 2)
        set_size *= 2;
    *prints = (Fingerprints){ .sink = { prints_begin, prints_row, prints_end },
                              .arena = arena,
                              .columns = ARENA_ARRAY(arena, count + 1, ColumnSample),
                              .count = count,
                              .most = most,
                              .set_size = set_size };
    for (size_t i = 0; i < count; i++)
    {
        prints->columns[i].type = types[i];
        prints->columns[i].set = ARENA_ARRAY(arena, set_size, uint64_t);
        if (is_number(types[i]))
            prints->columns[i].numbers = ARENA_ARRAY(arena, most, double);
    }
    return prints;
}

/* --- As JSON ------------------------------------------------------------------------------------
 */

static int
by_size(const void *a, const void *b)
{
    double left = *(const double *) a, right = *(const double *) b;

    return (left > right) - (left < right);
}

static void
put_double(Arena *arena, Json *object, const char *key, double number)
{
    Json *value = json_new(arena, JSON_NUMBER);
    Buf text = buf_new(arena, 64);
    JsonWriter w = json_writer(&text);

    json_double(&w, number);
    value->text = arena_text(arena, buf_cstr(&text));
    value->len = text.len;
    (void) json_put(arena, object, key, isfinite(number) ? value : json_new(arena, JSON_NULL));
}

static void
put_numbers(Arena *arena, const ColumnSample *column, Json *type)
{
    Json *number = json_put(arena, type, "type/Number", json_new(arena, JSON_OBJECT));
    size_t count = (size_t) column->count;
    double sum = 0, squares = 0, mean;

    qsort(column->numbers, count, sizeof(double), by_size);
    for (size_t i = 0; i < count; i++)
        sum += column->numbers[i];
    mean = sum / (double) count;
    for (size_t i = 0; i < count; i++)
        squares += (column->numbers[i] - mean) * (column->numbers[i] - mean);
    put_double(arena, number, "min", column->numbers[0]);
    put_double(arena, number, "max", column->numbers[count - 1]);
    put_double(arena, number, "avg", mean);
    put_double(arena, number, "q1", column->numbers[count / 4]);
    put_double(arena, number, "q3", column->numbers[count * 3 / 4]);
    put_double(arena, number, "sd", count < 2 ? 0 : sqrt(squares / (double) (count - 1)));
}

static void
put_texts(Arena *arena, const ColumnSample *column, Json *type)
{
    Json *text = json_put(arena, type, "type/Text", json_new(arena, JSON_OBJECT));
    double count = (double) column->count;

    put_double(arena, text, "percent-json", (double) column->json / count);
    put_double(arena, text, "percent-url", (double) column->url / count);
    put_double(arena, text, "percent-email", (double) column->email / count);
    put_double(arena, text, "percent-state", 0);
    put_double(arena, text, "average-length", (double) column->letters / count);
}

const Json *
fingerprints_json(const Fingerprints *prints, size_t index)
{
    const ColumnSample *column = &prints->columns[index];
    Arena *arena = prints->arena;
    Json *print = json_new(arena, JSON_OBJECT);
    Json *global = json_put(arena, print, "global", json_new(arena, JSON_OBJECT));
    Json *type;

    (void) json_put(arena, global, "distinct-count", json_new_int(arena, column->distinct));
    put_double(arena, global, "nil%",
               prints->rows == 0 ? 0
                                 : (double) (prints->rows - column->count) / (double) prints->rows);
    if (column->count == 0)
        return print;
    type = json_put(arena, print, "type", json_new(arena, JSON_OBJECT));
    if (is_number(column->type))
        put_numbers(arena, column, type);
    else if (is_text(column->type))
        put_texts(arena, column, type);
    else if (is_time(column->type))
    {
        Json *times = json_put(arena, type, "type/DateTime", json_new(arena, JSON_OBJECT));

        (void) json_put(arena, times, "earliest",
                        json_new_text(arena, value_to_text(arena, &column->first)));
        (void) json_put(arena, times, "latest",
                        json_new_text(arena, value_to_text(arena, &column->last)));
    }
    return print;
}

int64_t
fingerprints_distinct(const Fingerprints *prints, size_t column)
{
    return prints->columns[column].distinct;
}

static double
share(const ColumnSample *column, int64_t part)
{
    return column->count == 0 ? 0 : (double) part / (double) column->count;
}

double
fingerprints_share_of_emails(const Fingerprints *prints, size_t column)
{
    return share(&prints->columns[column], prints->columns[column].email);
}

double
fingerprints_share_of_urls(const Fingerprints *prints, size_t column)
{
    return share(&prints->columns[column], prints->columns[column].url);
}
