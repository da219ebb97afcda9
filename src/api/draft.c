/* Drafts of dashboards: visitors keep what is published while somebody arranges the next form. */
#include "store/draft.h"
#include "api/answer.h"
#include "api/dashboard.h"
#include "api/tables.h"
#include "api/user_json.h"

#include <string.h>

typedef struct DraftInput
{
    int64_t version;
    const char *based_on;
    const Json *content;
} DraftInput;

static const Field put_fields[] = {
    FIELD(DraftInput, version, .required = true, .max = INT32_MAX,
          .help = "the one that was read; 0 when there was none"),
    FIELD(DraftInput, based_on, .required = true, .max = 40,
          .help = "updated_at of the dashboard that it began with"),
    FIELD(DraftInput, content, .required = true, .shapes = SHAPE(JSON_OBJECT),
          .help = "name, description, parameters, width, auto_apply_filters, dashcards, tabs"),
    { 0 },
};

static const Field publish_fields[] = {
    FIELD(DraftInput, version, .required = true, .min = 1, .max = INT32_MAX),
    { 0 },
};

typedef struct PublishQuery
{
    bool force;
} PublishQuery;

static const Field publish_query[] = {
    FIELD(PublishQuery, force, .help = "although the dashboard was changed since the draft began"),
    { 0 },
};

/* version 0 and no content when there is none. */
static bool
answer_draft(const Content *content, const Dashboard *dashboard, Response *res, Error *err)
{
    Request *req = content->req;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Draft draft;

    if (!draft_find(req->store, req->arena, dashboard->id, &draft, err))
        return false;
    json_begin_object(w);
    json_put_int(w, "version", draft.version);
    json_put_text(w, "based_on", draft.based_on);
    json_put_bool(w, "outdated",
                  draft.version > 0 && strcmp(draft.based_on, dashboard->updated_at) != 0);
    json_put_text(w, "updated_at", draft.updated_at);
    json_key(w, "editor");
    user_write_short(w,
                     draft.editor_id.set ? content_person(content, draft.editor_id.value) : NULL);
    json_put_tree(w, "content", draft.content);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_draft(Request *req, Response *res, Error *err)
{
    Dashboard dashboard;
    Content content;

    return dashboard_open(req, req->id, ACCESS_WRITE, &content, &dashboard, err) &&
           answer_draft(&content, &dashboard, res, err);
}

/* What could not be published is refused already here. */
static bool
put_draft(Request *req, Response *res, Error *err)
{
    const DraftInput *input = req->input;
    Draft draft = { .dashboard_id = req->id,
                    .version = input->version,
                    .based_on = input->based_on,
                    .content = input->content,
                    .editor_id = { true, req->who.user.id } };
    DashboardChange change;
    Dashboard dashboard;
    Content content;

    return dashboard_open(req, req->id, ACCESS_WRITE, &content, &dashboard, err) &&
           dashboard_read_draft(&content, &dashboard, input->content, &change, err) &&
           draft_put(req->store, req->arena, &draft, err) &&
           answer_draft(&content, &dashboard, res, err);
}

static bool
delete_draft(Request *req, Response *res, Error *err)
{
    Dashboard dashboard;
    Content content;

    return dashboard_open(req, req->id, ACCESS_WRITE, &content, &dashboard, err) &&
           draft_forget(req->store, req->arena, req->id, err) && answer_nothing(res);
}

static bool
check_current(const Draft *draft, const Dashboard *dashboard, int64_t version, bool force,
              Error *err)
{
    if (draft->version == 0)
        return error_set(err, ERR_NOT_FOUND, "There is no draft of this dashboard.");
    if (draft->version != version)
        return error_set(err, ERR_CONFLICT,
                         "Somebody else changed this draft: load it again before you publish it.");
    if (force || strcmp(draft->based_on, dashboard->updated_at) == 0)
        return true;
    (void) error_set(err, ERR_CONFLICT, "The dashboard was changed since this draft began.");
    return error_hint(err, "Look at it, then publish with force=true to replace it.");
}

static bool
post_publish(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const DraftInput *input = req->input;
    const PublishQuery *query = req->query;
    DashboardChange change;
    Dashboard dashboard;
    Content content;
    Draft draft;

    return dashboard_open(req, req->id, ACCESS_WRITE, &content, &dashboard, err) &&
           draft_find(req->store, req->arena, req->id, &draft, err) &&
           check_current(&draft, &dashboard, input->version, query->force, err) &&
           dashboard_read_draft(&content, &dashboard, draft.content, &change, err) &&
           store_begin(req->store, &tx, err) && dashboard_change(&content, tx, &change, err) &&
           draft_forget(tx, req->arena, req->id, err) && store_commit(&tx, err) &&
           dashboard_answer(req, res, req->id, &change.shown, err);
}

// clang-format off
const Route draft_routes[] = {
    ROUTE_ON(API, GET,    "/api/vigie/dashboard/:id/draft",         get_draft,    USER, "The draft of a dashboard; version 0 when there is none"),
    ROUTE_ON(API, PUT,    "/api/vigie/dashboard/:id/draft",         put_draft,    USER, "Keep a draft of a dashboard", .body = put_fields),
    ROUTE_ON(API, DELETE, "/api/vigie/dashboard/:id/draft",         delete_draft, USER, "Throw the draft away"),
    ROUTE_ON(API, POST,   "/api/vigie/dashboard/:id/draft/publish", post_publish, USER, "Put the draft in place of the dashboard", .body = publish_fields, .query = publish_query),
    { 0 },
};
// clang-format on
