/* Indexes of models: whose values search finds. Whoever may change the model says which column. */
#include "api/answer.h"
#include "api/card.h"
#include "api/tables.h"
#include "run/index.h"

#include <string.h>

enum
{
    MOST_OF_MODEL = 5
};

/* Once a night, not all in the same minute. */
static const char *
schedule_of(Arena *arena, int64_t model_id)
{
    return arena_format(arena, "0 %d 3 * * ? *", (int) (model_id * 7 % 60));
}

static void
write_index(JsonWriter *w, const ModelIndex *index)
{
    json_begin_object(w);
    bind_write(w, model_index_columns, index);
    json_end_object(w);
}

static bool
answer_index(Request *req, Response *res, const ModelIndex *index, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    write_index(w, index);
    return answer_send(&answer, res, err);
}

/* ----------------------------------------------------------------------------------------- lists
 */

typedef struct ListQuery
{
    int64_t model_id;
} ListQuery;

static const Field list_query[] = {
    FIELD(ListQuery, model_id, .min = 1, .max = INT64_MAX),
    { 0 },
};

static bool
list_indexes(Request *req, Response *res, Error *err)
{
    const ListQuery *query = req->query;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    ModelIndexList list;
    Content content;

    if (!content_open(req, &content, err) ||
        !model_index_list(req->store, req->arena, query->model_id, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        Card card;

        if (!card_find(req->store, req->arena, list.items[i].model_id, &card, err))
            return false;
        if (content_may(&content, card.collection_id, ACCESS_READ))
            write_index(w, &list.items[i]);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
open_index(Request *req, Access access, ModelIndex *index, Error *err)
{
    Content content;
    Card card;

    return model_index_find(req->store, req->arena, req->id, index, err) &&
           card_open(req, index->model_id, access, &content, &card, err);
}

static bool
get_index(Request *req, Response *res, Error *err)
{
    ModelIndex index;

    return open_index(req, ACCESS_READ, &index, err) && answer_index(req, res, &index, err);
}

/* ---------------------------------------------------------------------------------------- making
 */

typedef struct IndexInput
{
    int64_t model_id;
    const Json *pk_ref;
    const Json *value_ref;
} IndexInput;

static const Field index_fields[] = {
    FIELD(IndexInput, model_id, .required = true, .min = 1, .max = INT64_MAX),
    FIELD(IndexInput, pk_ref, .required = true, .shapes = SHAPE(JSON_ARRAY)),
    FIELD(IndexInput, value_ref, .required = true, .shapes = SHAPE(JSON_ARRAY)),
    { 0 },
};

/* The column of the model that ["field", 7, ...] or ["field", "NAME", ...] names; NULL: none. */
static const Json *
column_of(const Card *card, const Json *reference)
{
    const Json *named = json_at(reference, 1);
    int64_t id = 0, own;

    if (strcmp(json_text_or(json_at(reference, 0), ""), "field") != 0 || reference->count > 3 ||
        (named->kind != JSON_TEXT && !json_to_int(named, &id)))
        return NULL;
    for (const Json *item = card->result_metadata->first; item != NULL; item = item->next)
        if (id != 0
                ? json_to_int(json_get(item, "id"), &own) && own == id
                : strcmp(json_text_or(json_get(item, "name"), ""), json_text_or(named, "")) == 0)
            return item;
    return NULL;
}

static BaseType
type_of(const Json *column)
{
    BaseType type = BASE_ANY;

    (void) base_type_from_name(json_text_or(json_get(column, "base_type"), ""), &type);
    return type;
}

static bool
check_columns(const Card *card, const IndexInput *input, Error *err)
{
    const Json *key, *value;

    if (card->type == NULL || strcmp(card->type, "model") != 0)
        return error_field(err, "model_id", "value must be the id of a model.");
    if (card->result_metadata == NULL)
    {
        (void) error_field(err, "model_id", "the columns of this model are not known yet.");
        return error_hint(err, "Run it once.");
    }
    key = column_of(card, input->pk_ref);
    value = column_of(card, input->value_ref);
    if (key == NULL || (type_of(key) != BASE_INTEGER && type_of(key) != BASE_BIG_INTEGER))
        return error_field(err, "pk_ref",
                           "value must name a column of the model that holds whole "
                           "numbers.");
    if (value == NULL || type_of(value) != BASE_TEXT)
        return error_field(err, "value_ref",
                           "value must name a column of the model that holds text.");
    return true;
}

/* What cannot be read is told in the answer: the next night may go better. */
static bool
fill(Request *req, ModelIndex *index, Error *err)
{
    const IndexGround ground = { req->app->runner, req->store, req->settings, req->http->cancel };
    int64_t count;

    return index_fill(&ground, req->arena, index, &count, err) || index->error != NULL;
}

static bool
post_index(Request *req, Response *res, Error *err)
{
    const IndexInput *input = req->input;
    ModelIndex index = { .model_id = input->model_id,
                         .pk_ref = input->pk_ref,
                         .value_ref = input->value_ref,
                         .schedule = schedule_of(req->arena, input->model_id),
                         .creator_id = { true, req->who.user.id } };
    ModelIndexList list;
    Content content;
    Card card;

    if (!card_open(req, input->model_id, ACCESS_WRITE, &content, &card, err) ||
        !card_require_query(&content, card.dataset_query, err) ||
        !check_columns(&card, input, err) ||
        !model_index_list(req->store, req->arena, card.id, &list, err))
        return false;
    if (list.count >= MOST_OF_MODEL)
        return error_field(err, "model_id", "this model has %d indexes already.", MOST_OF_MODEL);
    return model_index_create(req->store, req->arena, &index, err) &&
           api_audit(req, req->store, "model-index-create", "Card", card.id,
                     api_detail(req, "name", card.name), err) &&
           fill(req, &index, err) && answer_index(req, res, &index, err);
}

static bool
delete_index(Request *req, Response *res, Error *err)
{
    ModelIndex index;

    return open_index(req, ACCESS_WRITE, &index, err) &&
           model_index_delete(req->store, req->arena, index.id, err) &&
           api_audit(req, req->store, "model-index-delete", "Card", index.model_id, NULL, err) &&
           answer_nothing(res);
}

// clang-format off
const Route model_index_routes[] = {
    ROUTE_ON(API, GET,    "/api/model-index",     list_indexes, USER, "Columns of models whose values search finds", .query = list_query),
    ROUTE_ON(API, POST,   "/api/model-index",     post_index,   USER, "Let search find the values of a column of a model, by the keys of their rows", .body = index_fields),
    ROUTE_ON(API, GET,    "/api/model-index/:id", get_index,    USER, "One of them"),
    ROUTE_ON(API, DELETE, "/api/model-index/:id", delete_index, USER, "Forget its values"),
    { 0 },
};
// clang-format on
