/* What belongs to the person who asks: bookmarks, recent and popular things, values that clients
 * keep for them. */
#include "store/personal.h"
#include "api/answer.h"
#include "api/content.h"
#include "api/tables.h"
#include "store/metadata.h"
#include "store/view.h"

#include <string.h>

enum
{
    RECENTS_SHOWN = 20,
    POPULAR_DAYS = 30
};

/* ------------------------------------------------------------------------------------- bookmarks
 */

static bool
list_bookmarks(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    BookmarkList list;
    Content content;

    if (!content_open(req, &content, err) ||
        !bookmark_list(req->store, req->arena, req->who.user.id, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        const Bookmark *it = &list.items[i];

        if (!content_may(&content, it->collection_id, ACCESS_READ))
            continue;
        json_begin_object(w);
        json_put_text(w, "id",
                      arena_format(req->arena, "%s-%lld", it->type, (long long) it->item_id));
        json_put_int(w, "item_id", it->item_id);
        json_put_text(w, "type", it->type);
        json_put_text(w, "name", it->name);
        json_put_text(w, "display", it->display);
        json_put_text(w, "card_type", it->card_type);
        json_put_text(w, "authority_level", it->authority_level);
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

/* What may not be seen cannot be bookmarked. */
static bool
require_item(Request *req, const char *model, Error *err)
{
    Collection collection;
    Dashboard dashboard;
    Card card;

    if (strcmp(model, "card") == 0)
        return card_find(req->store, req->arena, req->id, &card, err) &&
               access_to_card(&req->who, req->store, req->arena, &card, ACCESS_READ, err);
    if (strcmp(model, "dashboard") == 0)
        return dashboard_find(req->store, req->arena, req->id, &dashboard, err) &&
               access_to_dashboard(&req->who, req->store, req->arena, &dashboard, ACCESS_READ, err);
    if (strcmp(model, "collection") == 0)
        return collection_find(req->store, req->arena, req->id, &collection, err) &&
               access_to_collection(&req->who, req->store, req->arena, (OptInt){ true, req->id },
                                    ACCESS_READ, err);
    return error_set(err, ERR_NOT_FOUND, "this cannot be bookmarked");
}

static bool
post_bookmark(Request *req, Response *res, Error *err)
{
    const char *model = route_param(req->match, "model");
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    if (!require_item(req, model, err))
        return false;
    if (!bookmark_add(req->store, req->arena, req->who.user.id, model, req->id, err))
    {
        if (err->code == ERR_CONFLICT)
        {
            response_text(res, 400, "Bookmark already exists");
            return true;
        }
        return false;
    }
    json_begin_object(w);
    json_put_int(w, "user_id", req->who.user.id);
    json_put_int(w, arena_format(req->arena, "%s_id", model), req->id);
    json_put_text(w, "created_at", time_text(req->arena, time_now()));
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
delete_bookmark(Request *req, Response *res, Error *err)
{
    return bookmark_remove(req->store, req->arena, req->who.user.id,
                           route_param(req->match, "model"), req->id, err) &&
           answer_nothing(res);
}

typedef struct OrderInput
{
    const Json *orderings;
} OrderInput;

static const Field order_fields[] = {
    FIELD(OrderInput, orderings, .required = true, .shapes = SHAPE(JSON_ARRAY)),
    { 0 },
};

typedef struct Ordering
{
    const char *type;
    int64_t item_id;
} Ordering;

static const Field ordering_fields[] = {
    FIELD(Ordering, type, .required = true, .choices = "card|dashboard|collection|document"),
    FIELD(Ordering, item_id, .required = true, .min = 1, .max = INT64_MAX),
    { 0 },
};

static bool
put_ordering(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const OrderInput *input = req->input;
    int64_t at = 0;

    if (input->orderings->count > 1000)
        return error_field(err, "orderings", "value must have at most 1000 items.");
    if (!store_begin(req->store, &tx, err) ||
        !bookmark_order_clear(tx, req->arena, req->who.user.id, err))
        return false;
    for (const Json *item = input->orderings->first; item != NULL; item = item->next)
    {
        Ordering one;

        if (!bind_read(req->arena, ordering_fields, item, &one, &(Error){ 0 }))
            return error_field(err, "orderings", "value must be an array of {type, item_id}.");
        if (!bookmark_order_add(tx, req->arena, req->who.user.id, one.type, one.item_id, at++, err))
            return false;
    }
    return store_commit(&tx, err) && answer_nothing(res);
}

/* --------------------------------------------------------------------------- recent and popular */

/* The place where it lies, as small objects show it. */
static void
write_parent(JsonWriter *w, const Content *content, OptInt collection_id)
{
    const Collection *in =
        collection_id.set ? rights_collection(&content->rights, collection_id.value) : NULL;

    json_key(w, "parent_collection");
    json_begin_object(w);
    if (in == NULL)
    {
        json_put_null(w, "id");
        json_put_text(w, "name", "Our analytics");
        json_put_null(w, "authority_level");
    }
    else
    {
        json_put_int(w, "id", in->id);
        json_put_text(w, "name", in->name);
        json_put_text(w, "authority_level", in->authority_level);
    }
    json_end_object(w);
}

static void
write_view(JsonWriter *w, const Content *content, const View *view, const char *model,
           const char *name, const char *description, OptInt collection_id)
{
    json_put_int(w, "id", view->model_id);
    json_put_text(w, "model", model);
    json_put_text(w, "name", name);
    json_put_text(w, "description", description);
    json_put_text(w, "timestamp", view->timestamp);
    json_put_bool(w, "can_write", content_may(content, collection_id, ACCESS_WRITE));
    write_parent(w, content, collection_id);
}

static bool
write_viewed_card(JsonWriter *w, const Content *content, const View *view)
{
    Request *req = content->req;
    Card card;
    bool model;

    if (!card_find(req->store, req->arena, view->model_id, &card, &(Error){ 0 }) || card.archived ||
        !content_may(content, card.collection_id, ACCESS_READ))
        return false;
    model = strcmp(card.type, "model") == 0;
    json_begin_object(w);
    write_view(w, content, view,
               model                 ? "dataset"
               : card.type[0] == 'm' ? "metric"
                                     : "card",
               card.name, card.description, card.collection_id);
    json_put_text(w, "display", card.display);
    json_key(w, "database_id");
    card.database_id.set ? json_int(w, card.database_id.value) : json_null(w);
    json_end_object(w);
    return true;
}

static bool
write_viewed_dashboard(JsonWriter *w, const Content *content, const View *view)
{
    Request *req = content->req;
    Dashboard dashboard;

    if (!dashboard_find(req->store, req->arena, view->model_id, &dashboard, &(Error){ 0 }) ||
        dashboard.archived || !content_may(content, dashboard.collection_id, ACCESS_READ))
        return false;
    json_begin_object(w);
    write_view(w, content, view, "dashboard", dashboard.name, dashboard.description,
               dashboard.collection_id);
    json_end_object(w);
    return true;
}

/* What has gone, or may not be seen any more, is left out. */
static bool
write_views(JsonWriter *w, const Content *content, const ViewList *list)
{
    size_t shown = 0;

    json_begin_array(w);
    for (size_t i = 0; i < list->count && shown < RECENTS_SHOWN; i++)
    {
        const View *view = &list->items[i];

        if (strcmp(view->model, "card") == 0)
            shown += write_viewed_card(w, content, view);
        else if (strcmp(view->model, "dashboard") == 0)
            shown += write_viewed_dashboard(w, content, view);
    }
    json_end_array(w);
    return true;
}

typedef struct RecentQuery
{
    TextList context;
} RecentQuery;

static const Field recent_query[] = {
    FIELD(RecentQuery, context, .max = 4, .choices = "views|selections"),
    { 0 },
};

static bool
answer_recents(Request *req, Response *res, const char *key, const char *context, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Content content;
    ViewList list;

    if (!content_open(req, &content, err) ||
        !view_recent(req->store, req->arena, req->who.user.id, context, &list, err))
        return false;
    json_begin_object(w);
    json_key(w, key);
    (void) write_views(w, &content, &list);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_recents(Request *req, Response *res, Error *err)
{
    const RecentQuery *query = req->query;
    const char *context = NULL;

    if (query->context.count == 1)
        context = strcmp(query->context.items[0], "selections") == 0 ? "selection" : "view";
    return answer_recents(req, res, "recents", context, err);
}

static bool
get_recent_views(Request *req, Response *res, Error *err)
{
    return answer_recents(req, res, "recent_views", "view", err);
}

typedef struct SelectionInput
{
    const char *model;
    int64_t model_id;
    const char *context;
} SelectionInput;

static const Field selection_fields[] = {
    FIELD(SelectionInput, model, .required = true,
          .choices = "card|dataset|metric|dashboard|collection|table"),
    FIELD(SelectionInput, model_id, .required = true, .min = 1, .max = INT64_MAX),
    FIELD(SelectionInput, context, .nullable = true, .choices = "selection"),
    { 0 },
};

static bool
post_recent(Request *req, Response *res, Error *err)
{
    const SelectionInput *input = req->input;
    bool card = strcmp(input->model, "dataset") == 0 || strcmp(input->model, "metric") == 0;

    return view_note(req->store, req->arena, req->who.user.id, card ? "card" : input->model,
                     input->model_id, "selection", err) &&
           answer_nothing(res);
}

static bool
get_popular(Request *req, Response *res, Error *err)
{
    const char *since = time_text(req->arena, time_now() - POPULAR_DAYS * DAY_US);
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Content content;
    ViewList list;

    if (!content_open(req, &content, err) ||
        !view_popular(req->store, req->arena, since, &list, err))
        return false;
    json_begin_object(w);
    json_key(w, "popular_items");
    (void) write_views(w, &content, &list);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_last_dashboard(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Content content;
    ViewList list;

    if (!content_open(req, &content, err) ||
        !view_recent(req->store, req->arena, req->who.user.id, "view", &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.items[i].model, "dashboard") == 0 &&
            write_viewed_dashboard(w, &content, &list.items[i]))
            return answer_send(&answer, res, err);
    return answer_nothing(res);
}

/* ------------------------------------------------------------------------------------ kept values
 */

static bool
get_namespace(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    KeyValueList list;

    if (!key_value_list(req->store, req->arena, req->who.user.id,
                        route_param(req->match, "namespace"), NULL, &list, err))
        return false;
    json_begin_object(w);
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].value != NULL)
            json_put_tree(w, list.items[i].key, list.items[i].value);
        else
            json_put_null(w, list.items[i].key);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_value(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    KeyValueList list;

    if (!key_value_list(req->store, req->arena, req->who.user.id,
                        route_param(req->match, "namespace"), route_param(req->match, "key"), &list,
                        err))
        return false;
    if (list.count == 0 || list.items[0].value == NULL)
        return answer_nothing(res);
    json_tree(w, list.items[0].value);
    return answer_send(&answer, res, err);
}

typedef struct ValueInput
{
    const Json *value;
    const char *expires_at;
} ValueInput;

static const Field value_fields[] = {
    FIELD(ValueInput, value, .nullable = true, .max = 65536),
    FIELD_AS(ValueInput, expires_at, "expires-at", .nullable = true, .max = 64),
    { 0 },
};

static bool
put_value(Request *req, Response *res, Error *err)
{
    const ValueInput *input = req->input;
    const char *key = route_param(req->match, "key"),
               *namespace = route_param(req->match, "namespace");
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Instant at = 0;

    if (input->expires_at != NULL && !time_parse(str_of(input->expires_at), &at))
        return error_field(err, "expires-at", "value must be a date and time.");
    if (strlen(key) > 254 || strlen(namespace) > 254)
        return error_set(err, ERR_INVALID, "the key is too long");
    if (!key_value_put(req->store, req->arena, req->who.user.id, namespace, key, input->value,
                       at == 0 ? NULL : time_text(req->arena, at), err))
        return false;
    if (input->value == NULL)
        return answer_nothing(res);
    json_tree(w, input->value);
    return answer_send(&answer, res, err);
}

static bool
delete_value(Request *req, Response *res, Error *err)
{
    return key_value_delete(req->store, req->arena, req->who.user.id,
                            route_param(req->match, "namespace"), route_param(req->match, "key"),
                            err) &&
           answer_nothing(res);
}

// clang-format off
const Route personal_routes[] = {
    ROUTE_ON(API, GET,    "/api/bookmark",                                       list_bookmarks,     USER, "One's bookmarks"),
    ROUTE_ON(API, PUT,    "/api/bookmark/ordering",                              put_ordering,       USER, "Order one's bookmarks", .body = order_fields),
    ROUTE_ON(API, POST,   "/api/bookmark/:model/:id",                            post_bookmark,      USER, "Bookmark a card, a dashboard or a collection"),
    ROUTE_ON(API, DELETE, "/api/bookmark/:model/:id",                            delete_bookmark,    USER, "Forget a bookmark"),
    ROUTE_ON(API, GET,    "/api/activity/recents",                               get_recents,        USER, "What one looked at last", .query = recent_query),
    ROUTE_ON(API, POST,   "/api/activity/recents",                               post_recent,        USER, "Note that one chose something", .body = selection_fields),
    ROUTE_ON(API, GET,    "/api/activity/recent_views",                          get_recent_views,   USER, "What one looked at last"),
    ROUTE_ON(API, GET,    "/api/activity/popular_items",                         get_popular,        USER, "What people look at most"),
    ROUTE_ON(API, GET,    "/api/activity/most_recently_viewed_dashboard",        get_last_dashboard, USER, "The dashboard one looked at last"),
    ROUTE_ON(API, GET,    "/api/user-key-value/namespace/:namespace",            get_namespace,      USER, "Values kept for oneself"),
    ROUTE_ON(API, GET,    "/api/user-key-value/namespace/:namespace/key/:key",   get_value,          USER, "One value kept for oneself"),
    ROUTE_ON(API, PUT,    "/api/user-key-value/namespace/:namespace/key/:key",   put_value,          USER, "Keep a value for oneself", .body = value_fields),
    ROUTE_ON(API, DELETE, "/api/user-key-value/namespace/:namespace/key/:key",   delete_value,       USER, "Forget a value"),
    { 0 },
};
// clang-format on
