/* A list of objects, keyed by the titles of columns. */
#include "export/cell.h"
#include "export/export.h"
#include "export/format.h"
#include "export/stamp.h"

enum
{
    BUNDLE_BYTES = 32 * 1024
};

typedef struct JsonSink
{
    RowSink sink; /* first, so that a RowSink * is a JsonSink * */
    const ExportPlan *plan;
    ByteSink *out;
    Buf text;
    Buf cell;
    bool has_rows;
} JsonSink;

/* Rows leave in bundles. */
static bool
send(JsonSink *json, size_t enough, Error *err)
{
    bool ok;

    if (json->text.failed || json->cell.failed)
        return error_set(err, ERR_TOO_LARGE, "a row of the result is too large to be exported");
    if (json->text.len < enough)
        return true;
    ok = json->out->write(json->out, json->text.ptr, json->text.len, err);
    buf_clear(&json->text);
    return ok;
}

static bool
json_begin(RowSink *sink, const Columns *columns, Error *err)
{
    JsonSink *json = (JsonSink *) sink;

    (void) columns; /* the plan knows them */
    buf_char(&json->text, '[');
    return send(json, BUNDLE_BYTES, err);
}

/* Numbers and truth stay what they are unless people's form is asked for; moments are text. */
static void
write_cell(JsonSink *json, JsonWriter *w, const Value *cell, const ExportColumn *column)
{
    Stamp stamp;
    bool text =
        json->plan->formatted || ((cell->kind >= VALUE_DATE || stamp_is_type(column->type)) &&
                                  stamp_read(cell, column->zone, &stamp));

    if (cell->kind == VALUE_NULL || !text)
    {
        cell_write_json(w, cell, column->type, column->zone, false);
        return;
    }
    buf_clear(&json->cell);
    if (json->plan->formatted)
        format_cell(&json->cell, cell, column, json->plan->locale);
    else
        cell_write_plain(&json->cell, cell, column);
    json_str(w, buf_slice(&json->cell));
}

static bool
json_row(RowSink *sink, const Value *cells, Error *err)
{
    JsonSink *json = (JsonSink *) sink;
    JsonWriter w = json_writer(&json->text);

    buf_text(&json->text, json->has_rows ? ",\n" : "\n");
    json->has_rows = true;
    json_begin_object(&w);
    for (size_t i = 0; i < json->plan->count; i++)
    {
        if (json->plan->columns[i].is_hidden)
            continue;
        json_key(&w, json->plan->columns[i].title);
        write_cell(json, &w, &cells[json->plan->columns[i].at], &json->plan->columns[i]);
    }
    json_end_object(&w);
    return send(json, BUNDLE_BYTES, err);
}

static bool
json_end(RowSink *sink, Error *err)
{
    JsonSink *json = (JsonSink *) sink;

    buf_text(&json->text, "]\n");
    return send(json, 1, err);
}

RowSink *
json_open(Arena *arena, const ExportPlan *plan, ByteSink *out)
{
    JsonSink *json = ARENA_NEW(arena, JsonSink);

    *json = (JsonSink){ .sink = { json_begin, json_row, json_end },
                        .plan = plan,
                        .out = out,
                        .text = buf_new(arena, EXPORT_ROW_BYTES),
                        .cell = buf_new(arena, EXPORT_ROW_BYTES) };
    return &json->sink;
}
