/* Rows and columns that groups do not see, and why somebody may or may not see something. */
#include "api/answer.h"
#include "api/tables.h"

#include <string.h>

static bool
list_filters(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    RowFilterList list;

    if (!row_filter_list(req->store, req->arena, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        json_begin_object(w);
        bind_write(w, row_filter_columns, &list.items[i]);
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static const Field filter_fields[] = {
    FIELD(RowFilter, group_id, .required = true, .min = 1, .max = INT64_MAX),
    FIELD(RowFilter, table_id, .required = true, .min = 1, .max = INT64_MAX),
    FIELD(RowFilter, field_id, .required = true, .min = 1, .max = INT64_MAX),
    FIELD(RowFilter, operator, .required = true, .choices = "=|!=|<|<=|>|>="),
    FIELD(RowFilter, user_attribute, .nullable = true, .not_blank = true, .max = 254),
    FIELD(RowFilter, value, .nullable = true, .max = 4096),
    { 0 },
};

/* A value, or several; never something that is not a plain value. */
static bool
check_value(const RowFilter *filter, Error *err)
{
    const Json *value = filter->value;

    if ((filter->user_attribute == NULL) == (value == NULL))
        return error_field(err, "user_attribute",
                           "value must be given, or a value: one of them, not both.");
    if (value == NULL)
        return true;
    if (value->kind == JSON_OBJECT || (value->kind == JSON_ARRAY && value->count > 1000))
        return error_field(err, "value", "value must be a value, or at most 1000 of them.");
    for (const Json *item = value->first; item != NULL; item = item->next)
        if (item->kind == JSON_OBJECT || item->kind == JSON_ARRAY)
            return error_field(err, "value", "value must be a value, or at most 1000 of them.");
    return true;
}

static bool
post_filter(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    RowFilter made = { 0 };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    if (!bind_merge(req->arena, filter_fields, req->json, &made, err) || !check_value(&made, err) ||
        !store_begin(req->store, &tx, err) || !row_filter_create(tx, req->arena, &made, err) ||
        !api_audit(req, tx, "row-filter-create", "Table", made.table_id, NULL, err) ||
        !store_commit(&tx, err))
        return false;
    json_begin_object(w);
    bind_write(w, row_filter_columns, &made);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
delete_filter(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;

    return store_begin(req->store, &tx, err) && row_filter_delete(tx, req->arena, req->id, err) &&
           api_audit(req, tx, "row-filter-delete", NULL, req->id, NULL, err) &&
           store_commit(&tx, err) && answer_nothing(res);
}

static bool
list_hidden(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    HiddenFieldList list;

    if (!hidden_field_list(req->store, req->arena, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        json_begin_object(w);
        bind_write(w, hidden_field_columns, &list.items[i]);
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static const Field hidden_fields[] = {
    FIELD(HiddenField, group_id, .required = true, .min = 1, .max = INT64_MAX),
    FIELD(HiddenField, field_id, .required = true, .min = 1, .max = INT64_MAX),
    { 0 },
};

static bool
post_hidden(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const HiddenField *input = req->input;
    HiddenField made = { .group_id = input->group_id, .field_id = input->field_id };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    if (!store_begin(req->store, &tx, err) || !hidden_field_create(tx, req->arena, &made, err) ||
        !api_audit(req, tx, "hidden-field-create", "Field", made.field_id, NULL, err) ||
        !store_commit(&tx, err))
        return false;
    json_begin_object(w);
    json_put_int(w, "id", made.id);
    json_put_int(w, "group_id", made.group_id);
    json_put_int(w, "field_id", made.field_id);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
delete_hidden(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;

    return store_begin(req->store, &tx, err) && hidden_field_delete(tx, req->arena, req->id, err) &&
           api_audit(req, tx, "hidden-field-delete", NULL, req->id, NULL, err) &&
           store_commit(&tx, err) && answer_nothing(res);
}

/* ---------------------------------------------------------------------------------------- why */

typedef struct ExplainQuery
{
    const char *user;
    const char *what;
} ExplainQuery;

static const Field explain_query[] = {
    FIELD(ExplainQuery, user, .required = true, .not_blank = true, .max = 254),
    FIELD(ExplainQuery, what, .required = true, .not_blank = true, .max = 100),
    { 0 },
};

static bool
get_explanation(Request *req, Response *res, Error *err)
{
    const ExplainQuery *query = req->query;
    Identity who = { 0 };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Explanation why;

    if (!user_find_by_email(req->store, req->arena, query->user, &who.user, err) ||
        !membership_ids(req->store, req->arena, who.user.id, &who.groups, err) ||
        !access_explain(&who, req->store, req->arena, query->what, &why, err))
        return false;
    json_begin_object(w);
    json_put_text(w, "user", who.user.email);
    json_put_text(w, "what", query->what);
    json_put_bool(w, "may_read", why.may_read);
    json_put_bool(w, "may_write", why.may_write);
    json_key(w, "reasons");
    json_begin_array(w);
    for (size_t i = 0; i < why.reasons.count; i++)
        json_text(w, why.reasons.items[i]);
    json_end_array(w);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route rule_routes[] = {
    ROUTE_ON(ADMIN, GET,    "/api/vigie/row-filter",       list_filters,    ADMIN, "Rows that groups see of tables"),
    ROUTE_ON(ADMIN, POST,   "/api/vigie/row-filter",       post_filter,     ADMIN, "Show a group only some rows of a table", .body = filter_fields),
    ROUTE_ON(ADMIN, DELETE, "/api/vigie/row-filter/:id",   delete_filter,   ADMIN, "Show all rows again"),
    ROUTE_ON(ADMIN, GET,    "/api/vigie/hidden-field",     list_hidden,     ADMIN, "Fields hidden from groups"),
    ROUTE_ON(ADMIN, POST,   "/api/vigie/hidden-field",     post_hidden,     ADMIN, "Hide a field from a group", .body = hidden_fields),
    ROUTE_ON(ADMIN, DELETE, "/api/vigie/hidden-field/:id", delete_hidden,   ADMIN, "Show a field again"),
    ROUTE_ON(ADMIN, GET,    "/api/vigie/access/explain",   get_explanation, ADMIN, "Why somebody may see something, or not", .query = explain_query),
    { 0 },
};
// clang-format on
