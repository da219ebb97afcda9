/* Saved questions, run for people who may read them: alone, on a dashboard, as files. */
#include "api/answer.h"
#include "api/ask.h"
#include "api/batch.h"
#include "api/dashboard.h"
#include "api/database.h"
#include "api/tables.h"
#include "api/values.h"

#include <string.h>

typedef struct RunInput
{
    const Json *parameters;
    bool ignore_cache;
    OptInt dashboard_id;
    bool collection_preview;
} RunInput;

static const Field run_fields[] = {
    FIELD(RunInput, parameters, .shapes = SHAPE(JSON_ARRAY), .nullable = true),
    FIELD(RunInput, ignore_cache, .nullable = true),
    FIELD(RunInput, dashboard_id),
    FIELD(RunInput, collection_preview, .nullable = true),
    { 0 },
};

static bool
read_param_id(Request *req, const char *name, int64_t *id, Error *err)
{
    const char *text = route_param(req->match, name);

    return str_to_int(str_of(text), 1, INT64_MAX, id) ||
           error_set(err, ERR_NOT_FOUND, "there is no %s", text);
}

/* ----------------------------------------------------------------------------------- a question */

static bool
find_card(Request *req, Ask *ask, Error *err)
{
    *ask = (Ask){ .pivot = false };
    return card_find(req->store, req->arena, req->id, &ask->card, err) &&
           access_to_card(&req->who, req->store, req->arena, &ask->card, ACCESS_READ, err);
}

static bool
answer_card(Request *req, Response *res, bool pivot, Error *err)
{
    const RunInput *input = req->input;
    ResultOrder order;
    Ask ask;

    if (!find_card(req, &ask, err))
        return false;
    ask.values = input->parameters;
    ask.pivot = pivot;
    if (!ask_order(req, &ask, &order, err))
        return false;
    order.run.anew = input->ignore_cache;
    if (input->collection_preview)
        order.context = "collection";
    return result_send(req, res, &order, err);
}

static bool
run_card(Request *req, Response *res, Error *err)
{
    return answer_card(req, res, false, err);
}

static bool
run_card_pivot(Request *req, Response *res, Error *err)
{
    return answer_card(req, res, true, err);
}

static bool
send_file(Request *req, Response *res, Ask *ask, Error *err)
{
    ResultOrder order;
    FileAsked asked;

    if (!result_read_file_body(req, &asked, err))
        return false;
    ask->values = asked.parameters;
    if (!ask_order(req, ask, &order, err))
        return false;
    order.formatted = asked.format_rows;
    return result_send_file(req, res, &order, route_param(req->match, "format"), err);
}

static bool
run_card_file(Request *req, Response *res, Error *err)
{
    Ask ask;

    return find_card(req, &ask, err) && send_file(req, res, &ask, err);
}

/* --------------------------------------------------------------------------------- a dashboard */

/* Who may read the dashboard may read what is on it. */
static bool
find_dashcard(Request *req, Ask *ask, Error *err)
{
    int64_t dashcard_id, card_id;
    Dashboard dashboard;

    *ask = (Ask){ .pivot = false };
    return read_param_id(req, "dashcard", &dashcard_id, err) &&
           read_param_id(req, "card", &card_id, err) &&
           dashboard_find(req->store, req->arena, req->id, &dashboard, err) &&
           access_to_dashboard(&req->who, req->store, req->arena, &dashboard, ACCESS_READ, err) &&
           ask_dashcard(req, &dashboard, dashcard_id, card_id, ask, err) &&
           access_to_card(&req->who, req->store, req->arena, &ask->card, ACCESS_READ, err);
}

/* A choice that cannot be kept is no reason to fail. */
static void
remember(Request *req, int64_t dashboard_id)
{
    const RunInput *input = req->input;

    (void) dashboard_remember(req, dashboard_id, input->parameters, &(Error){ 0 });
}

static bool
answer_dashcard(Request *req, Response *res, bool pivot, Error *err)
{
    const RunInput *input = req->input;
    ResultOrder order;
    Ask ask;

    if (!find_dashcard(req, &ask, err))
        return false;
    ask.values = input->parameters;
    ask.pivot = pivot;
    remember(req, ask.dashboard.id);
    if (!ask_order(req, &ask, &order, err))
        return false;
    order.run.anew = input->ignore_cache;
    return result_send(req, res, &order, err);
}

static bool
run_dashcard(Request *req, Response *res, Error *err)
{
    return answer_dashcard(req, res, false, err);
}

static bool
run_dashcard_pivot(Request *req, Response *res, Error *err)
{
    return answer_dashcard(req, res, true, err);
}

static bool
run_dashcard_file(Request *req, Response *res, Error *err)
{
    Ask ask;

    return find_dashcard(req, &ask, err) && send_file(req, res, &ask, err);
}

/* All cards of a dashboard in one answer. */
static bool
run_all(Request *req, Response *res, Error *err)
{
    const RunInput *input = req->input;
    BatchOrder order = { .values = input->parameters,
                         .who = &req->who,
                         .view = RESULT_FULL,
                         .context = "dashboard",
                         .anew = input->ignore_cache };
    Dashboard dashboard;

    if (!dashboard_find(req->store, req->arena, req->id, &dashboard, err) ||
        !access_to_dashboard(&req->who, req->store, req->arena, &dashboard, ACCESS_READ, err))
        return false;
    order.dashboard = &dashboard;
    remember(req, dashboard.id);
    return batch_send(req, res, &order, err);
}

/* ------------------------------------------------------------------------ values to choose from */

static ValuesOrder
values_order(Request *req)
{
    return (ValuesOrder){ .key = route_param(req->match, "key"),
                          .search = route_param(req->match, "search"),
                          .who = &req->who };
}

static bool
answer_card_values(Request *req, Response *res, const ValuesOrder *order, Error *err)
{
    Ask ask;

    return find_card(req, &ask, err) && values_of_card(req, res, &ask.card, order, err);
}

static bool
get_card_values(Request *req, Response *res, Error *err)
{
    const ValuesOrder order = values_order(req);

    return answer_card_values(req, res, &order, err);
}

/* What is shown for one value. */
typedef struct LabelQuery
{
    const char *value;
} LabelQuery;

static const Field label_query[] = {
    FIELD(LabelQuery, value, .required = true),
    { 0 },
};

static bool
get_card_label(Request *req, Response *res, Error *err)
{
    const LabelQuery *query = req->query;
    ValuesOrder order = values_order(req);

    order.exact = query->value;
    return answer_card_values(req, res, &order, err);
}

static bool
answer_dashboard_values(Request *req, Response *res, const ValuesOrder *order, Error *err)
{
    Dashboard dashboard;

    return dashboard_find(req->store, req->arena, req->id, &dashboard, err) &&
           access_to_dashboard(&req->who, req->store, req->arena, &dashboard, ACCESS_READ, err) &&
           values_of_dashboard(req, res, &dashboard, order, err);
}

static bool
get_dashboard_values(Request *req, Response *res, Error *err)
{
    const ValuesOrder order = values_order(req);

    return answer_dashboard_values(req, res, &order, err);
}

static bool
get_dashboard_label(Request *req, Response *res, Error *err)
{
    const LabelQuery *query = req->query;
    ValuesOrder order = values_order(req);

    order.exact = query->value;
    return answer_dashboard_values(req, res, &order, err);
}

/* Which filters can narrow which, for linking them: by the fields that they are about. */
typedef struct LinkQuery
{
    TextList filtered;
    TextList filtering;
} LinkQuery;

static const Field link_query[] = {
    FIELD(LinkQuery, filtered, .required = true, .max = 50),
    FIELD(LinkQuery, filtering, .max = 50),
    { 0 },
};

static bool
read_field(Request *req, const char *key, const char *text, int64_t *id, Error *err)
{
    TableField field;

    return (str_to_int(str_of(text), 1, INT64_MAX, id) ||
            error_field(err, key, "value must be the ids of fields.")) &&
           seen_field(req, *id, &field, err);
}

static bool
get_links(Request *req, Response *res, Error *err)
{
    const LinkQuery *query = req->query;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    int64_t id, other;
    bool reached;

    json_begin_object(w);
    for (size_t i = 0; i < query->filtered.count; i++)
    {
        if (!read_field(req, "filtered", query->filtered.items[i], &id, err))
            return false;
        json_key(w, query->filtered.items[i]);
        json_begin_array(w);
        for (size_t o = 0; o < query->filtering.count; o++)
        {
            if (!read_field(req, "filtering", query->filtering.items[o], &other, err) ||
                !values_reach(req, id, other, &reached, err))
                return false;
            if (reached)
                json_int(w, other);
        }
        json_end_array(w);
    }
    json_end_object(w);
    return answer_send(&answer, res, err);
}

typedef struct ValuesInput
{
    const Json *parameter;
    IntList field_ids;
    const Json *value;
} ValuesInput;

static const Field values_fields[] = {
    FIELD(ValuesInput, parameter, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    FIELD(ValuesInput, field_ids, .nullable = true),
    { 0 },
};

static const Field label_fields[] = {
    FIELD(ValuesInput, parameter, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    FIELD(ValuesInput, field_ids, .nullable = true),
    FIELD(ValuesInput, value, .required = true,
          .shapes = SHAPE(JSON_TEXT) | SHAPE(JSON_NUMBER) | SHAPE(JSON_BOOL), .max = 4096),
    { 0 },
};

static Json *
target_of_field(Arena *arena, int64_t id)
{
    Json *target = json_new(arena, JSON_ARRAY);
    Json *field = json_new(arena, JSON_ARRAY);

    (void) json_add(field, json_new_text(arena, "field"));
    (void) json_add(field, json_new_int(arena, id));
    (void) json_add(field, json_new(arena, JSON_NULL));
    (void) json_add(target, json_new_text(arena, "dimension"));
    (void) json_add(target, field);
    return target;
}

/* Of a parameter that is being made: it is nowhere yet. */
static ValuesAsk
ask_of_input(Request *req)
{
    const ValuesInput *input = req->input;
    ValuesAsk ask = { .parameter = input->parameter,
                      .search = route_param(req->match, "search"),
                      .who = &req->who };

    if (input->field_ids.count > 0)
        ask.target = target_of_field(req->arena, input->field_ids.items[0]);
    return ask;
}

static bool
post_label(Request *req, Response *res, Error *err)
{
    const ValuesInput *input = req->input;
    ValuesAsk ask = ask_of_input(req);
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    ask.exact = input->value->text;
    if (input->value->kind == JSON_BOOL)
        ask.exact = input->value->boolean ? "true" : "false";
    return values_write_one(req, w, &ask, err) && answer_send(&answer, res, err);
}

static bool
post_values(Request *req, Response *res, Error *err)
{
    ValuesAsk ask = ask_of_input(req);
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    return values_write(req, w, &ask, err) && answer_send(&answer, res, err);
}

// clang-format off
const Route card_query_routes[] = {
    ROUTE_ON(API, POST, "/api/card/:id/query",         run_card,       USER, "Run a saved question", .body = run_fields, .reads = true),
    ROUTE_ON(API, POST, "/api/card/pivot/:id/query",   run_card_pivot, USER, "Run a saved question as a pivot table", .body = run_fields, .reads = true),
    ROUTE_ON(API, POST, "/api/card/:id/query/:format", run_card_file,  USER, "Run a saved question into a file: csv, json or xlsx", .reads = true),
    ROUTE_ON(API, POST, "/api/dashboard/:id/dashcard/:dashcard/card/:card/query",         run_dashcard,       USER, "Run a question of a dashboard", .body = run_fields, .reads = true),
    ROUTE_ON(API, POST, "/api/dashboard/pivot/:id/dashcard/:dashcard/card/:card/query",   run_dashcard_pivot, USER, "Run a question of a dashboard as a pivot table", .body = run_fields, .reads = true),
    ROUTE_ON(API, POST, "/api/dashboard/:id/dashcard/:dashcard/card/:card/query/:format", run_dashcard_file,  USER, "Run a question of a dashboard into a file", .reads = true),
    ROUTE_ON(API, POST, "/api/vigie/dashboard/:id/cards",  run_all, USER, "Run all questions of a dashboard: a line of JSON for each as it ends", .body = run_fields, .reads = true),
    ROUTE_ON(API, GET, "/api/card/:id/params/:key/values",              get_card_values,      USER, "Values to choose from"),
    ROUTE_ON(API, GET, "/api/card/:id/params/:key/search/:search",      get_card_values,      USER, "Values that hold a text"),
    ROUTE_ON(API, GET, "/api/card/:id/params/:key/remapping",           get_card_label,       USER, "What is shown for one value", .query = label_query),
    ROUTE_ON(API, GET, "/api/dashboard/params/valid-filter-fields",     get_links,            USER, "Which fields can narrow which", .query = link_query),
    ROUTE_ON(API, GET, "/api/dashboard/:id/params/:key/remapping",      get_dashboard_label,  USER, "What is shown for one value", .query = label_query),
    ROUTE_ON(API, GET, "/api/dashboard/:id/params/:key/values",         get_dashboard_values, USER, "Values to choose from, those of linked filters apart"),
    ROUTE_ON(API, GET, "/api/dashboard/:id/params/:key/search/:search", get_dashboard_values, USER, "Values that hold a text"),
    ROUTE_ON(API, POST, "/api/dataset/parameter/values",                post_values,          USER, "Values for a parameter that is being made", .body = values_fields, .reads = true),
    ROUTE_ON(API, POST, "/api/dataset/parameter/remapping",             post_label,           USER, "What is shown for one value", .body = label_fields, .reads = true),
    ROUTE_ON(API, POST, "/api/dataset/parameter/search/:search",        post_values,          USER, "The same, those that hold a text", .body = values_fields, .reads = true),
    { 0 },
};
// clang-format on
