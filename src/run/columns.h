/* The columns of an answer as clients know them: `data.cols`, and the metadata that is saved with a
 * question. */
#ifndef RUN_COLUMNS_H
#define RUN_COLUMNS_H

#include "base/json.h"
#include "run/run.h"

typedef enum ColumnView
{
    COLUMNS_FULL,  /* for people who log in */
    COLUMNS_PUBLIC /* no ids, no names of the database, no values of other rows */
} ColumnView;

/* An array. */
void columns_write(JsonWriter *w, const RunAnswer *answer, ColumnView view);
/* {"columns": [...]}; what the rows themselves say of columns that are no fields is looked up in
 * them. */
void columns_write_metadata(JsonWriter *w, Arena *arena, const RunAnswer *answer);

#endif
