/* Answers of questions are written whole before they leave: they are bounded, and a failure has no
 * rows before it. */
#include "api/result.h"

#include "api/answer.h"
#include "api/sentence.h"
#include "base/log.h"
#include "export/cell.h"
#include "run/columns.h"
#include "run/insight.h"
#include "run/learn.h"
#include "store/card.h"

#include <ctype.h>
#include <string.h>

enum
{
    MAX_ANSWER = 256 * 1024 * 1024
};

ResultOrder
result_order(Request *req, const Json *question)
{
    return (ResultOrder){
        .run = { .store = req->store,
                 .settings = req->settings,
                 .question = question,
                 .who = &req->who,
                 .locale = request_locale(req),
                 .cancel = req->http->cancel },
        .context = "ad-hoc",
    };
}

/* ----------------------------------------------------------------------------------------- rows */

/* Rows as arrays of cells. */
typedef struct CellSink
{
    RowSink sink; /* first, so that a RowSink * is a CellSink * */
    JsonWriter *w;
    const RunAnswer *answer;
    const Zone **zones; /* by column */
} CellSink;

static bool
cells_begin(RowSink *sink, const Columns *columns, Error *err)
{
    (void) sink;
    (void) columns;
    (void) err; /* the columns are written already */
    return true;
}

static bool
cells_row(RowSink *sink, const Value *cells, Error *err)
{
    CellSink *rows = (CellSink *) sink;

    (void) err;
    json_begin_array(rows->w);
    for (size_t i = 0; i < rows->answer->column_count; i++)
        cell_write_json(rows->w, &cells[i], rows->answer->columns[i].effective_type, rows->zones[i],
                        true);
    json_end_array(rows->w);
    return true;
}

static bool
cells_end(RowSink *sink, Error *err)
{
    (void) sink;
    (void) err;
    return true;
}

/* A converted column is shown in its own zone. */
static const Zone **
zones_of(Arena *arena, const RunAnswer *answer)
{
    const Zone **zones = ARENA_ARRAY(arena, answer->column_count + 1, const Zone *);

    for (size_t i = 0; i < answer->column_count; i++)
    {
        zones[i] = answer->zone;
        /* A zone that is not known stays the report's: the compiler has checked it. */
        if (answer->columns[i].timezone != NULL)
            (void) zone_load(arena, answer->columns[i].timezone, &zones[i], &(Error){ 0 });
    }
    return zones;
}

static bool
write_rows(Request *req, JsonWriter *w, const RunAnswer *answer, Error *err)
{
    CellSink rows = {
        { cells_begin, cells_row, cells_end }, w, answer, zones_of(req->arena, answer)
    };

    json_key(w, "rows");
    json_begin_array(w);
    if (!run_replay(answer, req->arena, &rows.sink, err))
        return false;
    json_end_array(w);
    return true;
}

/* ------------------------------------------------------------------------------------ the answer
 */

void
result_write_native(Request *req, JsonWriter *w, const RunAnswer *answer)
{
    const Sql *sql = &answer->parts[0].sql;

    json_begin_object(w);
    json_put_text(w, "query", sql_cstr(sql));
    json_key(w, "params");
    if (sql->value_count == 0)
        json_null(w);
    else
    {
        json_begin_array(w);
        for (size_t i = 0; i < sql->value_count; i++)
            json_text(w, value_to_text(req->arena, &sql->values[i]));
        json_end_array(w);
    }
    json_end_object(w);
}

/* Which rows say less than they could, and why. */
static void
write_small_cells(JsonWriter *w, const SmallReport *small)
{
    json_key(w, "small_cells");
    json_begin_object(w);
    json_put_int(w, "below", small->below);
    json_put_text(w, "unknown", small->unknown);
    json_key(w, "withheld_rows");
    json_begin_array(w);
    for (size_t i = 0; i < small->withheld_count; i++)
        json_int(w, small->withheld[i]);
    json_end_array(w);
    json_put_int(w, "left_out", small->left_out);
    if (small->merged >= 0)
        json_put_int(w, "merged_row", small->merged);
    else
        json_put_null(w, "merged_row");
    json_end_object(w);
}

static bool
write_data(Request *req, JsonWriter *w, const ResultOrder *order, const RunAnswer *answer,
           Error *err)
{
    bool full = order->view == RESULT_FULL;

    json_key(w, "data");
    json_begin_object(w);
    json_key(w, "cols");
    columns_write(w, answer, full ? COLUMNS_FULL : COLUMNS_PUBLIC);
    if (!write_rows(req, w, answer, err))
        return false;
    if (answer->small.below > 0)
        write_small_cells(w, &answer->small);
    if (answer->cut_at > 0)
        json_put_int(w, "rows_truncated", answer->cut_at);
    json_put_text(w, "results_timezone", answer->timezone);
    if (answer->asked_timezone != NULL)
        json_put_text(w, "requested_timezone", answer->asked_timezone);
    json_put_bool(w, "format-rows?", true);
    if (full)
    {
        json_key(w, "native_form");
        result_write_native(req, w, answer);
        json_key(w, "results_metadata");
        columns_write_metadata(w, req->arena, answer);
    }
    json_key(w, "insights");
    insight_write(w, req->arena, answer);
    json_end_object(w);
    return true;
}

static void
put_time(JsonWriter *w, const char *key, Instant at)
{
    char text[TIME_TEXT_SIZE];

    time_format(at, text);
    if (at == 0)
        json_put_null(w, key);
    else
        json_put_text(w, key, text);
}

/* What both answers and failures tell. */
static void
write_circumstances(JsonWriter *w, const ResultOrder *order, const RunAnswer *answer)
{
    json_put_text(w, "context", order->context);
    json_put_int(w, "row_count", answer->row_count);
    json_put_int(w, "running_time", answer->took_us / 1000);
    put_time(w, "started_at", answer->started_at);
    json_put_null(w, "average_execution_time");
    put_time(w, "cached", answer->cached_at);
    if (answer->is_stale)
        json_put_bool(w, "stale", true);
    if (order->view == RESULT_PUBLIC)
        return;
    if (answer->known != NULL)
        json_put_int(w, "database_id", answer->known->database.id);
    json_put_tree(w, "json_query", order->run.question);
    if (order->card_id != 0)
        json_put_int(w, "card_id", order->card_id);
}

static bool
write_answer(Request *req, JsonWriter *w, const ResultOrder *order, const RunAnswer *answer,
             Error *err)
{
    json_begin_object(w);
    if (!write_data(req, w, order, answer, err))
        return false;
    json_put_text(w, "status", "completed");
    write_circumstances(w, order, answer);
    json_end_object(w);
    return true;
}

/* The kinds of failure that clients tell apart. */
static const char *
failure_kind(const RunAnswer *answer, const Error *failure)
{
    if (failure->code == ERR_TIMEOUT)
        return "timed-out";
    if (answer->phase == RUN_RIGHT)
        return "missing-required-permissions";
    if (answer->phase == RUN_DATABASE)
        return failure->code == ERR_TOO_LARGE ? "invalid-query" : "db";
    if (strstr(failure->message, "missing required parameters") != NULL)
        return "missing-required-parameter";
    return strncmp(failure->field, "parameters", 10) == 0 ? "invalid-parameter" : "invalid-query";
}

/* "role@host:port/name: " is for administrators: the page of the database and the log have it. */
static const char *
without_address(const char *message)
{
    size_t len = strcspn(message, " ");
    bool is_address = len > 1 && message[len - 1] == ':' && memchr(message, '@', len) != NULL;

    return is_address && message[len] == ' ' ? message + len + 1 : message;
}

static const char *
failure_words(Request *req, const Error *failure)
{
    const char *language = request_locale(req);
    const char *words = without_address(failure->message);
    const char *said = sentence_error(req->arena, language, words);

    /* Without the address, it begins there. */
    if (words != failure->message && said[0] != '\0')
        said = arena_format(req->arena, "%c%s", toupper((unsigned char) said[0]), said + 1);
    if (failure->hint[0] == '\0')
        return said;
    return arena_format(req->arena, "%s. %s", said, sentence_known(language, failure->hint));
}

static void
write_failure(Request *req, JsonWriter *w, const ResultOrder *order, const RunAnswer *answer,
              const Error *failure)
{
    bool full = order->view == RESULT_FULL;

    json_begin_object(w);
    json_put_text(w, "status", "failed");
    json_put_text(w, "error",
                  full ? failure_words(req, failure)
                       : "An error occurred while running the query.");
    json_put_text(w, "error_type", full ? failure_kind(answer, failure) : "server");
    if (order->reference != NULL)
        json_put_text(w, "reference", order->reference);
    if (full)
    {
        json_put_text(w, "class", error_key(failure->code));
        json_put_empty(w, "stacktrace");
        json_put_empty(w, "via");
    }
    json_key(w, "data");
    json_begin_object(w);
    json_put_empty(w, "rows");
    json_put_empty(w, "cols");
    json_end_object(w);
    write_circumstances(w, order, answer);
    json_end_object(w);
}

/* Is this a failure of the question, to be told in its answer? What does not exist or may not be
 * done is an error like any other. */
static bool
is_of_question(const RunAnswer *answer, const Error *failure)
{
    return answer->known != NULL && failure->code != ERR_NOT_FOUND &&
           failure->code != ERR_CANCELLED && failure->code != ERR_INTERNAL &&
           (failure->code != ERR_DENIED || answer->phase == RUN_DATABASE);
}

bool
result_send_failure(Request *req, Response *res, const ResultOrder *order, const RunAnswer *answer,
                    const Error *failure)
{
    Answer text;
    JsonWriter *w = answer_begin(req, &text);

    if (!is_of_question(answer, failure))
        return false;
    write_failure(req, w, order, answer, failure);
    return answer_send(&text, res, &(Error){ 0 });
}

void
result_note(Request *req, const ResultOrder *order, const RunAnswer *answer, const Error *failure)
{
    const Identity *who = order->run.who;
    bool cached = answer->cached_at != 0;
    Execution execution = {
        .hash = answer->part_count == 0
                    ? ""
                    : sha256_hex(req->arena, str_of(sql_cstr(&answer->parts[0].sql))),
        .started_at = time_text(req->arena, answer->started_at),
        .running_time = answer->took_us / 1000,
        .result_rows = answer->row_count,
        .native = answer->part_count > 0 && answer->parts[0].is_native,
        .context = order->context,
        .error = failure == NULL ? NULL : failure->message,
        .reference = failure == NULL ? NULL : order->reference,
        .executor_id = { who != NULL && who->user.id != 0, who == NULL ? 0 : who->user.id },
        .card_id = { order->card_id != 0, order->card_id },
        .dashboard_id = { order->dashboard_id != 0, order->dashboard_id },
        .cache_hit = cached,
    };

    if (answer->known == NULL)
        return;
    if (failure != NULL && failure->code == ERR_CANCELLED && cancel_is_set(req->http->cancel))
        execution.error = EXECUTION_CANCELLED;
    execution.database_id = (OptInt){ true, answer->known->database.id };
    keeper_note(runner_keeper(req->app->runner), req->store, &execution);
}

static void
log_question(const ResultOrder *order, const RunAnswer *answer, const Error *failure)
{
    log_warn("question.failed", LOG_TEXT("reference", order->reference),
             LOG_TEXT("error", failure->message), LOG_TEXT("context", order->context),
             LOG_INT("card", order->card_id),
             LOG_INT("database", answer->known == NULL ? 0 : answer->known->database.id),
             LOG_INT("ms", answer->took_us / 1000));
}

/* A failure is no affair of who reads. */
static void
learn(Request *req, const ResultOrder *order, const RunAnswer *answer)
{
    const Json *columns;
    Error err;

    if (!learn_from(req->store, req->arena, order->card_id, answer, &columns, &err))
        log_failure("question.columns", &err);
}

bool
result_text(Request *req, const ResultOrder *order, ResultText *text, Error *err)
{
    Runner *runner = req->app->runner;
    Error failure = { .code = ERR_NONE };
    JsonWriter w;
    RunAnswer answer;
    bool ok;

    *text = (ResultText){ .text = buf_new(req->arena, MAX_ANSWER) };
    w = json_writer(&text->text);
    ok = run_answer(runner, req->arena, &order->run, &answer, &failure) &&
         write_answer(req, &w, order, &answer, &failure);
    text->made_at = answer.cached_at != 0 ? answer.cached_at : time_now();
    text->is_stale = answer.is_stale;
    result_note(req, order, &answer, ok ? NULL : &failure);
    if (ok && order->learns)
        learn(req, order, &answer);
    if (!ok && is_of_question(&answer, &failure))
    {
        log_question(order, &answer, &failure);
        buf_clear(&text->text);
        w = json_writer(&text->text);
        write_failure(req, &w, order, &answer, &failure);
        text->failed = ok = true;
    }
    run_release(runner, &answer);
    if (!ok)
        *err = failure;
    else if (text->text.failed)
        ok = error_set(err, ERR_TOO_LARGE, "the answer is larger than %d MB", MAX_ANSWER >> 20);
    return ok;
}

bool
result_send(Request *req, Response *res, const ResultOrder *order, Error *err)
{
    ResultText text;

    if (!result_text(req, order, &text, err))
        return false;
    response_status(res, text.failed && order->failure_is_error ? 400 : 202);
    response_json(res, buf_slice(&text.text));
    return true;
}
