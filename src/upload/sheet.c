/* Which kind of file it is, and rows without those that are empty. */
#include "upload/sheet.h"

#include "upload/sheet_private.h"

#include <string.h>

bool
sheet_open(Arena *arena, const char *name, Str body, Sheet **sheet, Error *err)
{
    Sheet *made = ARENA_NEW(arena, Sheet);
    bool is_zip = str_has_prefix(body, "PK\003\004");

    made->arena = arena;
    made->body = body;
    if (body.len == 0)
        return error_set(err, ERR_INVALID, "%s is empty", name);
    if (str_has_prefix(body, "\xD0\xCF\x11\xE0"))
    {
        (void) error_set(err, ERR_MEDIA, "%s is an Excel file of before 2007", name);
        return error_hint(err, SENTENCE("Save it as .xlsx or as CSV."));
    }
    if (is_zip ? !xlsx_read_open(made, err) : !csv_read_open(made, err))
        return false;
    made->row = arena_new();
    made->empty = arena_mark(made->row);
    *sheet = made;
    return sheet_rewind(made, err);
}

void
sheet_close(Sheet **sheet)
{
    if (*sheet == NULL)
        return;
    arena_free(&(*sheet)->row);
    if ((*sheet)->close != NULL)
        (*sheet)->close(*sheet);
    *sheet = NULL;
}

bool
sheet_rewind(Sheet *sheet, Error *err)
{
    sheet->line = 0;
    return sheet->rewind(sheet, err);
}

bool
sheet_add(Sheet *sheet, size_t column, Str cell, Error *err)
{
    if (column >= SHEET_COLUMNS)
        return error_set(err, ERR_TOO_LARGE, "line %lld has more than %d columns",
                         (long long) sheet->line, SHEET_COLUMNS);
    if (cell.len > SHEET_CELL_BYTES)
        return error_set(err, ERR_TOO_LARGE, "line %lld has a value of more than %d bytes",
                         (long long) sheet->line, SHEET_CELL_BYTES);
    if (!str_is_utf8(cell) || memchr(cell.ptr, 0, cell.len) != NULL)
        return error_set(err, ERR_INVALID, "line %lld has a value that is no text",
                         (long long) sheet->line);
    while (sheet->count <= column)
        sheet->cells[sheet->count++] = (Str){ "", 0 };
    sheet->cells[column] = cell;
    return true;
}

static bool
is_empty(const Sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->cells[i].len > 0)
            return false;
    return true;
}

bool
sheet_next(Sheet *sheet, const Str **cells, size_t *count, Error *err)
{
    bool end = false;

    do
    {
        arena_rewind(sheet->row, sheet->empty);
        sheet->count = 0;
        if (!sheet->next(sheet, &end, err))
            return false;
    } while (!end && is_empty(sheet));
    *cells = end ? NULL : sheet->cells;
    *count = end ? 0 : sheet->count;
    return true;
}

int64_t
sheet_line(const Sheet *sheet)
{
    return sheet->line;
}

bool
sheet_has_decimal_commas(const Sheet *sheet)
{
    return sheet->decimal_commas;
}
