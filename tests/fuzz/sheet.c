/* Files that people send: CSV and Excel, read whole, whatever they hold. The rows are the same when
 * the file is read again. needs: sql
 * files: src/upload/csv_read.c src/upload/guess.c src/upload/sheet.c
 * files: src/upload/unzip.c src/upload/xlsx_read.c src/upload/xml.c */
#include "upload/sheet.h"
#include "upload/guess.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t
read_all(Sheet *sheet, Arena *arena)
{
    size_t cells = 0;
    Guess guess = guess_begin();
    const Str *row;
    size_t count;
    Error err;

    while (sheet_next(sheet, &row, &count, &err) && row != NULL)
        for (size_t i = 0; i < count; i++)
        {
            guess_value(&guess, arena, row[i]);
            cells += row[i].len + 1;
        }
    return cells + (size_t) guess_end(&guess, sheet_has_decimal_commas(sheet)).type;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Sheet *sheet = NULL;
    Error err;

    if (sheet_open(arena, "a", (Str){ (const char *) data, size }, &sheet, &err))
    {
        size_t cells = read_all(sheet, arena);

        if (!sheet_rewind(sheet, &err) || read_all(sheet, arena) != cells)
            abort();
    }
    sheet_close(&sheet);
    return 0;
}
