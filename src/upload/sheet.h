/*
 * The rows of a file that a person sends: CSV in any of its habits, or the first sheet of an Excel
 * file. Cells are texts; dates of Excel are written as ISO. The file stays in memory, nothing else
 * of it does: it can be read several times.
 */
#ifndef UPLOAD_SHEET_H
#define UPLOAD_SHEET_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

enum
{
    SHEET_COLUMNS = 500,       /* most */
    SHEET_CELL_BYTES = 1 << 20 /* longest cell */
};

typedef struct Sheet Sheet;

/* The first bytes tell what it is; the name is for messages. *sheet is NULL when it fails. */
bool sheet_open(Arena *arena, const char *name, Str body, Sheet **sheet, Error *err);
/* Sets *sheet to NULL; accepts NULL inside. Usable with CLEANUP. */
void sheet_close(Sheet **sheet);
/* To the first row again. */
bool sheet_rewind(Sheet *sheet, Error *err);
/*
 * The next row that has anything in it; the cells live until the next call. At the end *cells is
 * NULL. An error names the line.
 */
bool sheet_next(Sheet *sheet, const Str **cells, size_t *count, Error *err);
/* Of the row that was read last, as people count: from 1. */
int64_t sheet_line(const Sheet *sheet);
/* Values are separated by semicolons: where this is done, a comma is a decimal point. */
bool sheet_has_decimal_commas(const Sheet *sheet);

#endif
