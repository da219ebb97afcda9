/* Comma-separated values (RFC 4180): titles first, then a line for each row. */
#include "export/cell.h"
#include "export/export.h"
#include "export/format.h"

#include <string.h>

typedef struct CsvSink
{
    RowSink sink; /* first, so that a RowSink * is a CsvSink * */
    const ExportPlan *plan;
    ByteSink *out;
    Buf line;
    Buf cell; /* of one formatted value, before it is quoted */
} CsvSink;

static bool
needs_quotes(Str text)
{
    return text.len > 0 &&
           (memchr(text.ptr, ',', text.len) != NULL || memchr(text.ptr, '"', text.len) != NULL ||
            memchr(text.ptr, '\n', text.len) != NULL || memchr(text.ptr, '\r', text.len) != NULL);
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
    buf_clear(&csv->cell);
    if (csv->plan->formatted)
        format_cell(&csv->cell, cell, column, csv->plan->locale);
    else if (cell->kind == VALUE_TEXT && column->type == BASE_TEXT)
    {
        add_text(&csv->line, cell->text);
        return;
    }
    else
        cell_write_plain(&csv->cell, cell, column);
    add_text(&csv->line, buf_slice(&csv->cell));
}

static bool
send_line(CsvSink *csv, Error *err)
{
    bool ok;

    buf_text(&csv->line, "\n");
    if (csv->line.failed || csv->cell.failed)
        return error_set(err, ERR_TOO_LARGE, "a row of the result is too large to be exported");
    ok = csv->out->write(csv->out, csv->line.ptr, csv->line.len, err);
    buf_clear(&csv->line);
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
            buf_char(&csv->line, ',');
        first = false;
        add_text(&csv->line, str_of(csv->plan->columns[i].title));
    }
    return send_line(csv, err);
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
            buf_char(&csv->line, ',');
        first = false;
        add_cell(csv, &cells[i], &csv->plan->columns[i]);
    }
    return send_line(csv, err);
}

static bool
csv_end(RowSink *sink, Error *err)
{
    (void) sink;
    (void) err; /* nothing is kept back */
    return true;
}

RowSink *
csv_open(Arena *arena, const ExportPlan *plan, ByteSink *out)
{
    CsvSink *csv = ARENA_NEW(arena, CsvSink);

    *csv = (CsvSink){ .sink = { csv_begin, csv_row, csv_end },
                      .plan = plan,
                      .out = out,
                      .line = buf_new(arena, EXPORT_ROW_BYTES),
                      .cell = buf_new(arena, EXPORT_ROW_BYTES) };
    return &csv->sink;
}
