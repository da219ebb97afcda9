/*
 * A file that a person sends becomes a table of a database: names from its first row, types from
 * all its values, then every row in one transaction. Read twice, never held twice.
 */
#ifndef UPLOAD_UPLOAD_H
#define UPLOAD_UPLOAD_H

#include "driver/driver.h"
#include "upload/guess.h"
#include "upload/sheet.h"

typedef struct UploadColumn
{
    const char *title; /* as in the file */
    const char *name;  /* in the database: small letters, no accents */
    Writing writing;
} UploadColumn;

typedef struct Upload
{
    Arena *arena;
    Sheet *sheet;
    UploadColumn *columns;
    size_t count;
    int64_t rows;
} Upload;

/* Reads the whole file once. */
bool upload_open(Arena *arena, const char *filename, Str body, Upload *upload, Error *err);
/* Usable with CLEANUP. */
void upload_close(Upload *upload);
/* The columns must be those of a table that exists, by name, in any order. */
bool upload_fit(Upload *upload, const LoadColumn *columns, size_t count, Error *err);
/* "Ventes 2024.csv" becomes ventes_2024: at most `max` bytes. */
const char *upload_table_name(Arena *arena, const char *filename, size_t max);
/* Without folder and ending, as people read it. */
const char *upload_title(Arena *arena, const char *filename);
/* Makes or fills the table; errors name the line and the column. */
bool upload_load(Upload *upload, Conn *conn, const char *schema, const char *table, LoadMode mode,
                 Error *err);

#endif
