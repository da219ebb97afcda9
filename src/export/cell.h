/* One cell as JSON of an answer, or as text of a file. */
#ifndef EXPORT_CELL_H
#define EXPORT_CELL_H

#include "base/json.h"
#include "export/export.h"

enum
{
    EXPORT_ROW_BYTES = 64 * 1024 * 1024
};

/* Whole numbers that a browser would round are written as text when `exact` is set. */
void cell_write_json(JsonWriter *w, const Value *cell, BaseType type, const Zone *zone, bool exact);
/* As it is, for a file: dates without a time where the column has none. */
void cell_write_plain(Buf *out, const Value *cell, const ExportColumn *column);
/* Does the column hold days, or something longer? */
bool cell_is_day(const ExportColumn *column);

#endif
