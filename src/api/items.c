/* What lies in a collection: one list of all kinds of things, filtered, sorted, cut into pages. */
#include "api/answer.h"
#include "api/collection.h"
#include "api/review.h"
#include "api/tables.h"
#include "store/card.h"

#include <stdlib.h>
#include <string.h>

#define ITEM_MODELS                                                                                \
    "card|dataset|metric|dashboard|collection|snippet|timeline|pulse|document|table|transform|"    \
    "measure|indexed-entity|no_models"

typedef struct ItemsQuery
{
    TextList models;
    bool archived;
    const char *pinned_state;
    const char *sort_column;
    const char *sort_direction;
    OptBool official_collections_first;
    OptBool show_dashboard_questions;
    bool include_can_run_adhoc_query;
    const char *namespace;
    OptInt limit;
    OptInt offset;
} ItemsQuery;

static const Field items_query[] = {
    FIELD(ItemsQuery, models, .max = 20, .choices = ITEM_MODELS),
    FIELD(ItemsQuery, archived),
    FIELD(ItemsQuery, pinned_state, .choices = "all|is_pinned|is_not_pinned"),
    FIELD(ItemsQuery, sort_column,
          .choices = "name|last_edited_at|last_edited_by|model|description"),
    FIELD(ItemsQuery, sort_direction, .choices = "asc|desc"),
    FIELD(ItemsQuery, official_collections_first),
    FIELD(ItemsQuery, show_dashboard_questions),
    FIELD(ItemsQuery, include_can_run_adhoc_query),
    FIELD(ItemsQuery, namespace, .max = 100),
    FIELD(ItemsQuery, limit, .min = 0, .max = INT32_MAX),
    FIELD(ItemsQuery, offset, .min = 0, .max = INT32_MAX),
    { 0 },
};

/* Which collection is looked into. */
typedef struct Place
{
    const Collection *collection; /* NULL: the root */
    const char *namespace;
    bool trash;
    bool archived;
} Place;

static bool
is_among(const TextList *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0)
            return true;
    return false;
}

/* ----------------------------------------------------------------------------------------
 * gathering
 */

static Item
item_of_collection(const Content *content, const Collection *it)
{
    const Collection *above = collection_above(content, it);

    return (Item){
        .id = it->id,
        .model = "collection",
        .name = it->name,
        .description = it->description,
        .entity_id = it->entity_id,
        .collection_id = { above != NULL, above == NULL ? 0 : above->id },
        .archived = it->archived,
        .location = it->location,
        .personal_owner_id = it->personal_owner_id,
        .authority_level = it->authority_level,
        .type = it->type,
        .updated_at = it->created_at,
    };
}

/* Right inside, as far as they may see; in the trash, what was put there itself. */
static bool
is_inside(const Content *content, const Place *place, const Collection *it)
{
    const Collection *above;

    if (!collection_is_shown(content, it))
        return false;
    if (place->trash)
        return it->archived && it->archived_directly.value;
    if (it->archived != place->archived || !same_namespace(it->namespace, place->namespace))
        return false;
    above = collection_above(content, it);
    if (place->collection == NULL)
        return above == NULL && !it->personal_owner_id.set;
    return above != NULL && above->id == place->collection->id;
}

static bool
gather(const Content *content, const Place *place, ItemList *all, Error *err)
{
    const ItemsQuery *query = content->req->query;
    const CollectionList *collections = &content->rights.collections;
    ItemFilter filter = { .collection_id = place->collection == NULL ? 0 : place->collection->id,
                          .namespace = place->namespace,
                          .trash = place->trash,
                          .archived = place->archived,
                          .with_dashboard_questions = query->show_dashboard_questions.value };
    ItemList found, made;

    if (!collection_items(content->req->store, content->req->arena, &filter, &found, err))
        return false;
    made = (ItemList){ .items = ARENA_ARRAY(content->req->arena, found.count + collections->count,
                                            Item) };
    for (size_t i = 0; i < collections->count; i++)
        if (is_inside(content, place, &collections->items[i]))
            made.items[made.count++] = item_of_collection(content, &collections->items[i]);
    for (size_t i = 0; i < found.count; i++)
        if (!place->trash || content_may(content, found.items[i].collection_id, ACCESS_READ))
            made.items[made.count++] = found.items[i];
    *all = made;
    return true;
}

/* Old clients ask for models by the name that cards have, and mean both. */
static bool
is_wanted(const ItemsQuery *query, const Item *item)
{
    const char *pinned = query->pinned_state == NULL ? "all" : query->pinned_state;

    if (query->models.count > 0 && !is_among(&query->models, item->model))
        return false;
    if (strcmp(pinned, "is_pinned") == 0)
        return item->collection_position.set;
    return strcmp(pinned, "is_not_pinned") != 0 || !item->collection_position.set;
}

/* ------------------------------------------------------------------------------------------ order
 */

static int
compare_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a == NULL) - (b == NULL);
    return strcasecmp(a, b);
}

static int
compare_column(const Item *a, const Item *b, const char *column)
{
    if (strcmp(column, "last_edited_at") == 0)
        return compare_text(a->edited_at, b->edited_at);
    if (strcmp(column, "last_edited_by") == 0)
        return compare_text(a->editor_last_name, b->editor_last_name);
    if (strcmp(column, "model") == 0)
        return compare_text(a->model, b->model);
    if (strcmp(column, "description") == 0)
        return compare_text(a->description, b->description);
    return 0;
}

static int
compare(const void *left, const void *right, void *arg)
{
    const Item *a = left, *b = right;
    const ItemsQuery *query = arg;
    bool down = query->sort_direction != NULL && strcmp(query->sort_direction, "desc") == 0;
    int order;

    if (!query->official_collections_first.set || query->official_collections_first.value)
    {
        order = (b->authority_level != NULL) - (a->authority_level != NULL);
        if (order != 0)
            return order;
    }
    order = query->sort_column == NULL ? 0 : compare_column(a, b, query->sort_column);
    if (order == 0)
        order = compare_text(a->name, b->name);
    if (order == 0)
        return a->id < b->id ? -1 : a->id > b->id;
    return down ? -order : order;
}

/* Pinned things come in the order in which they were pinned. */
static int
compare_pins(const void *left, const void *right)
{
    const Item *a = left, *b = right;

    if (a->collection_position.value != b->collection_position.value)
        return a->collection_position.value < b->collection_position.value ? -1 : 1;
    return compare_text(a->name, b->name);
}

/* ---------------------------------------------------------------------------------------- writing
 */

static void
write_edit(JsonWriter *w, const Item *item)
{
    json_key(w, "last-edit-info");
    if (item->edited_at == NULL)
    {
        json_null(w);
        return;
    }
    json_begin_object(w);
    json_put_int(w, "id", item->editor_id);
    json_put_text(w, "email", item->editor_email);
    json_put_text(w, "first_name", item->editor_first_name);
    json_put_text(w, "last_name", item->editor_last_name);
    json_put_text(w, "timestamp", item->edited_at);
    json_end_object(w);
}

/* What a program may count on, in all kinds of things. */
static const Field shown[] = {
    FIELD(Item, id),
    FIELD(Item, model),
    FIELD(Item, name),
    FIELD(Item, description),
    FIELD(Item, entity_id),
    FIELD(Item, collection_id),
    FIELD(Item, collection_position),
    FIELD(Item, collection_preview),
    FIELD(Item, display),
    FIELD(Item, database_id),
    FIELD(Item, dashboard_id),
    FIELD(Item, archived),
    FIELD(Item, location),
    FIELD(Item, personal_owner_id),
    FIELD(Item, authority_level),
    FIELD(Item, last_used_at),
    { 0 },
};

/* What the items of a page say of each other. */
typedef struct Around
{
    ContentsList contents;
    IntList cards;  /* on dashboards, */
    IntList counts; /* and on how many */
    ReviewList reviews;
} Around;

static bool
is_question(const Item *item)
{
    return strcmp(item->model, "card") == 0 || strcmp(item->model, "dataset") == 0 ||
           strcmp(item->model, "metric") == 0;
}

static int64_t
dashboards_of(const Around *around, const Item *item)
{
    for (size_t i = 0; is_question(item) && i < around->cards.count; i++)
        if (around->cards.items[i] == item->id)
            return around->counts.items[i];
    return 0;
}

static void
write_item(JsonWriter *w, const Content *content, const Around *around, const Item *item)
{
    bool collection = strcmp(item->model, "collection") == 0;
    OptInt lies_in = collection ? (OptInt){ true, item->id } : item->collection_id;

    json_begin_object(w);
    bind_write(w, shown, item);
    write_edit(w, item);
    content_write_abilities(w, content, lies_in, item->archived);
    json_put_bool(w, "fully_parameterized", true);
    json_put_text(w, "moderated_status", review_status(&around->reviews, item->model, item->id));
    content_write_managed(w, content, lies_in);
    json_put_int(w, "dashboard_count", dashboards_of(around, item));
    if (collection)
    {
        collection_write_models(w, content, &around->contents,
                                rights_collection(&content->rights, item->id));
        json_put_text(w, "type", item->type);
    }
    json_end_object(w);
}

static void
write_models(JsonWriter *w, const ItemsQuery *query, const ItemList *all)
{
    TextList seen = { 0 };
    const char *names[16];

    seen.items = names;
    json_key(w, "models");
    json_begin_array(w);
    for (size_t i = 0; i < all->count && seen.count < COUNT_OF(names); i++)
        if (is_wanted(query, &all->items[i]) && !is_among(&seen, all->items[i].model))
        {
            names[seen.count++] = all->items[i].model;
            json_text(w, all->items[i].model);
        }
    json_end_array(w);
}

static bool
answer_items(const Content *content, const Place *place, Response *res, Error *err)
{
    const ItemsQuery *query = content->req->query;
    Answer answer;
    JsonWriter *w = answer_begin(content->req, &answer);
    int64_t from = query->offset.set ? query->offset.value : 0;
    int64_t most = query->limit.set ? query->limit.value : INT64_MAX - from;
    int64_t total = 0;
    Around around;
    ItemList all;
    Request *req = content->req;

    if (!gather(content, place, &all, err) ||
        !collection_contents(req->store, req->arena, &around.contents, err) ||
        !review_latest(req->store, req->arena, &around.reviews, err) ||
        !card_dashboard_counts(req->store, req->arena, &around.cards, &around.counts, err))
        return false;
    qsort_r(all.items, all.count, sizeof(Item), compare, (void *) query);
    if (query->pinned_state != NULL && strcmp(query->pinned_state, "is_pinned") == 0)
        qsort(all.items, all.count, sizeof(Item), compare_pins);
    json_begin_object(w);
    json_key(w, "data");
    json_begin_array(w);
    for (size_t i = 0; i < all.count; i++)
    {
        if (!is_wanted(query, &all.items[i]))
            continue;
        if (total >= from && total < from + most)
            write_item(w, content, &around, &all.items[i]);
        total++;
    }
    json_end_array(w);
    write_models(w, query, &all);
    answer_page_end(w, total, (Page){ query->limit, query->offset });
    json_end_object(w);
    return answer_send(&answer, res, err);
}

/* ----------------------------------------------------------------------------------------- routes
 */

static bool
get_items(Request *req, Response *res, Error *err)
{
    const ItemsQuery *query = req->query;
    Collection collection;
    Content content;
    Place place = { .collection = &collection };

    if (!collection_find(req->store, req->arena, req->id, &collection, err) ||
        !content_open(req, &content, err) ||
        !content_require(&content, (OptInt){ true, req->id }, ACCESS_READ, err))
        return false;
    place.namespace = collection.namespace;
    place.trash = collection_is_trash(&collection);
    place.archived = query->archived || collection.archived;
    return answer_items(&content, &place, res, err);
}

static bool
get_root_items(Request *req, Response *res, Error *err)
{
    const ItemsQuery *query = req->query;
    Place place = { .namespace = query->namespace, .archived = query->archived };
    Content content;

    if (!content_open(req, &content, err))
        return false;
    if (!rights_to_collection(&content.rights, (OptInt){ 0 }, query->namespace, ACCESS_READ))
        return error_set(err, ERR_DENIED, "You don't have permissions to do that.");
    return answer_items(&content, &place, res, err);
}

static bool
get_trash_items(Request *req, Response *res, Error *err)
{
    Collection trash;
    Content content;
    Place place = { .collection = &trash, .trash = true, .archived = true };

    return collection_trash(req->store, req->arena, &trash, err) &&
           content_open(req, &content, err) && answer_items(&content, &place, res, err);
}

// clang-format off
const Route items_routes[] = {
    ROUTE_ON(API, GET, "/api/collection/root/items",  get_root_items,  USER, "What lies in the root", .query = items_query),
    ROUTE_ON(API, GET, "/api/collection/trash/items", get_trash_items, USER, "What lies in the trash", .query = items_query),
    ROUTE_ON(API, GET, "/api/collection/:id/items",   get_items,       USER, "What lies in a collection", .query = items_query, .entity = collection_by_entity),
    { 0 },
};
// clang-format on
