/* What a run did, what it would do, and the history, as text and as JSON. No value of the data. */
#ifndef ETL_REPORT_H
#define ETL_REPORT_H

#include "etl/app.h"
#include "etl/draft.h"
#include "etl/proof.h"

typedef struct Report
{
    const App *app;
    const Draft *draft;
    const List *skipped; /* Skipped *, those of the draft and those of the run */
    const Proof *proof;
    Instant started;
    double seconds;
    double copy_seconds; /* rows, indexes, statistics */
    double proof_seconds;
    int64_t rows;
    int64_t bytes;
    int64_t memory; /* the most that this process held, bytes */
    bool cleaned;   /* a dead run had left something */
} Report;

void report_json(JsonWriter *w, const Report *report);
void report_text(Buf *out, const Report *report);

/* What each column will become. */
void explain_json(JsonWriter *w, Arena *arena, const App *app, const Draft *draft);
void explain_text(Buf *out, Arena *arena, const App *app, const Draft *draft);
/* What stops the copy, with the block to paste, and warnings. */
void problems_text(Buf *out, const Draft *draft);

/* The masks with their types, for `vigie etl masks` and the documentation. */
void masks_text(Buf *out);

/* "1.2 GB", "11.4 M": short numbers for people. */
#define SHORT_SIZE 24
void short_number(double number, const char *unit, char text[SHORT_SIZE]);

#endif
