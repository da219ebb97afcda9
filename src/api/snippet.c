/* Pieces of SQL that questions share by name. */
#include "api/answer.h"
#include "api/content.h"
#include "api/tables.h"
#include "store/library.h"

#include <string.h>

enum
{
    CONTENT_BYTES = 1024 * 1024
};

static bool
may(const Content *content, const Snippet *snippet, Access access)
{
    return rights_to_collection(&content->rights, snippet->collection_id, "snippets", access);
}

static bool
require(const Content *content, const Snippet *snippet, Access access, Error *err)
{
    return may(content, snippet, access) ||
           error_set(err, ERR_DENIED, "You don't have permissions to do that.");
}

static void
write_snippet(JsonWriter *w, const Content *content, const Snippet *snippet)
{
    json_begin_object(w);
    bind_write(w, snippet_columns, snippet);
    content_write_creator(w, content, snippet->creator_id);
    json_end_object(w);
}

typedef struct ListQuery
{
    bool archived;
} ListQuery;

static const Field list_query[] = {
    FIELD(ListQuery, archived),
    { 0 },
};

static bool
list_snippets(Request *req, Response *res, Error *err)
{
    const ListQuery *query = req->query;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    SnippetList list;
    Content content;

    if (!content_open(req, &content, err) ||
        !snippet_list(req->store, req->arena, query->archived, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
        if (may(&content, &list.items[i], ACCESS_READ))
            write_snippet(w, &content, &list.items[i]);
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
open_snippet(Request *req, Access access, Content *content, Snippet *snippet, Error *err)
{
    return snippet_find(req->store, req->arena, req->id, snippet, err) &&
           content_open(req, content, err) && require(content, snippet, access, err);
}

static bool
answer_snippet(Request *req, Response *res, const Content *content, const Snippet *snippet,
               Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    write_snippet(w, content, snippet);
    return answer_send(&answer, res, err);
}

static bool
get_snippet(Request *req, Response *res, Error *err)
{
    Content content;
    Snippet snippet;

    return open_snippet(req, ACCESS_READ, &content, &snippet, err) &&
           answer_snippet(req, res, &content, &snippet, err);
}

typedef struct SnippetInput
{
    Snippet snippet;
    const Json *collection_id;
} SnippetInput;

#define MEMBER(member, ...)                                                                        \
    FIELD_AS(SnippetInput, snippet.member, #member __VA_OPT__(, ) __VA_ARGS__)

#define SHARED_FIELDS                                                                              \
    MEMBER(description, .nullable = true, .max = 65536),                                           \
        FIELD(SnippetInput, collection_id, .nullable = true,                                       \
              .shapes = SHAPE(JSON_NUMBER) | SHAPE(JSON_TEXT), .max = 64)

static const Field create_fields[] = {
    MEMBER(name, .required = true, .not_blank = true, .max = 254),
    MEMBER(content, .required = true, .max = CONTENT_BYTES),
    SHARED_FIELDS,
    { 0 },
};

static const Field update_fields[] = {
    MEMBER(name, .not_blank = true, .max = 254),
    MEMBER(content, .max = CONTENT_BYTES),
    MEMBER(archived),
    SHARED_FIELDS,
    { 0 },
};

/* The name stands in SQL as {{snippet: name}}. */
static bool
check_name(const char *name, Error *err)
{
    if (name[0] != ' ' && strchr(name, '}') == NULL)
        return true;
    return error_field(err, "name", "snippet names cannot include '}' or start with spaces.");
}

static bool
post_snippet(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    SnippetInput input = { 0 };
    Snippet *made = &input.snippet;
    Content content;

    if (!bind_merge(req->arena, create_fields, req->json, &input, err) ||
        !check_name(made->name, err) || !content_open(req, &content, err) ||
        !content_read_collection(req, "collection_id", &made->collection_id, err) ||
        !require(&content, made, ACCESS_WRITE, err))
        return false;
    made->creator_id = req->who.user.id;
    return store_begin(req->store, &tx, err) && snippet_create(tx, req->arena, made, err) &&
           api_audit(req, tx, "snippet-create", "NativeQuerySnippet", made->id,
                     api_detail(req, "name", made->name), err) &&
           store_commit(&tx, err) && answer_snippet(req, res, &content, made, err);
}

static bool
put_snippet(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    SnippetInput input = { 0 };
    Content content;

    if (!open_snippet(req, ACCESS_WRITE, &content, &input.snippet, err) ||
        !bind_merge(req->arena, update_fields, req->json, &input, err) ||
        !check_name(input.snippet.name, err) ||
        !content_read_collection(req, "collection_id", &input.snippet.collection_id, err) ||
        !require(&content, &input.snippet, ACCESS_WRITE, err))
        return false;
    return store_begin(req->store, &tx, err) &&
           snippet_update(tx, req->arena, &input.snippet, err) &&
           api_audit(req, tx, "snippet-update", "NativeQuerySnippet", req->id,
                     api_detail(req, "name", input.snippet.name), err) &&
           store_commit(&tx, err) && answer_snippet(req, res, &content, &input.snippet, err);
}

// clang-format off
const Route snippet_routes[] = {
    ROUTE_ON(API, GET,  "/api/native-query-snippet",     list_snippets, USER, "Pieces of SQL", .query = list_query),
    ROUTE_ON(API, POST, "/api/native-query-snippet",     post_snippet,  USER, "Save a piece of SQL", .body = create_fields),
    ROUTE_ON(API, GET,  "/api/native-query-snippet/:id", get_snippet,   USER, "One piece of SQL"),
    ROUTE_ON(API, PUT,  "/api/native-query-snippet/:id", put_snippet,   USER, "Change a piece of SQL", .body = update_fields),
    { 0 },
};
// clang-format on
