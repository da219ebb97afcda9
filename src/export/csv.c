/* Comma-separated values (RFC 4180): titles first, then a line for each row. */
#include "export/cell.h"
#include "export/export.h"
#include "export/format.h"
#include "export/stamp.h"

#include <string.h>

enum
{
    BUNDLE_BYTES = 32 * 1024
};

typedef struct CsvSink
{
    RowSink sink; /* first, so that a RowSink * is a CsvSink * */
    const ExportPlan *plan;
    ByteSink *out;
    Buf lines; /* not yet sent */
    Buf cell;  /* of one formatted value, before it is quoted */
} CsvSink;

/* A comma, a quote, the end of a line. */
static bool
needs_quotes(Str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] <= ',' && (text.ptr[i] == ',' || text.ptr[i] == '"' ||
                                   text.ptr[i] == '\n' || text.ptr[i] == '\r'))
            return true;
    return false;
}

static void
add_text(Buf *line, Str text)
{
    if (!needs_quotes(text))
    {
        buf_str(line, text);
        return;
    }
    buf_char(line, '"');
    for (size_t i = 0; i < text.len; i++)
    {
        if (text.ptr[i] == '"')
            buf_char(line, '"');
        buf_char(line, text.ptr[i]);
    }
    buf_char(line, '"');
}

static void
add_cell(CsvSink *csv, const Value *cell, const ExportColumn *column)
{
    bool is_text = cell->kind == VALUE_TEXT || cell->kind == VALUE_JSON;

    if (csv->plan->formatted || (is_text && stamp_is_type(column->type)))
    {
        buf_clear(&csv->cell);
        if (csv->plan->formatted)
            format_cell(&csv->cell, cell, column, csv->plan->locale);
        else
            cell_write_plain(&csv->cell, cell, column);
        add_text(&csv->lines, buf_slice(&csv->cell));
    }
    else if (is_text)
        add_text(&csv->lines, cell->text);
    else
        cell_write_plain(&csv->lines, cell, column); /* nothing in it needs quotes */
}

/* Lines leave in bundles. */
static bool
send_lines(CsvSink *csv, size_t enough, Error *err)
{
    bool ok;

    if (csv->lines.failed || csv->cell.failed)
        return error_set(err, ERR_TOO_LARGE, "a row of the result is too large to be exported");
    if (csv->lines.len < enough)
        return true;
    ok = csv->out->write(csv->out, csv->lines.ptr, csv->lines.len, err);
    buf_clear(&csv->lines);
    return ok;
}

static bool
csv_begin(RowSink *sink, const Columns *columns, Error *err)
{
    CsvSink *csv = (CsvSink *) sink;
    bool first = true;

    (void) columns; /* the plan knows them */
    for (size_t i = 0; i < csv->plan->count; i++)
    {
        if (csv->plan->columns[i].is_hidden)
            continue;
        if (!first)
            buf_char(&csv->lines, ',');
        first = false;
        add_text(&csv->lines, str_of(csv->plan->columns[i].title));
    }
    buf_char(&csv->lines, '\n');
    return send_lines(csv, BUNDLE_BYTES, err);
}

static bool
csv_row(RowSink *sink, const Value *cells, Error *err)
{
    CsvSink *csv = (CsvSink *) sink;
    bool first = true;

    for (size_t i = 0; i < csv->plan->count; i++)
    {
        if (csv->plan->columns[i].is_hidden)
            continue;
        if (!first)
            buf_char(&csv->lines, ',');
        first = false;
        add_cell(csv, &cells[csv->plan->columns[i].at], &csv->plan->columns[i]);
    }
    buf_char(&csv->lines, '\n');
    return send_lines(csv, BUNDLE_BYTES, err);
}

static bool
csv_end(RowSink *sink, Error *err)
{
    return send_lines((CsvSink *) sink, 1, err);
}

RowSink *
csv_open(Arena *arena, const ExportPlan *plan, ByteSink *out)
{
    CsvSink *csv = ARENA_NEW(arena, CsvSink);

    *csv = (CsvSink){ .sink = { csv_begin, csv_row, csv_end },
                      .plan = plan,
                      .out = out,
                      .lines = buf_new(arena, EXPORT_ROW_BYTES),
                      .cell = buf_new(arena, EXPORT_ROW_BYTES) };
    return &csv->sink;
}
