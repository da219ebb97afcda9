/* Fields: what they are, what people say of them, which values they have, what is shown for them.
 */
#include "api/answer.h"
#include "api/database.h"
#include "api/tables.h"
#include "api/values.h"
#include "query/coercion.h"
#include "sync/guess.h"

#include <string.h>

static bool
send_field(Request *req, Response *res, int64_t id, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TableFieldList targets = { 0 };
    TableField field, target;
    Table table;

    if (!field_find(req->store, req->arena, id, &field, err) ||
        !table_find(req->store, req->arena, field.table_id, &table, err))
        return false;
    if (field.fk_target_field_id.set)
    {
        if (!field_find(req->store, req->arena, field.fk_target_field_id.value, &target, err))
            return false;
        targets = (TableFieldList){ &target, 1 };
    }
    json_begin_object(w);
    field_write(w, &field, &targets);
    json_key(w, "table");
    json_begin_object(w);
    table_write(w, &table);
    json_end_object(w);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_field(Request *req, Response *res, Error *err)
{
    TableField field;

    return seen_field(req, req->id, &field, err) && send_field(req, res, req->id, err);
}

/* ----------------------------------------------------------------------------------- changes */

typedef struct FieldInput
{
    const char *display_name;
    const char *description;
    const char *caveats;
    const char *points_of_interest;
    const char *semantic_type;
    const char *coercion_strategy;
    const char *visibility_type;
    const char *has_field_values;
    OptInt fk_target_field_id;
    const Json *settings;
    const Json *nfc_path;
    bool json_unfolding;
} FieldInput;

static const Field field_input[] = {
    FIELD(FieldInput, display_name, .nullable = true, .not_blank = true, .max = 254),
    FIELD(FieldInput, description, .nullable = true, .max = 65536),
    FIELD(FieldInput, caveats, .nullable = true, .max = 65536),
    FIELD(FieldInput, points_of_interest, .nullable = true, .max = 65536),
    FIELD(FieldInput, semantic_type, .nullable = true, .max = 100),
    FIELD(FieldInput, coercion_strategy, .nullable = true, .max = 100),
    FIELD(FieldInput, visibility_type, .nullable = true,
          .choices = "normal|details-only|hidden|sensitive|retired"),
    FIELD(FieldInput, has_field_values, .nullable = true, .choices = "list|search|none|auto-list"),
    FIELD(FieldInput, fk_target_field_id, .nullable = true),
    FIELD(FieldInput, settings, .nullable = true, .shapes = SHAPE(JSON_OBJECT)),
    FIELD(FieldInput, nfc_path, .nullable = true, .shapes = SHAPE(JSON_ARRAY)),
    FIELD(FieldInput, json_unfolding, .nullable = true),
    { 0 },
};

static bool
was_sent(const Request *req, const char *key)
{
    return json_get(req->json, key) != NULL;
}

static void
change(const Request *req, const FieldInput *input, TableField *field)
{
    const struct
    {
        const char *key;
        const char **member;
        const char *value;
    } texts[] = {
        { "display_name", &field->display_name, input->display_name },
        { "description", &field->description, input->description },
        { "caveats", &field->caveats, input->caveats },
        { "points_of_interest", &field->points_of_interest, input->points_of_interest },
        { "semantic_type", &field->semantic_type, input->semantic_type },
        { "coercion_strategy", &field->coercion_strategy, input->coercion_strategy },
        { "visibility_type", &field->visibility_type, input->visibility_type },
        { "has_field_values", &field->has_field_values, input->has_field_values },
    };

    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (was_sent(req, texts[i].key))
            *texts[i].member = texts[i].value;
    /* No name is the one that the sync made; there is always some visibility. */
    if (field->display_name == NULL)
        field->display_name = guess_display_name(req->arena, field->name);
    if (field->visibility_type == NULL)
        field->visibility_type = "normal";
    if (was_sent(req, "fk_target_field_id"))
        field->fk_target_field_id = input->fk_target_field_id;
    if (was_sent(req, "settings"))
        field->settings = input->settings;
    if (was_sent(req, "nfc_path"))
        field->nfc_path = input->nfc_path;
    if (was_sent(req, "json_unfolding"))
        field->json_unfolding = input->json_unfolding;
}

/* What questions see follows from how the values are read. */
static bool
change_coercion(Request *req, TableField *field, Error *err)
{
    const char *name = field->coercion_strategy;
    const Coercion *coercion = name == NULL ? NULL : coercion_find(name);
    BaseType base_type = BASE_ANY;
    const char *names;

    if (!was_sent(req, "coercion_strategy"))
        return true;
    (void) base_type_from_name(field->base_type, &base_type);
    names = coercion_names(req->arena, base_type);
    if (name != NULL && names[0] == '\0')
        return error_field(err, "coercion_strategy",
                           "value must be null: values of this type are read as they are.");
    if (name != NULL && (coercion == NULL || !coercion_fits(coercion, base_type)))
        return error_field(err, "coercion_strategy", "value must be one of: %s.", names);
    field->effective_type = coercion == NULL ? field->base_type : base_type_name(coercion->type);
    return true;
}

static bool
put_field(Request *req, Response *res, Error *err)
{
    TableField field;

    if (!field_find(req->store, req->arena, req->id, &field, err) ||
        !database_may_describe(req, field.db_id, field.table_id, err))
        return false;
    change(req, req->input, &field);
    return change_coercion(req, &field, err) && field_update(req->store, req->arena, &field, err) &&
           send_field(req, res, req->id, err);
}

/* ------------------------------------------------------------------ shown for keys and codes */

typedef struct DimensionInput
{
    const char *type;
    const char *name;
    OptInt human_readable_field_id;
} DimensionInput;

static const Field dimension_input[] = {
    FIELD(DimensionInput, type, .required = true, .choices = "internal|external"),
    FIELD(DimensionInput, name, .required = true, .not_blank = true, .max = 254),
    FIELD(DimensionInput, human_readable_field_id),
    { 0 },
};

static bool
post_dimension(Request *req, Response *res, Error *err)
{
    const DimensionInput *input = req->input;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TableField field;

    if (!field_find(req->store, req->arena, req->id, &field, err) ||
        !database_may_describe(req, field.db_id, field.table_id, err))
        return false;
    if (strcmp(input->type, "external") == 0 && !input->human_readable_field_id.set)
        return error_field(err, "human_readable_field_id",
                           "value is required: the field that is shown in place of the key.");
    if (!dimension_put(req->store, req->arena, field.id, input->type, input->name,
                       input->human_readable_field_id.value, err) ||
        !field_find(req->store, req->arena, req->id, &field, err))
        return false;
    json_begin_object(w);
    json_put_int(w, "id", field.dimension_id);
    json_put_int(w, "field_id", field.id);
    json_put_text(w, "name", field.dimension_name);
    json_put_text(w, "type", field.dimension_type);
    json_key(w, "human_readable_field_id");
    field.human_readable_field_id.set ? json_int(w, field.human_readable_field_id.value)
                                      : json_null(w);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
delete_dimension(Request *req, Response *res, Error *err)
{
    TableField field;

    if (!field_find(req->store, req->arena, req->id, &field, err) ||
        !database_may_describe(req, field.db_id, field.table_id, err) ||
        !dimension_delete(req->store, req->arena, field.id, err))
        return false;
    return answer_nothing(res);
}

/* ------------------------------------------------------------------------------------ values */

/* Kept values, each with its text when it has one. */
static void
write_kept(JsonWriter *w, const FieldValues *kept)
{
    const Json *text =
        kept->human_readable_values == NULL ? NULL : kept->human_readable_values->first;

    json_key(w, "values");
    json_begin_array(w);
    for (const Json *value = kept->values->first; value != NULL; value = value->next)
    {
        json_begin_array(w);
        json_tree(w, value);
        if (text != NULL)
            json_tree(w, text);
        json_end_array(w);
        text = text == NULL ? NULL : text->next;
    }
    json_end_array(w);
}

static bool
get_values(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    FieldValues kept;
    TableField field;

    if (!seen_field(req, req->id, &field, err) ||
        !field_values_find(req->store, req->arena, field.id, &kept, err))
        return false;
    json_begin_object(w);
    json_put_int(w, "field_id", field.id);
    if (kept.field_id != 0)
        write_kept(w, &kept);
    else
        json_put_empty(w, "values");
    json_put_bool(w, "has_more_values", kept.field_id != 0 && kept.has_more_values);
    json_put_text(w, "has_field_values",
                  field.has_field_values == NULL ? "none" : field.has_field_values);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

typedef struct ValuesInput
{
    const Json *values;
} ValuesInput;

static const Field values_input[] = {
    FIELD(ValuesInput, values, .required = true, .shapes = SHAPE(JSON_ARRAY)),
    { 0 },
};

/* [[value, text]...]: what is shown for codes. */
static bool
post_values(Request *req, Response *res, Error *err)
{
    const ValuesInput *input = req->input;
    Json *values = json_new(req->arena, JSON_ARRAY), *texts = json_new(req->arena, JSON_ARRAY);
    FieldValues kept = { .field_id = req->id, .values = values };
    TableField field;

    if (!field_find(req->store, req->arena, req->id, &field, err) ||
        !database_may_describe(req, field.db_id, field.table_id, err))
        return false;
    for (const Json *pair = input->values->first; pair != NULL; pair = pair->next)
    {
        if (pair->kind != JSON_ARRAY || pair->count == 0 || pair->count > 2)
            return error_field(err, "values", "value must be a list of pairs.");
        (void) json_add(values, json_share(req->arena, pair->first));
        (void) json_add(texts, json_share(req->arena, json_at(pair, pair->count - 1)));
        if (pair->count == 2)
            kept.human_readable_values = texts;
    }
    if (!field_values_put(req->store, req->arena, &kept, err))
        return false;
    response_json(res, STR("{\"status\":\"success\"}"));
    return true;
}

static bool
post_rescan(Request *req, Response *res, Error *err)
{
    ScanOrder order = { .field_id = req->id, .values = true, .anew = true };
    TableField field;

    if (!field_find(req->store, req->arena, req->id, &field, err))
        return false;
    order.database_id = field.db_id;
    order.table_id = field.table_id;
    if (!database_scan_later(req, &order, err))
        return false;
    response_json(res, STR("{\"status\":\"success\"}"));
    return true;
}

static bool
post_discard(Request *req, Response *res, Error *err)
{
    TableField field;

    if (!field_find(req->store, req->arena, req->id, &field, err) ||
        !field_values_delete(req->store, req->arena, field.id, err))
        return false;
    response_json(res, STR("{\"status\":\"success\"}"));
    return true;
}

typedef struct SearchQuery
{
    const char *value;
    OptInt limit;
} SearchQuery;

static const Field search_query[] = {
    FIELD(SearchQuery, value),
    FIELD(SearchQuery, limit),
    { 0 },
};

static Json *
target_of(Arena *arena, int64_t id)
{
    Json *target = json_new(arena, JSON_ARRAY);
    Json *reference = json_new(arena, JSON_ARRAY);

    (void) json_add(reference, json_new_text(arena, "field"));
    (void) json_add(reference, json_new_int(arena, id));
    (void) json_add(reference, json_new(arena, JSON_NULL));
    (void) json_add(target, json_new_text(arena, "dimension"));
    (void) json_add(target, reference);
    return target;
}

/* Values of the other field that hold the text: what is typed into a filter of a key. */
static bool
search_values(Request *req, Response *res, Error *err)
{
    const SearchQuery *query = req->query;
    ValuesAsk ask = { .search = query->value, .who = &req->who };
    Answer answer, list;
    JsonWriter *w = answer_begin(req, &answer);
    TableField field;
    Json *whole;
    int64_t other;

    if (!seen_field(req, req->id, &field, err))
        return false;
    if (!str_to_int(str_of(route_param(req->match, "other")), 1, INT64_MAX, &other))
        return error_set(err, ERR_NOT_FOUND, "there is no such field");
    ask.target = target_of(req->arena, other);
    if (!values_write(req, answer_begin(req, &list), &ask, err) ||
        !json_parse(req->arena, buf_slice(&list.text), NULL, &whole, err))
        return false;
    json_tree(w, json_get(whole, "values"));
    return answer_send(&answer, res, err);
}

/* What another field says where this one has that value. */
static bool
get_label(Request *req, Response *res, Error *err)
{
    const SearchQuery *query = req->query;
    ValuesAsk ask = { .exact = query->value, .who = &req->who };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TableField field, other;

    if (query->value == NULL)
        return error_field(err, "value", "value is missing.");
    if (!str_to_int(str_of(route_param(req->match, "other")), 1, INT64_MAX, &ask.label_id))
        return error_set(err, ERR_NOT_FOUND, "there is no such field");
    if (!seen_field(req, req->id, &field, err) || !seen_field(req, ask.label_id, &other, err))
        return false;
    ask.target = target_of(req->arena, field.id);
    return values_write_one(req, w, &ask, err) && answer_send(&answer, res, err);
}

/* {"source-table": 2, "aggregation": [["count", field], ["distinct", field]]} */
static Json *
summary_question(Arena *arena, const TableField *field)
{
    Json *question = json_new(arena, JSON_OBJECT), *query = json_new(arena, JSON_OBJECT);
    Json *list = json_new(arena, JSON_ARRAY);
    const char *const kinds[] = { "count", "distinct" };

    for (size_t i = 0; i < COUNT_OF(kinds); i++)
    {
        Json *clause = json_new(arena, JSON_ARRAY);

        (void) json_add(clause, json_new_text(arena, kinds[i]));
        (void) json_add(clause, json_share(arena, json_at(target_of(arena, field->id), 1)));
        (void) json_add(list, clause);
    }
    (void) json_put(arena, query, "source-table", json_new_int(arena, field->table_id));
    (void) json_put(arena, query, "aggregation", list);
    (void) json_put(arena, question, "database", json_new_int(arena, field->db_id));
    (void) json_put(arena, question, "type", json_new_text(arena, "query"));
    (void) json_put(arena, question, "query", query);
    return question;
}

/* [["count", n], ["distincts", n]] */
static bool
get_summary(Request *req, Response *res, Error *err)
{
    static const char *const names[] = { "count", "distincts" };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    ResultOrder order;
    ResultText text;
    TableField field;
    Json *whole;
    const Json *row;

    if (!seen_field(req, req->id, &field, err))
        return false;
    order = result_order(req, summary_question(req->arena, &field));
    if (!result_text(req, &order, &text, err) ||
        !json_parse(req->arena, buf_slice(&text.text), NULL, &whole, err))
        return false;
    row = json_at(json_path(whole, "data", "rows", NULL), 0);
    if (row == NULL)
        return error_set(err, ERR_UPSTREAM, "%s",
                         json_text_or(json_get(whole, "error"), "the field cannot be read"));
    json_begin_array(w);
    for (size_t i = 0; i < COUNT_OF(names); i++)
    {
        json_begin_array(w);
        json_text(w, names[i]);
        json_tree(w, json_at(row, i));
        json_end_array(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route field_routes[] = {
    ROUTE_ON(API,   GET,    "/api/field/:id",                get_field,        USER,  "One field"),
    ROUTE_ON(API,   PUT,    "/api/field/:id",                put_field,        USER,  "Say what a field is", .body = field_input),
    ROUTE_ON(API,   GET,    "/api/field/:id/values",         get_values,       USER,  "Values that are kept of it"),
    ROUTE_ON(API,   POST,   "/api/field/:id/values",         post_values,      USER,  "What is shown for its codes", .body = values_input),
    ROUTE_ON(API,   GET,    "/api/field/:id/search/:other",  search_values,    USER,  "Values of another field that hold a text", .query = search_query),
    ROUTE_ON(API,   GET,    "/api/field/:id/remapping/:other", get_label,      USER,  "What another field says beside a value", .query = search_query),
    ROUTE_ON(API,   GET,    "/api/field/:id/summary",        get_summary,      USER,  "How many values it has, and how many different ones"),
    ROUTE_ON(API,   POST,   "/api/field/:id/dimension",      post_dimension,   USER,  "Show something else in place of its values", .body = dimension_input),
    ROUTE_ON(API,   DELETE, "/api/field/:id/dimension",      delete_dimension, USER,  "Show its own values again"),
    ROUTE_ON(ADMIN, POST,   "/api/field/:id/rescan_values",  post_rescan,      ADMIN, "Look into it anew"),
    ROUTE_ON(ADMIN, POST,   "/api/field/:id/discard_values", post_discard,     ADMIN, "Forget the values that were kept of it"),
    { 0 },
};
// clang-format on
