/* The history of questions, for administrators: which were slow, which failed, and why. */
#include "store/execution.h"
#include "api/answer.h"
#include "api/sentence.h"
#include "api/tables.h"

enum
{
    MAX_LINES = 500,
    DEFAULT_LINES = 100,
    MAX_REFERENCE = 40
};

typedef struct HistoryQuery
{
    bool failed;
    OptInt least_ms;
    OptInt card_id;
    const char *reference;
    OptInt limit;
} HistoryQuery;

static const Field history_query[] = {
    FIELD(HistoryQuery, failed),
    FIELD(HistoryQuery, least_ms, .min = 0, .max = INT32_MAX),
    FIELD(HistoryQuery, card_id, .min = 1, .max = INT64_MAX),
    FIELD(HistoryQuery, reference, .max = MAX_REFERENCE),
    FIELD(HistoryQuery, limit, .min = 1, .max = MAX_LINES),
    { 0 },
};

static void
write_execution(const Request *req, JsonWriter *w, const Execution *it)
{
    json_begin_object(w);
    json_put_int(w, "id", it->id);
    json_put_text(w, "started_at", it->started_at);
    json_put_int(w, "running_time", it->running_time);
    json_put_int(w, "result_rows", it->result_rows);
    json_put_bool(w, "native", it->native);
    json_put_bool(w, "cache_hit", it->cache_hit);
    json_put_text(w, "context", it->context);
    json_put_text(w, "error",
                  it->error == NULL ? NULL
                                    : sentence_error(req->arena, request_locale(req), it->error));
    json_put_text(w, "reference", it->reference);
    json_put_text(w, "executor", it->executor);
    bind_put_opt(w, "card_id", it->card_id);
    json_put_text(w, "card_name", it->card_name);
    bind_put_opt(w, "dashboard_id", it->dashboard_id);
    bind_put_opt(w, "database_id", it->database_id);
    json_end_object(w);
}

static bool
list_executions(Request *req, Response *res, Error *err)
{
    const HistoryQuery *query = req->query;
    const ExecutionFilter filter = {
        .card_id = query->card_id.set ? query->card_id.value : 0,
        .failed = query->failed,
        .least_ms = query->least_ms.set ? query->least_ms.value : 0,
        .reference = query->reference,
        .limit = query->limit.set ? query->limit.value : DEFAULT_LINES,
    };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    ExecutionList list;

    if (!execution_list(req->store, req->arena, &filter, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
        write_execution(req, w, &list.items[i]);
    json_end_array(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route execution_routes[] = {
    ROUTE_ON(ADMIN, GET, "/api/vigie/execution", list_executions, ADMIN, "Questions that ran, newest first: the slow ones, those that failed", .query = history_query),
    { 0 },
};
// clang-format on
