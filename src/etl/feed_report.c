/* What a feed did: its report as text and JSON, and its line in the history of the target. */
#include "etl/feed_private.h"
#include "etl/report.h"

#include <sys/resource.h>

enum
{
    MAX_REPORT_BYTES = 1024 * 1024
};

extern const char sql_etl_history_setup[], sql_etl_history_interrupt[], sql_etl_history_begin[],
    sql_etl_history_end[];

/* Keys are those of the copy's report. */
static void
tables_json(JsonWriter *w, const FeedReport *report)
{
    json_key(w, "tables");
    json_begin_array(w);
    for (size_t i = 0; i < report->table_count; i++)
    {
        const CopyTable *table = &report->tables[i];

        json_begin_object(w);
        json_put_text(w, "table", table->name);
        json_put_int(w, "rows", table->rows);
        json_put_int(w, "bytes", table->bytes);
        json_key(w, "seconds");
        json_double(w, (double) table->micros / 1e6);
        json_put_int(w, "columns", (int64_t) table->column_count);
        json_end_object(w);
    }
    json_end_array(w);
}

static void
texts_json(JsonWriter *w, const char *key, const List *texts)
{
    json_key(w, key);
    json_begin_array(w);
    for (size_t i = 0; i < texts->count; i++)
        json_text(w, texts->items[i]);
    json_end_array(w);
}

void
feed_report_json(JsonWriter *w, const Feed *feed, const FeedReport *report)
{
    char started[TIME_TEXT_SIZE];

    time_format(report->started, started);
    json_begin_object(w);
    json_put_text(w, "feed", feed->name);
    json_put_text(w, "schema", feed->schema);
    json_put_text(w, "mode", feed->swap ? "swap" : "replace");
    json_put_text(w, "started_at", started);
    json_key(w, "seconds");
    json_double(w, report->seconds);
    json_put_int(w, "rows", report->rows);
    json_put_int(w, "bytes", report->bytes);
    json_put_int(w, "memory_bytes", report->memory);
    json_put_bool(w, "cleaned_after_a_dead_run", report->cleaned);
    tables_json(w, report);
    texts_json(w, "changes", &report->changes);
    texts_json(w, "forgotten", &report->forgotten);
    json_end_object(w);
}

void
feed_report_text(Buf *out, const Feed *feed, const FeedReport *report)
{
    char bytes[SHORT_SIZE], memory[SHORT_SIZE];

    for (size_t i = 0; i < report->changes.count; i++)
        buf_format(out, "changed  %s\n", (const char *) report->changes.items[i]);
    if (report->cleaned)
        buf_text(out, "what a dead run had left was removed\n");
    for (size_t i = 0; i < report->table_count; i++)
    {
        short_number((double) report->tables[i].bytes, "B", bytes);
        buf_format(out, "%s.%s: %lld rows, %s\n", feed->schema, report->tables[i].name,
                   (long long) report->tables[i].rows, bytes);
    }
    short_number((double) report->bytes, "B", bytes);
    short_number((double) report->memory, "B", memory);
    buf_format(out, "%s is done: %lld rows, %s in %.1f s and %s of memory\n", feed->name,
               (long long) report->rows, bytes, report->seconds, memory);
}

/* --------------------------------------------------------------------------------------- history
 */

bool
feed_begin_history(FeedWork *w, Error *err)
{
    Value schema = VALUE_OF_TEXT(w->feed->schema);
    Rows rows;

    if (!pg_script(w->target, NULL, sql_etl_history_setup, err) ||
        !feed_ask(w, sql_etl_history_interrupt, &schema, 1, &rows, err) ||
        !feed_ask(w, sql_etl_history_begin, VALUES(VALUE_OF_TEXT(w->feed->name), schema), &rows,
                  err))
        return error_prefix(err, "the history in vigie_etl");
    w->history_id = value_to_int(&rows.row[0][0], 0);
    return true;
}

bool
feed_end_history(FeedWork *w, const char *state, const char *message, Error *err)
{
    FeedReport *report = w->report;
    Buf out = buf_new(w->arena, MAX_REPORT_BYTES);
    JsonWriter writer = json_writer(&out);
    struct rusage usage;
    Rows rows;

    report->rows = report->bytes = 0;
    for (size_t i = 0; i < report->table_count; i++)
    {
        report->rows += report->tables[i].rows;
        report->bytes += report->tables[i].bytes;
    }
    report->seconds = (double) (time_monotonic() - w->begun) / 1e6;
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        report->memory = (int64_t) usage.ru_maxrss * 1024;
    feed_report_json(&writer, w->feed, report);
    return feed_ask(w, sql_etl_history_end,
                    VALUES(VALUE_OF_INT(w->history_id), VALUE_OF_TEXT(state),
                           VALUE_OF_INT((int64_t) report->table_count), VALUE_OF_INT(report->rows),
                           VALUE_OF_INT(report->bytes), VALUE_OF_TEXT(message),
                           VALUE_OF_TEXT(out.failed ? NULL : buf_cstr(&out))),
                    &rows, err);
}
