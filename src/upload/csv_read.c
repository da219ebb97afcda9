/* CSV as programs and offices write it: commas, semicolons or tabs; quotes or none; UTF-8 or the
 * Western letters of Windows. */
#include "upload/sheet_private.h"

#include <string.h>

typedef struct Csv
{
    char separator;
    bool is_western; /* one byte for each letter */
    Str rest;
} Csv;

/* What bytes 0x80 to 0x9F are in Windows-1252; 0 where they are nothing. */
static const unsigned short western[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static unsigned
letter_of(unsigned char byte)
{
    return byte >= 0x80 && byte < 0xA0 ? western[byte - 0x80] : byte;
}

/* As UTF-8, without zero bytes. */
static Str
letters(Sheet *sheet, Str cell)
{
    const Csv *csv = sheet->kind;
    Buf out;

    if (!csv->is_western && memchr(cell.ptr, 0, cell.len) == NULL)
        return cell;
    out = buf_new(sheet->row, cell.len * 3 + 1);
    for (size_t i = 0; i < cell.len; i++)
        if (csv->is_western && letter_of((unsigned char) cell.ptr[i]) != 0)
            buf_letter(&out, letter_of((unsigned char) cell.ptr[i]));
        else if (!csv->is_western && cell.ptr[i] != '\0')
            buf_char(&out, cell.ptr[i]);
    return buf_slice(&out);
}

static void
skip(Csv *csv, size_t len)
{
    csv->rest.ptr += len;
    csv->rest.len -= len;
}

/* The end of a row takes one or two characters; 0: this is none. */
static size_t
row_end(Str rest)
{
    if (str_has_prefix(rest, "\r\n"))
        return 2;
    return rest.len > 0 && (rest.ptr[0] == '\n' || rest.ptr[0] == '\r') ? 1 : 0;
}

/* After the first quote. A quote is written twice inside. */
static bool
read_quoted(Sheet *sheet, Str *cell, Error *err)
{
    Csv *csv = sheet->kind;
    int64_t first = sheet->line;
    Buf out = buf_new(sheet->row, SHEET_CELL_BYTES + 2);

    skip(csv, 1);
    for (;;)
    {
        const char *quote = memchr(csv->rest.ptr, '"', csv->rest.len);
        size_t len = quote == NULL ? 0 : (size_t) (quote - csv->rest.ptr);

        if (quote == NULL)
            return error_set(err, ERR_INVALID, "line %lld: a quote is opened and never closed",
                             (long long) first);
        for (size_t i = 0; i < len; i++)
            sheet->line += csv->rest.ptr[i] == '\n';
        buf_add(&out, csv->rest.ptr, len);
        skip(csv, len + 1);
        if (csv->rest.len == 0 || csv->rest.ptr[0] != '"')
            break;
        buf_char(&out, '"');
        skip(csv, 1);
    }
    if (out.failed)
        return error_set(err, ERR_TOO_LARGE, "line %lld has a value of more than %d bytes",
                         (long long) first, SHEET_CELL_BYTES);
    *cell = buf_slice(&out);
    return true;
}

static Str
read_plain(Csv *csv)
{
    Str cell = { csv->rest.ptr, 0 };

    while (csv->rest.len > 0 && csv->rest.ptr[0] != csv->separator && row_end(csv->rest) == 0)
    {
        skip(csv, 1);
        cell.len++;
    }
    return str_trim(cell);
}

static bool
csv_next(Sheet *sheet, bool *end, Error *err)
{
    Csv *csv = sheet->kind;
    size_t column = 0;

    *end = csv->rest.len == 0;
    if (*end)
        return true;
    sheet->line++;
    for (;;)
    {
        bool quoted = csv->rest.len > 0 && csv->rest.ptr[0] == '"';
        Str cell, more;

        if (quoted && !read_quoted(sheet, &cell, err))
            return false;
        /* What follows a closing quote by mistake belongs to the value. */
        more = read_plain(csv);
        if (!quoted)
            cell = more;
        if (!sheet_add(sheet, column++, letters(sheet, cell), err))
            return false;
        if (csv->rest.len == 0 || csv->rest.ptr[0] != csv->separator)
            break;
        skip(csv, 1);
    }
    skip(csv, row_end(csv->rest));
    return true;
}

/* The one that the first row holds most often, outside of quotes. */
static char
guess_separator(Str body)
{
    static const char candidates[] = { ',', ';', '\t', '|' };
    size_t counts[COUNT_OF(candidates)] = { 0 };
    bool quoted = false;
    size_t best = 0;

    for (size_t i = 0; i < body.len && (quoted || (body.ptr[i] != '\n' && body.ptr[i] != '\r'));
         i++)
    {
        quoted = body.ptr[i] == '"' ? !quoted : quoted;
        for (size_t k = 0; k < COUNT_OF(candidates) && !quoted; k++)
            counts[k] += body.ptr[i] == candidates[k];
    }
    for (size_t k = 1; k < COUNT_OF(candidates); k++)
        if (counts[k] > counts[best])
            best = k;
    return candidates[best];
}

static bool
csv_rewind(Sheet *sheet, Error *err)
{
    Csv *csv = sheet->kind;

    (void) err;
    csv->rest = sheet->body;
    if (str_has_prefix(csv->rest, "\xEF\xBB\xBF"))
        skip(csv, 3);
    return true;
}

bool
csv_read_open(Sheet *sheet, Error *err)
{
    Csv *csv = ARENA_NEW(sheet->arena, Csv);

    if (str_has_prefix(sheet->body, "\xFF\xFE") || str_has_prefix(sheet->body, "\xFE\xFF"))
    {
        (void) error_set(err, ERR_MEDIA, "the file is written in UTF-16");
        return error_hint(err, SENTENCE("Save it as CSV UTF-8, or as .xlsx."));
    }
    sheet->kind = csv;
    sheet->rewind = csv_rewind;
    sheet->next = csv_next;
    csv->is_western = !str_is_utf8(sheet->body);
    csv->separator = guess_separator(sheet->body);
    sheet->decimal_commas = csv->separator == ';';
    return true;
}
