/* Segments and measures: a condition, or an aggregation, that has a name and belongs to a table. */
#include "api/definition.h"

#include "api/answer.h"
#include "api/card.h"
#include "api/tables.h"
#include "store/library.h"
#include "store/metadata.h"

#include <string.h>

/* What differs between the two. */
typedef struct Kind
{
    const char *model;
    const char *act_create, *act_update;
    const Field *columns;
    bool (*list)(Store *, Arena *, int64_t, DefinitionList *, Error *);
    bool (*find)(Store *, Arena *, int64_t, Definition *, Error *);
    bool (*create)(Store *, Arena *, Definition *, Error *);
    bool (*update)(Store *, Arena *, Definition *, Error *);
} Kind;

static const Kind segments = { "Segment",    "segment-create", "segment-update", segment_columns,
                               segment_list, segment_find,     segment_create,   segment_update };
static const Kind measures = { "Measure",    "measure-create", "measure-update", measure_columns,
                               measure_list, measure_find,     measure_create,   measure_update };

/* Who may see the table may see what is defined on it. */
static bool
may_see(Request *req, int64_t table_id, bool *may, Error *err)
{
    Table table;
    int level;

    if (!table_find(req->store, req->arena, table_id, &table, err) ||
        !access_data_level(&req->who, req->store, req->arena, DATA_VIEW, table.db_id, table_id,
                           &level, err))
        return false;
    *may = level > 0;
    return true;
}

static void
write_one(JsonWriter *w, const Content *content, const Kind *kind, const Definition *it)
{
    json_begin_object(w);
    bind_write(w, kind->columns, it);
    content_write_creator(w, content, it->creator_id);
    json_put_text(w, "definition_description", it->description);
    if (kind == &measures)
        json_put_null(w, "result_column_name");
    json_end_object(w);
}

bool
definitions_write(Request *req, JsonWriter *w, int64_t table_id, Error *err)
{
    CardFilter filter = { .archived = { true, false }, .table_id = table_id, .type = "metric" };
    DefinitionList list;
    Content content;
    CardList metrics;

    if (!content_open(req, &content, err) ||
        !segment_list(req->store, req->arena, table_id, &list, err) ||
        !card_list(req->store, req->arena, &filter, &metrics, err))
        return false;
    json_key(w, "segments");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
        write_one(w, &content, &segments, &list.items[i]);
    json_end_array(w);
    json_key(w, "metrics");
    json_begin_array(w);
    for (size_t i = 0; i < metrics.count; i++)
        if (content_may(&content, metrics.items[i].collection_id, ACCESS_READ) &&
            !card_write(w, &content, &metrics.items[i], (CardStyle){ 0 }, err))
            return false;
    json_end_array(w);
    return true;
}

typedef struct ListQuery
{
    int64_t table_id;
} ListQuery;

static const Field list_query[] = {
    FIELD(ListQuery, table_id, .min = 1, .max = INT64_MAX),
    { 0 },
};

static bool
answer_list(Request *req, Response *res, const Kind *kind, Error *err)
{
    const ListQuery *query = req->query;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    DefinitionList list;
    Content content;

    if (!content_open(req, &content, err) ||
        !kind->list(req->store, req->arena, query->table_id, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        bool may;

        if (!may_see(req, list.items[i].table_id, &may, err))
            return false;
        if (may)
            write_one(w, &content, kind, &list.items[i]);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
answer_one(Request *req, Response *res, const Kind *kind, int64_t id, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Definition found;
    Content content;
    bool may;

    if (!content_open(req, &content, err) || !kind->find(req->store, req->arena, id, &found, err) ||
        !may_see(req, found.table_id, &may, err))
        return false;
    if (!may)
        return error_set(err, ERR_DENIED, "You don't have permissions to do that.");
    write_one(w, &content, kind, &found);
    return answer_send(&answer, res, err);
}

typedef struct Input
{
    Definition it;
    const char *revision_message;
} Input;

#define MEMBER(member, ...) FIELD_AS(Input, it.member, #member __VA_OPT__(, ) __VA_ARGS__)

static const Field create_fields[] = {
    MEMBER(name, .required = true, .not_blank = true, .max = 254),
    MEMBER(table_id, .required = true, .min = 1, .max = INT64_MAX),
    MEMBER(definition, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    MEMBER(description, .nullable = true, .max = 65536),
    { 0 },
};

static const Field update_fields[] = {
    FIELD(Input, revision_message, .required = true, .not_blank = true, .max = 4096),
    MEMBER(name, .not_blank = true, .max = 254),
    MEMBER(definition, .shapes = SHAPE(JSON_OBJECT)),
    MEMBER(description, .nullable = true, .max = 65536),
    MEMBER(archived),
    MEMBER(caveats, .nullable = true, .max = 65536),
    MEMBER(points_of_interest, .nullable = true, .max = 65536),
    MEMBER(show_in_getting_started),
    { 0 },
};

static bool
create(Request *req, Response *res, const Kind *kind, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Input input = { 0 };

    if (!bind_merge(req->arena, create_fields, req->json, &input, err))
        return false;
    input.it.creator_id = req->who.user.id;
    return store_begin(req->store, &tx, err) && kind->create(tx, req->arena, &input.it, err) &&
           api_audit(req, tx, kind->act_create, kind->model, input.it.id,
                     api_detail(req, "name", input.it.name), err) &&
           store_commit(&tx, err) && answer_one(req, res, kind, input.it.id, err);
}

static bool
change(Request *req, const Kind *kind, const char *message, const Input *input, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Json *details = api_detail(req, "name", input->it.name);
    Definition it = input->it;

    (void) json_put(req->arena, details, "message", json_new_text(req->arena, message));
    return store_begin(req->store, &tx, err) && kind->update(tx, req->arena, &it, err) &&
           api_audit(req, tx, kind->act_update, kind->model, it.id, details, err) &&
           store_commit(&tx, err);
}

static bool
update(Request *req, Response *res, const Kind *kind, Error *err)
{
    Input input = { 0 };

    return kind->find(req->store, req->arena, req->id, &input.it, err) &&
           bind_merge(req->arena, update_fields, req->json, &input, err) &&
           change(req, kind, input.revision_message, &input, err) &&
           answer_one(req, res, kind, req->id, err);
}

static bool
list_segments(Request *req, Response *res, Error *err)
{
    return answer_list(req, res, &segments, err);
}

static bool
post_segment(Request *req, Response *res, Error *err)
{
    return create(req, res, &segments, err);
}

static bool
get_segment(Request *req, Response *res, Error *err)
{
    return answer_one(req, res, &segments, req->id, err);
}

static bool
put_segment(Request *req, Response *res, Error *err)
{
    return update(req, res, &segments, err);
}

typedef struct DeleteQuery
{
    const char *revision_message;
} DeleteQuery;

static const Field delete_query[] = {
    FIELD(DeleteQuery, revision_message, .required = true, .not_blank = true, .max = 4096),
    { 0 },
};

/* To the trash: questions that use it go on. */
static bool
delete_segment(Request *req, Response *res, Error *err)
{
    const DeleteQuery *query = req->query;
    Input input = { 0 };

    if (!segment_find(req->store, req->arena, req->id, &input.it, err))
        return false;
    input.it.archived = true;
    return change(req, &segments, query->revision_message, &input, err) && answer_nothing(res);
}

static bool
list_measures(Request *req, Response *res, Error *err)
{
    return answer_list(req, res, &measures, err);
}

static bool
post_measure(Request *req, Response *res, Error *err)
{
    return create(req, res, &measures, err);
}

static bool
get_measure(Request *req, Response *res, Error *err)
{
    return answer_one(req, res, &measures, req->id, err);
}

static bool
put_measure(Request *req, Response *res, Error *err)
{
    return update(req, res, &measures, err);
}

// clang-format off
const Route definition_routes[] = {
    ROUTE_ON(API, GET,    "/api/segment",     list_segments,  USER,  "Segments", .query = list_query),
    ROUTE_ON(API, POST,   "/api/segment",     post_segment,   ADMIN, "Make a segment", .body = create_fields),
    ROUTE_ON(API, GET,    "/api/segment/:id", get_segment,    USER,  "One segment"),
    ROUTE_ON(API, PUT,    "/api/segment/:id", put_segment,    ADMIN, "Change a segment", .body = update_fields),
    ROUTE_ON(API, DELETE, "/api/segment/:id", delete_segment, ADMIN, "Archive a segment", .query = delete_query),
    ROUTE_ON(API, GET,    "/api/measure",     list_measures,  USER,  "Measures", .query = list_query),
    ROUTE_ON(API, POST,   "/api/measure",     post_measure,   ADMIN, "Make a measure", .body = create_fields),
    ROUTE_ON(API, GET,    "/api/measure/:id", get_measure,    USER,  "One measure"),
    ROUTE_ON(API, PUT,    "/api/measure/:id", put_measure,    ADMIN, "Change a measure", .body = update_fields),
    { 0 },
};
// clang-format on
