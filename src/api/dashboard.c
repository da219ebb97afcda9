/* Dashboards: list, make, change, copy, archive. The cards on them are in dashcard.c, running them
 * in card_query.c. */
#include "api/dashboard.h"

#include "api/answer.h"
#include "api/card.h"
#include "api/history.h"
#include "api/param_fields.h"
#include "api/review.h"
#include "api/tables.h"

#include <string.h>

enum
{
    NAME_BYTES = 254,
    TEXT_BYTES = 65536
};

/* --------------------------------------------------------------------------------------- writing
 */

bool
dashboard_open(Request *req, int64_t id, Access access, Content *content, Dashboard *dashboard,
               Error *err)
{
    return dashboard_find(req->store, req->arena, id, dashboard, err) &&
           content_open(req, content, err) &&
           content_require(content, dashboard->collection_id, access, err) &&
           content_edits(content, "Dashboard", err);
}

void
dashboard_write(JsonWriter *w, const Content *content, const Dashboard *dashboard)
{
    const Collection *collection =
        dashboard->collection_id.set
            ? rights_collection(&content->rights, dashboard->collection_id.value)
            : NULL;

    bind_write(w, dashboard_columns, dashboard);
    content_write_creator(w, content, dashboard->creator_id);
    content_write_collection(w, content, dashboard->collection_id);
    content_write_edit(w, content, dashboard->id);
    content_write_abilities(w, content, dashboard->collection_id, dashboard->archived);
    json_put_text(w, "collection_authority_level",
                  collection == NULL ? NULL : collection->authority_level);
    content_write_managed(w, content, dashboard->collection_id);
}

static bool
write_whole(JsonWriter *w, const Content *content, const Dashboard *dashboard, bool old, Error *err)
{
    Request *req = content->req;
    DashcardList cards;
    Json *chosen = NULL;

    dashboard_write(w, content, dashboard);
    if (!dashcard_list(req->store, req->arena, dashboard->id, &cards, err) ||
        !parameter_values_of(req->store, req->arena, req->who.user.id, dashboard->id, &chosen, err))
        return false;
    json_put_tree(w, "last_used_param_values", chosen);
    param_fields_of_dashboard(req, w, PARAM_FULL, &cards, dashboard->parameters);
    return reviews_write(w, content, "dashboard", dashboard->id, err) &&
           dashboard_write_cards(w, content, dashboard->id, old, err);
}

bool
dashboard_write_page(Request *req, JsonWriter *w, int64_t id, Error *err)
{
    Dashboard dashboard;
    Content content;

    if (!dashboard_open(req, id, ACCESS_READ, &content, &dashboard, err))
        return false;
    json_begin_object(w);
    if (!write_whole(w, &content, &dashboard, false, err))
        return false;
    json_end_object(w);
    return true;
}

bool
dashboard_answer(Request *req, Response *res, int64_t id, const IntList *shown, Error *err)
{
    Dashboard dashboard;
    Content content;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    if (!dashboard_open(req, id, ACCESS_READ, &content, &dashboard, err))
        return false;
    json_begin_object(w);
    if (!write_whole(w, &content, &dashboard, true, err) ||
        (shown != NULL && !dashboard_write_notices(req, w, &dashboard, shown, err)))
        return false;
    json_end_object(w);
    return answer_send(&answer, res, err);
}

typedef struct ListQuery
{
    const char *f;
} ListQuery;

static const Field list_query[] = {
    FIELD(ListQuery, f, .choices = "all|mine|archived|bookmarked"),
    { 0 },
};

static bool
list_dashboards(Request *req, Response *res, Error *err)
{
    const ListQuery *query = req->query;
    const char *f = query->f == NULL ? "all" : query->f;
    DashboardFilter filter = {
        .archived = { true, strcmp(f, "archived") == 0 },
        .creator_id = strcmp(f, "mine") == 0 ? req->who.user.id : 0,
        .bookmarked_by = strcmp(f, "bookmarked") == 0 ? req->who.user.id : 0,
    };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    DashboardList list;
    Content content;

    if (!dashboard_list(req->store, req->arena, &filter, &list, err) ||
        !content_open(req, &content, err) || !content_edits(&content, "Dashboard", err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        if (!content_may(&content, list.items[i].collection_id, ACCESS_READ))
            continue;
        json_begin_object(w);
        dashboard_write(w, &content, &list.items[i]);
        json_put_empty(w, "moderation_reviews");
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

typedef struct GetQuery
{
    bool ignore_view;
} GetQuery;

static const Field get_query[] = {
    FIELD(GetQuery, ignore_view),
    { 0 },
};

static bool
get_dashboard(Request *req, Response *res, Error *err)
{
    const GetQuery *query = req->query;

    if (!dashboard_answer(req, res, req->id, NULL, err))
        return false;
    /* A look that cannot be counted is no reason to fail. */
    if (!query->ignore_view)
        (void) content_note_view(req, "dashboard", req->id, &(Error){ 0 });
    return true;
}

/* ---------------------------------------------------------------------------------------- saving
 */

typedef struct DashboardInput
{
    Dashboard dashboard;
    const Json *collection_id;
    const Json *dashcards;
    const Json *tabs;
} DashboardInput;

#define MEMBER(member, ...)                                                                        \
    FIELD_AS(DashboardInput, dashboard.member, #member __VA_OPT__(, ) __VA_ARGS__)

#define SHARED_FIELDS                                                                              \
    MEMBER(description, .nullable = true, .max = TEXT_BYTES),                                      \
        MEMBER(parameters, .nullable = true, .shapes = SHAPE(JSON_ARRAY)),                         \
        MEMBER(cache_ttl, .nullable = true, .min = 1, .max = INT32_MAX),                           \
        MEMBER(collection_position, .nullable = true, .min = 1, .max = INT32_MAX),                 \
        MEMBER(width, .nullable = true, .choices = "fixed|full"), MEMBER(auto_apply_filters),      \
        FIELD(DashboardInput, collection_id, .nullable = true,                                     \
              .shapes = SHAPE(JSON_NUMBER) | SHAPE(JSON_TEXT), .max = 64)

static const Field create_fields[] = {
    MEMBER(name, .required = true, .not_blank = true, .max = NAME_BYTES),
    SHARED_FIELDS,
    { 0 },
};

#define LIST_OF(member, key)                                                                       \
    FIELD_AS(DashboardInput, member, key, .nullable = true, .shapes = SHAPE(JSON_ARRAY))

static const Field update_fields[] = {
    MEMBER(name, .not_blank = true, .max = NAME_BYTES),
    SHARED_FIELDS,
    MEMBER(caveats, .nullable = true, .max = TEXT_BYTES),
    MEMBER(points_of_interest, .nullable = true, .max = TEXT_BYTES),
    MEMBER(show_in_getting_started, .nullable = true),
    MEMBER(enable_embedding, .nullable = true),
    MEMBER(embedding_params, .nullable = true, .shapes = SHAPE(JSON_OBJECT)),
    MEMBER(embedding_type, .nullable = true, .max = 64),
    MEMBER(archived, .nullable = true),
    MEMBER(position, .nullable = true, .min = 0, .max = INT32_MAX),
    LIST_OF(dashcards, "ordered_cards"),
    LIST_OF(dashcards, "dashcards"),
    LIST_OF(tabs, "ordered_tabs"),
    LIST_OF(tabs, "tabs"),
    { 0 },
};

/* What an editor arranges before everybody sees it. Where it lies, and who may frame it, is said at
 * once. */
static const Field draft_fields[] = {
    MEMBER(name, .not_blank = true, .max = NAME_BYTES),
    MEMBER(description, .nullable = true, .max = TEXT_BYTES),
    MEMBER(parameters, .nullable = true, .shapes = SHAPE(JSON_ARRAY)),
    MEMBER(width, .nullable = true, .choices = "fixed|full"),
    MEMBER(auto_apply_filters),
    LIST_OF(dashcards, "dashcards"),
    LIST_OF(tabs, "tabs"),
    { 0 },
};

static void
fill_defaults(Arena *arena, Dashboard *dashboard)
{
    if (dashboard->parameters == NULL)
        dashboard->parameters = json_new(arena, JSON_ARRAY);
    if (dashboard->width == NULL)
        dashboard->width = "fixed";
}

static bool
post_dashboard(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    DashboardInput input = { .dashboard = dashboard_new(req->arena) };
    Dashboard *made = &input.dashboard;
    Content content;

    if (!bind_merge(req->arena, create_fields, req->json, &input, err) ||
        !content_open(req, &content, err) ||
        !content_read_collection(req, "collection_id", &made->collection_id, err) ||
        !content_require(&content, made->collection_id, ACCESS_WRITE, err))
        return false;
    fill_defaults(req->arena, made);
    made->creator_id = req->who.user.id;
    return store_begin(req->store, &tx, err) && dashboard_create(tx, req->arena, made, err) &&
           history_note_dashboard(req, tx, made, (Change){ .is_creation = true }, err) &&
           api_audit(req, tx, "dashboard-create", "Dashboard", made->id,
                     api_detail(req, "name", made->name), err) &&
           store_commit(&tx, err) && dashboard_answer(req, res, made->id, NULL, err);
}

static bool
check_change(const Content *content, const Dashboard *before, Dashboard *after, Error *err)
{
    Request *req = content->req;
    bool params_differ = (before->embedding_params == NULL) != (after->embedding_params == NULL) ||
                         (before->embedding_params != NULL &&
                          !json_equal(before->embedding_params, after->embedding_params));

    fill_defaults(req->arena, after);
    if (!content_read_collection(req, "collection_id", &after->collection_id, err))
        return false;
    if ((before->enable_embedding != after->enable_embedding || params_differ) &&
        !access_need(&req->who, NEED_ADMIN, err))
        return false;
    after->archived_directly = after->archived && (before->archived_directly || !before->archived);
    if (after->archived)
        after->collection_position = (OptInt){ 0 };
    if (before->collection_id.set == after->collection_id.set &&
        before->collection_id.value == after->collection_id.value)
        return true;
    return content_require(content, after->collection_id, ACCESS_WRITE, err);
}

/* The cards and tabs that were sent, checked. */
static bool
read_lists(const Content *content, const DashboardInput *input, DashboardChange *change, Error *err)
{
    Request *req = content->req;
    DashcardList old;

    change->dashboard = input->dashboard;
    change->has_cards = input->dashcards != NULL;
    change->has_tabs = input->tabs != NULL;
    return dashcard_list(req->store, req->arena, change->dashboard.id, &old, err) &&
           (!change->has_cards ||
            dashcards_read(content, input->dashcards, &old, &change->cards, err)) &&
           (!change->has_tabs || tabs_read(req->arena, input->tabs, &change->tabs, err));
}

bool
dashboard_read_draft(const Content *content, const Dashboard *before, const Json *body,
                     DashboardChange *change, Error *err)
{
    DashboardInput input = { .dashboard = *before };

    if (!bind_merge(content->req->arena, draft_fields, body, &input, err))
        return false;
    fill_defaults(content->req->arena, &input.dashboard);
    return read_lists(content, &input, change, err);
}

bool
dashboard_change(const Content *content, Store *tx, DashboardChange *change, Error *err)
{
    Request *req = content->req;
    Dashboard *dashboard = &change->dashboard;

    return dashboard_update(tx, req->arena, dashboard, err) &&
           dashboard_place(req, tx, dashboard->id, change->has_tabs ? &change->tabs : NULL,
                           change->has_cards ? &change->cards : NULL, &change->shown, err) &&
           history_note_dashboard(req, tx, dashboard, (Change){ 0 }, err) &&
           api_audit(req, tx, "dashboard-update", "Dashboard", dashboard->id,
                     api_detail(req, "name", dashboard->name), err);
}

static bool
put_dashboard(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    DashboardInput input = { 0 };
    DashboardChange change;
    Dashboard before;
    Content content;

    if (!dashboard_open(req, req->id, ACCESS_WRITE, &content, &before, err))
        return false;
    input.dashboard = before;
    return bind_merge(req->arena, update_fields, req->json, &input, err) &&
           check_change(&content, &before, &input.dashboard, err) &&
           read_lists(&content, &input, &change, err) && store_begin(req->store, &tx, err) &&
           dashboard_change(&content, tx, &change, err) && store_commit(&tx, err) &&
           dashboard_answer(req, res, req->id, &change.shown, err);
}

static bool
delete_dashboard(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Dashboard dashboard;
    Content content;

    return dashboard_open(req, req->id, ACCESS_WRITE, &content, &dashboard, err) &&
           store_begin(req->store, &tx, err) && dashboard_delete(tx, req->arena, req->id, err) &&
           revision_forget(tx, req->arena, "Dashboard", req->id, err) &&
           api_audit(req, tx, "dashboard-delete", "Dashboard", req->id,
                     api_detail(req, "name", dashboard.name), err) &&
           store_commit(&tx, err) && answer_nothing(res);
}

bool
dashboard_remember(Request *req, int64_t id, const Json *parameters, Error *err)
{
    Json *kept = NULL;

    if (parameters == NULL || parameters->kind != JSON_ARRAY)
        return true;
    if (!parameter_values_of(req->store, req->arena, req->who.user.id, id, &kept, err))
        return false;
    for (const Json *item = parameters->first; item != NULL; item = item->next)
    {
        const char *name = json_text_or(json_get(item, "id"), NULL);
        const Json *value = json_get(item, "value");
        const Json *before = name == NULL ? NULL : json_get(kept, name);

        if (name == NULL || strlen(name) > NAME_BYTES || value == NULL ||
            (before != NULL && json_equal(before, value)))
            continue;
        if (!parameter_value_put(req->store, req->arena, req->who.user.id, id, name, value, err))
            return false;
    }
    return true;
}

/* --------------------------------------------------------------------------------------- copying
 */

typedef struct CopyInput
{
    const char *name;
    const char *description;
    const Json *collection_id;
    OptInt collection_position;
    bool is_deep_copy;
} CopyInput;

static const Field copy_fields[] = {
    FIELD(CopyInput, name, .nullable = true, .not_blank = true, .max = NAME_BYTES),
    FIELD(CopyInput, description, .nullable = true, .max = TEXT_BYTES),
    FIELD(CopyInput, collection_id, .nullable = true,
          .shapes = SHAPE(JSON_NUMBER) | SHAPE(JSON_TEXT), .max = 64),
    FIELD(CopyInput, collection_position, .nullable = true, .min = 1, .max = INT32_MAX),
    FIELD(CopyInput, is_deep_copy, .nullable = true),
    { 0 },
};

/* One copy: which card became which, and what could not be copied. */
typedef struct Copying
{
    const Content *content;
    Store *tx;
    bool deep;
    const Dashboard *from;
    Dashboard made;
    IntList old_ids;
    IntList new_ids;
    CardList uncopied;
} Copying;

/* The card to show on the copy: itself, or a copy of it; 0 when they may not see it. */
static bool
copied_card(Copying *it, int64_t id, int64_t *copy, Error *err)
{
    Request *req = it->content->req;
    Card card, made;
    bool inside;

    *copy = 0;
    for (size_t i = 0; i < it->old_ids.count; i++)
        if (it->old_ids.items[i] == id)
        {
            *copy = it->new_ids.items[i];
            return true;
        }
    if (!card_find(it->tx, req->arena, id, &card, err))
        return false;
    inside = card.dashboard_id.set && card.dashboard_id.value == it->from->id;
    made = card;
    if (!content_may(it->content, card.collection_id, ACCESS_READ))
    {
        it->uncopied.items[it->uncopied.count++] = card;
        made.id = 0;
    }
    else if (it->deep || inside)
    {
        if (inside)
            card.dashboard_id = (OptInt){ true, it->made.id };
        if (!card_duplicate(it->content, it->tx, &card, card.name, it->made.collection_id, &made,
                            err))
            return false;
    }
    it->old_ids.items[it->old_ids.count++] = id;
    it->new_ids.items[it->new_ids.count++] = made.id;
    *copy = made.id;
    return true;
}

/* Filters point at the card they are wired to. */
static const Json *
rewired(Arena *arena, const Json *mappings, int64_t from, int64_t to)
{
    char *text;
    Json *made = NULL;

    if (mappings == NULL || from == to)
        return mappings;
    text = json_print(arena, mappings);
    if (!json_parse(arena, str_of(text), NULL, &made, &(Error){ 0 }))
        return mappings;
    for (Json *item = made->first; item != NULL; item = item->next)
        if (json_int_or(json_get(item, "card_id"), 0) == from)
            (void) json_put(arena, item, "card_id", json_new_int(arena, to));
    return made;
}

static bool
copy_dashcard(Copying *it, const Dashcard *from, Dashcard *to, bool *kept, Error *err)
{
    Arena *arena = it->content->req->arena;
    int64_t id = 0;

    *to = *from;
    to->entity_id = NULL;
    to->series.items = ARENA_ARRAY(arena, from->series.count, int64_t);
    to->series.count = 0;
    *kept = true;
    if (from->card_id.set && !copied_card(it, from->card_id.value, &id, err))
        return false;
    if (from->card_id.set && id == 0)
        *kept = false;
    to->card_id.value = id;
    to->parameter_mappings = rewired(arena, from->parameter_mappings, from->card_id.value, id);
    for (size_t i = 0; i < from->series.count; i++)
    {
        if (!copied_card(it, from->series.items[i], &id, err))
            return false;
        if (id != 0)
            to->series.items[to->series.count++] = id;
    }
    return true;
}

static bool
copy_cards(Copying *it, Error *err)
{
    Request *req = it->content->req;
    DashcardList cards, copies = { 0 };
    size_t most = 0;
    TabList tabs;

    if (!tab_list(it->tx, req->arena, it->from->id, &tabs, err) ||
        !dashcard_list(it->tx, req->arena, it->from->id, &cards, err))
        return false;
    for (size_t i = 0; i < tabs.count; i++)
        tabs.items[i].entity_id = NULL;
    for (size_t i = 0; i < cards.count; i++)
        most += 1 + cards.items[i].series.count;
    it->old_ids.items = ARENA_ARRAY(req->arena, most, int64_t);
    it->new_ids.items = ARENA_ARRAY(req->arena, most, int64_t);
    it->uncopied.items = ARENA_ARRAY(req->arena, most, Card);
    copies.items = ARENA_ARRAY(req->arena, cards.count, Dashcard);
    for (size_t i = 0; i < cards.count; i++)
    {
        bool kept;

        if (!copy_dashcard(it, &cards.items[i], &copies.items[copies.count], &kept, err))
            return false;
        if (kept)
            copies.count++;
    }
    return dashboard_arrange(it->tx, req->arena, it->made.id, &tabs, &copies, err);
}

static bool
answer_copy(const Copying *it, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(it->content->req, &answer);

    json_begin_object(w);
    if (!write_whole(w, it->content, &it->made, true, err))
        return false;
    if (it->uncopied.count > 0)
    {
        json_key(w, "uncopied");
        json_begin_array(w);
        for (size_t i = 0; i < it->uncopied.count; i++)
        {
            json_begin_object(w);
            json_put_int(w, "id", it->uncopied.items[i].id);
            json_end_object(w);
        }
        json_end_array(w);
    }
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static Dashboard
copy_of(const Request *req, const Dashboard *from)
{
    const CopyInput *input = req->input;
    Dashboard made = *from;

    made.id = 0;
    made.entity_id = NULL;
    made.name = input->name == NULL ? from->name : input->name;
    if (json_get(req->json, "description") != NULL)
        made.description = input->description;
    made.creator_id = req->who.user.id;
    made.collection_position = input->collection_position;
    made.public_uuid = NULL;
    made.made_public_by_id = (OptInt){ 0 };
    made.enable_embedding = made.archived = made.archived_directly = false;
    made.embedding_params = NULL;
    made.view_count = 0;
    return made;
}

static bool
post_copy(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const CopyInput *input = req->input;
    Copying it = { .deep = input->is_deep_copy };
    Dashboard from;
    Content content;

    if (!dashboard_open(req, req->id, ACCESS_READ, &content, &from, err))
        return false;
    it.content = &content;
    it.from = &from;
    it.made = copy_of(req, &from);
    if (!content_read_collection(req, "collection_id", &it.made.collection_id, err) ||
        !content_require(&content, it.made.collection_id, ACCESS_WRITE, err) ||
        !store_begin(req->store, &tx, err))
        return false;
    it.tx = tx;
    return dashboard_create(tx, req->arena, &it.made, err) && copy_cards(&it, err) &&
           history_note_dashboard(req, tx, &it.made, (Change){ .is_creation = true }, err) &&
           api_audit(req, tx, "dashboard-copy", "Dashboard", it.made.id,
                     api_detail(req, "name", it.made.name), err) &&
           store_commit(&tx, err) && answer_copy(&it, res, err);
}

/* The questions that live inside it. */
static bool
list_items(Request *req, Response *res, Error *err)
{
    CardFilter filter = { .archived = { true, false }, .dashboard_id = req->id };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Dashboard dashboard;
    Content content;
    CardList list;

    if (!dashboard_open(req, req->id, ACCESS_READ, &content, &dashboard, err) ||
        !card_list(req->store, req->arena, &filter, &list, err))
        return false;
    json_begin_object(w);
    json_key(w, "data");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        json_begin_object(w);
        bind_write(w, card_columns, &list.items[i]);
        json_put_text(w, "model", "card");
        json_end_object(w);
    }
    json_end_array(w);
    json_key(w, "models");
    json_begin_array(w);
    if (list.count > 0)
        json_text(w, "card");
    json_end_array(w);
    answer_page_end(w, (int64_t) list.count, (Page){ 0 });
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route dashboard_routes[] = {
    ROUTE_ON(API, GET,    "/api/dashboard",           list_dashboards,  USER, "Dashboards", .query = list_query),
    ROUTE_ON(API, POST,   "/api/dashboard",           post_dashboard,   USER, "Make a dashboard", .body = create_fields),
    ROUTE_ON(API, GET,    "/api/dashboard/:id",       get_dashboard,    USER, "One dashboard with its cards", .query = get_query, .entity = dashboard_by_entity),
    ROUTE_ON(API, PUT,    "/api/dashboard/:id",       put_dashboard,    USER, "Change a dashboard, its tabs and cards", .body = update_fields, .entity = dashboard_by_entity),
    ROUTE_ON(API, DELETE, "/api/dashboard/:id",       delete_dashboard, USER, "Delete a dashboard for good", .entity = dashboard_by_entity),
    ROUTE_ON(API, POST,   "/api/dashboard/:id/copy",  post_copy,        USER, "Copy a dashboard, and its cards when asked", .body = copy_fields, .entity = dashboard_by_entity),
    ROUTE_ON(API, GET,    "/api/dashboard/:id/items", list_items,       USER, "Questions that live inside a dashboard", .entity = dashboard_by_entity),
    { 0 },
};
// clang-format on
