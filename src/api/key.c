/* API keys: programs act with them as a hidden person in one group. The text is shown once. */
#include "api/answer.h"
#include "api/tables.h"

static void
write_key(JsonWriter *w, const ApiKey *key, const char *text)
{
    json_begin_object(w);
    json_put_int(w, "id", key->id);
    json_put_text(w, "name", key->name);
    json_put_text(w, "masked_key", key->masked_key);
    if (text != NULL)
        json_put_text(w, "unmasked_key", text);
    json_key(w, "group");
    json_begin_object(w);
    json_put_int(w, "id", key->group_id);
    json_put_text(w, "name", key->group_name);
    json_end_object(w);
    json_put_text(w, "created_at", key->created_at);
    json_put_text(w, "updated_at", key->updated_at);
    json_key(w, "updated_by");
    json_begin_object(w);
    json_put_int(w, "id", key->updated_by_id);
    json_put_text(w, "common_name", key->updated_by_name);
    json_end_object(w);
    json_end_object(w);
}

static bool
answer_key(Request *req, Response *res, const ApiKey *key, const char *text, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    write_key(w, key, text);
    return answer_send(&answer, res, err);
}

static bool
list_keys(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    ApiKeyList list;

    if (!api_key_list(req->store, req->arena, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
        write_key(w, &list.items[i], NULL);
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
get_count(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    ApiKeyList list;

    if (!api_key_list(req->store, req->arena, &list, err))
        return false;
    json_int(w, (int64_t) list.count);
    return answer_send(&answer, res, err);
}

typedef struct KeyInput
{
    const char *name;
    int64_t group_id;
} KeyInput;

static const Field create_fields[] = {
    FIELD(KeyInput, name, .required = true, .not_blank = true, .max = 254),
    FIELD(KeyInput, group_id, .required = true, .min = 1, .max = INT64_MAX),
    { 0 },
};

static const Field update_fields[] = {
    FIELD(KeyInput, name, .not_blank = true, .max = 254),
    FIELD(KeyInput, group_id, .min = 1, .max = INT64_MAX),
    { 0 },
};

static bool
post_key(Request *req, Response *res, Error *err)
{
    const KeyInput *input = req->input;
    const char *text;
    ApiKey key;
    Group group;

    if (!group_find(req->store, req->arena, input->group_id, &group, &(Error){ 0 }))
        return error_field(err, "group_id", "value must be the id of a group.");
    return api_key_create(req->store, req->arena, input->name, input->group_id, req->who.user.id,
                          &key, &text, err) &&
           api_audit(req, req->store, "api-key-create", "ApiKey", key.id,
                     api_detail(req, "name", key.name), err) &&
           answer_key(req, res, &key, text, err);
}

static bool
put_key(Request *req, Response *res, Error *err)
{
    const KeyInput *input = req->input;
    ApiKey key;
    Group group;

    if (input->group_id != 0 &&
        !group_find(req->store, req->arena, input->group_id, &group, &(Error){ 0 }))
        return error_field(err, "group_id", "value must be the id of a group.");
    return api_key_update(req->store, req->arena, req->id, input->name, input->group_id,
                          req->who.user.id, &key, err) &&
           api_audit(req, req->store, "api-key-update", "ApiKey", key.id,
                     api_detail(req, "name", key.name), err) &&
           answer_key(req, res, &key, NULL, err);
}

static bool
put_regenerate(Request *req, Response *res, Error *err)
{
    const char *text;
    ApiKey key;

    return api_key_regenerate(req->store, req->arena, req->id, req->who.user.id, &key, &text,
                              err) &&
           api_audit(req, req->store, "api-key-regenerate", "ApiKey", key.id,
                     api_detail(req, "name", key.name), err) &&
           answer_key(req, res, &key, text, err);
}

static bool
delete_key(Request *req, Response *res, Error *err)
{
    ApiKey key;

    return api_key_find(req->store, req->arena, req->id, &key, err) &&
           api_key_delete(req->store, req->arena, req->id, err) &&
           api_audit(req, req->store, "api-key-delete", "ApiKey", req->id,
                     api_detail(req, "name", key.name), err) &&
           answer_nothing(res);
}

// clang-format off
const Route key_routes[] = {
    ROUTE_ON(ADMIN, GET,    "/api/api-key",                list_keys,      ADMIN, "API keys, without their text"),
    ROUTE_ON(ADMIN, GET,    "/api/api-key/count",          get_count,      ADMIN, "How many API keys there are"),
    ROUTE_ON(ADMIN, POST,   "/api/api-key",                post_key,       ADMIN, "Make an API key; its text is shown once", .body = create_fields),
    ROUTE_ON(ADMIN, PUT,    "/api/api-key/:id",            put_key,        ADMIN, "Rename an API key or move it to another group", .body = update_fields),
    ROUTE_ON(ADMIN, PUT,    "/api/api-key/:id/regenerate", put_regenerate, ADMIN, "Replace the text of an API key"),
    ROUTE_ON(ADMIN, DELETE, "/api/api-key/:id",            delete_key,     ADMIN, "Revoke an API key"),
    { 0 },
};
// clang-format on
