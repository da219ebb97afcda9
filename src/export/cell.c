/* Cells as text. Numbers keep the digits that the database wrote. */
#include "export/cell.h"

#include "export/stamp.h"

#include <string.h>

#define EXACT_MAX INT64_C(9007199254740991)

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void
add_base64(Buf *out, Str bytes)
{
    const uint8_t *at = (const uint8_t *) bytes.ptr;

    for (size_t i = 0; i < bytes.len; i += 3)
    {
        size_t left = bytes.len - i;
        uint32_t group = (uint32_t) at[i] << 16;

        if (left > 1)
            group |= (uint32_t) at[i + 1] << 8;
        if (left > 2)
            group |= at[i + 2];
        buf_char(out, alphabet[group >> 18]);
        buf_char(out, alphabet[group >> 12 & 63]);
        buf_char(out, left > 1 ? alphabet[group >> 6 & 63] : '=');
        buf_char(out, left > 2 ? alphabet[group & 63] : '=');
    }
}

/* Digits as JSON allows them: "NaN", "Infinity" and "007" are not. */
static bool
is_json_number(Str text)
{
    size_t i = text.len > 0 && text.ptr[0] == '-' ? 1 : 0;
    size_t first = i;

    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
        i++;
    if (i == first || (i - first > 1 && text.ptr[first] == '0'))
        return false;
    if (i < text.len && text.ptr[i] == '.')
    {
        first = ++i;
        while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
            i++;
        if (i == first)
            return false;
    }
    if (i + 1 < text.len && (text.ptr[i] == 'e' || text.ptr[i] == 'E'))
    {
        i += text.ptr[i + 1] == '+' || text.ptr[i + 1] == '-' ? 2 : 1;
        first = i;
        while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
            i++;
        if (i == first)
            return false;
    }
    return i == text.len;
}

static void
write_decimal(JsonWriter *w, Str digits, bool exact)
{
    bool whole = memchr(digits.ptr, '.', digits.len) == NULL;

    if (is_json_number(digits) && !(exact && whole && digits.len > 15))
        json_raw(w, digits);
    else
        json_str(w, digits);
}

static void
write_int(JsonWriter *w, int64_t number, bool exact)
{
    Buf *out = w->out;

    if (!exact || (number <= EXACT_MAX && number >= -EXACT_MAX))
    {
        json_int(w, number);
        return;
    }
    json_raw(w, STR("\""));
    buf_int(out, number);
    buf_char(out, '"');
}

static void
write_bytes(JsonWriter *w, Str bytes)
{
    json_raw(w, STR("\""));
    add_base64(w->out, bytes);
    buf_char(w->out, '"');
}

static bool
write_moment(JsonWriter *w, const Value *cell, const Zone *zone)
{
    char text[STAMP_TEXT_SIZE];
    Stamp stamp;

    if (!stamp_read(cell, zone, &stamp))
        return false;
    stamp_write(&stamp, text);
    json_text(w, text);
    return true;
}

static bool
is_moment(const Value *cell, BaseType type)
{
    return (cell->kind >= VALUE_DATE && cell->kind <= VALUE_INSTANT) ||
           (cell->kind == VALUE_TEXT && stamp_is_type(type));
}

void
cell_write_json(JsonWriter *w, const Value *cell, BaseType type, const Zone *zone, bool exact)
{
    if (is_moment(cell, type) && write_moment(w, cell, zone))
        return;
    switch (cell->kind)
    {
        case VALUE_NULL:
            json_null(w);
            break;
        case VALUE_BOOL:
            json_bool(w, cell->boolean);
            break;
        case VALUE_INT:
        case VALUE_INSTANT:
            write_int(w, cell->integer, exact);
            break;
        case VALUE_DOUBLE:
            json_double(w, cell->number);
            break;
        case VALUE_DECIMAL:
            write_decimal(w, cell->text, exact);
            break;
        case VALUE_BYTES:
            write_bytes(w, cell->text);
            break;
        default:
            json_str(w, cell->text);
    }
}

bool
cell_is_day(const ExportColumn *column)
{
    static const char *const units[] = { "day", "week", "month", "quarter", "year" };

    if (column->type == BASE_DATE)
        return true;
    for (size_t i = 0; column->unit != NULL && i < COUNT_OF(units); i++)
        if (strcmp(units[i], column->unit) == 0)
            return true;
    return false;
}

static void
add_double(Buf *out, double number)
{
    JsonWriter w = json_writer(out);

    json_double(&w, number);
}

void
cell_write_plain(Buf *out, const Value *cell, const ExportColumn *column)
{
    char text[STAMP_TEXT_SIZE];
    Stamp stamp;

    if (is_moment(cell, column->type) && stamp_read(cell, column->zone, &stamp))
    {
        stamp_write_plain(&stamp, cell_is_day(column), text);
        buf_text(out, text);
        return;
    }
    switch (cell->kind)
    {
        case VALUE_NULL:
            break;
        case VALUE_BOOL:
            buf_text(out, cell->boolean ? "true" : "false");
            break;
        case VALUE_INT:
        case VALUE_INSTANT:
            buf_int(out, cell->integer);
            break;
        case VALUE_DOUBLE:
            add_double(out, cell->number);
            break;
        case VALUE_BYTES:
            add_base64(out, cell->text);
            break;
        default:
            buf_str(out, cell->text);
    }
}
