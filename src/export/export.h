/*
 * What a result becomes: rows of an answer, or a file. A sink gets the plan of the columns before
 * `begin`, writes bytes as rows come, and holds one row at a time.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "base/json.h"
#include "base/time.h"
#include "sql/row.h"

/* Where bytes go. */
typedef struct ByteSink ByteSink;
struct ByteSink
{
    bool (*write)(ByteSink *sink, const char *bytes, size_t len, Error *err);
};

typedef struct ExportColumn
{
    size_t at; /* of its cells in the rows */
    const char *name;
    const char *title;
    BaseType type;
    const char *unit;          /* temporal unit, or NULL */
    const char *semantic_type; /* or NULL */
    const Zone *zone;          /* of its moments; NULL: UTC */
    const Json *settings;      /* how its values are written, or NULL */
    bool is_hidden;            /* left out of files */
} ExportColumn;

typedef struct ExportPlan
{
    const ExportColumn *columns;
    size_t count;
    bool formatted;     /* as people read it, not as it is */
    const char *locale; /* "en" or "fr" */
    const char *sheet;  /* name of the sheet; NULL: "Query result" */
} ExportPlan;

typedef struct ExportFormat
{
    const char *name; /* "csv", as in addresses */
    const char *type; /* MIME */
    /* The sink; it lives in the arena. */
    RowSink *(*open)(Arena *arena, const ExportPlan *plan, ByteSink *out);
} ExportFormat;

/* Ended by a zero name. */
extern const ExportFormat export_formats[];
const ExportFormat *export_lookup(const char *name);

RowSink *csv_open(Arena *arena, const ExportPlan *plan, ByteSink *out);
RowSink *json_open(Arena *arena, const ExportPlan *plan, ByteSink *out);
RowSink *xlsx_open(Arena *arena, const ExportPlan *plan, ByteSink *out);

#endif
