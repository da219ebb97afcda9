/* What the two kinds of files share. */
#ifndef UPLOAD_SHEET_PRIVATE_H
#define UPLOAD_SHEET_PRIVATE_H

#include "upload/sheet.h"

struct Sheet
{
    Arena *arena; /* of the sheet */
    Arena *row;   /* of the cells, emptied for each row */
    ArenaMark empty;
    Str body;
    int64_t line;
    Str cells[SHEET_COLUMNS];
    size_t count;
    bool decimal_commas;
    bool (*rewind)(Sheet *sheet, Error *err);
    bool (*next)(Sheet *sheet, bool *end, Error *err); /* fills cells and count */
    void (*close)(Sheet *sheet);                       /* or NULL */
    void *kind;                                        /* what the kind of file needs */
};

/* ERR_TOO_LARGE beyond the limits. */
bool sheet_add(Sheet *sheet, size_t column, Str cell, Error *err);

bool csv_read_open(Sheet *sheet, Error *err);
bool xlsx_read_open(Sheet *sheet, Error *err);

#endif
