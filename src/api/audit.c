/* What people did, for administrators to read. */
#include "api/answer.h"
#include "api/tables.h"
#include "store/activity.h"

typedef struct AuditQuery
{
    OptInt limit;
    OptInt offset;
    const char *topic;
    int64_t user_id;
} AuditQuery;

static const Field audit_query[] = {
    FIELD(AuditQuery, limit, .min = 1, .max = 500),
    FIELD(AuditQuery, offset, .min = 0, .max = INT32_MAX),
    FIELD(AuditQuery, topic, .max = 100),
    FIELD(AuditQuery, user_id, .min = 1, .max = INT64_MAX),
    { 0 },
};

static void
write_line(JsonWriter *w, const Audit *line)
{
    json_begin_object(w);
    json_put_int(w, "id", line->id);
    json_put_text(w, "timestamp", line->at);
    json_put_text(w, "topic", line->action);
    json_key(w, "user");
    if (line->actor_id.set)
    {
        json_begin_object(w);
        json_put_int(w, "id", line->actor_id.value);
        json_put_text(w, "email", line->actor);
        json_put_text(w, "common_name", line->actor);
        json_end_object(w);
    }
    else
        json_null(w);
    json_put_text(w, "model", line->model);
    json_key(w, "model_id");
    line->model_id.set ? json_int(w, line->model_id.value) : json_null(w);
    json_put_tree(w, "details", line->details);
    json_put_text(w, "ip_address", line->ip_address);
    json_put_text(w, "hash", line->hash);
    json_end_object(w);
}

/* Lines are numbered from 1 without holes: the newest number is how many there are. */
static bool
newest_id(Request *req, int64_t *id, Error *err)
{
    AuditFilter filter = { .limit = 1 };
    AuditList list;

    if (!audit_list(req->store, req->arena, &filter, &list, err))
        return false;
    *id = list.count == 0 ? 0 : list.items[0].id;
    return true;
}

static bool
list_audit(Request *req, Response *res, Error *err)
{
    const AuditQuery *query = req->query;
    AuditFilter filter = { .actor_id = query->user_id,
                           .action = query->topic,
                           .limit = query->limit.set ? query->limit.value : 50 };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    AuditList list = { 0 };
    int64_t total;

    if (!newest_id(req, &total, err))
        return false;
    filter.before_id = total - (query->offset.set ? query->offset.value : 0) + 1;
    if (filter.before_id > 1 && !audit_list(req->store, req->arena, &filter, &list, err))
        return false;
    json_begin_object(w);
    json_key(w, "data");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
        write_line(w, &list.items[i]);
    json_end_array(w);
    answer_page_end(w, total, (Page){ query->limit, query->offset });
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_verify(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    int64_t lines, broken;

    if (!audit_verify(req->store, req->arena, &lines, &broken, err))
        return false;
    json_begin_object(w);
    json_put_bool(w, "intact", broken == 0);
    json_put_int(w, "lines", lines);
    json_key(w, "first_broken_id");
    broken == 0 ? json_null(w) : json_int(w, broken);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route audit_routes[] = {
    ROUTE_ON(ADMIN, GET, "/api/activity/audit",        list_audit, ADMIN, "What people did, newest first", .query = audit_query),
    ROUTE_ON(ADMIN, GET, "/api/activity/audit/verify", get_verify, ADMIN, "Whether the chain of audit lines is intact"),
    { 0 },
};
// clang-format on
