/* Collections: list, tree, make, change, move, archive. What lies in them is in items.c, who may
 * see them in permission.c. */
#include "api/collection.h"

#include "api/answer.h"
#include "api/tables.h"

#include <string.h>

enum
{
    NAME_BYTES = 254,
    DESCRIPTION_BYTES = 65536
};

/* --------------------------------------------------------------------------------------- the tree
 */

bool
same_namespace(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

bool
collection_is_shown(const Content *content, const Collection *collection)
{
    OptInt id = { true, collection->id };

    return !collection_is_trash(collection) && content_may(content, id, ACCESS_READ);
}

const Collection *
collection_above(const Content *content, const Collection *collection)
{
    int64_t id = location_parent(collection->location);

    while (id != 0)
    {
        const Collection *above = rights_collection(&content->rights, id);

        if (above == NULL)
            return NULL;
        if (collection_is_shown(content, above))
            return above;
        id = location_parent(above->location);
    }
    return NULL;
}

/* "/3/7/" of what they may see. */
static const char *
effective_location(const Content *content, const Collection *collection)
{
    const char *location = "/";
    const Collection *above = collection_above(content, collection);

    for (; above != NULL; above = collection_above(content, above))
        location = arena_format(content->req->arena, "/%lld%s", (long long) above->id, location);
    return location;
}

static void
write_root_members(JsonWriter *w, const Content *content, const char *namespace)
{
    bool may = rights_to_collection(&content->rights, (OptInt){ 0 }, namespace, ACCESS_WRITE);

    json_put_text(w, "id", "root");
    json_put_text(w, "name", namespace == NULL ? "Our analytics" : "Top folder");
    json_put_null(w, "parent_id");
    json_put_null(w, "authority_level");
    json_put_bool(w, "is_personal", false);
    json_put_bool(w, "is_remote_synced", false);
    json_put_bool(w, "can_write", may);
    json_put_bool(w, "can_restore", false);
    json_put_bool(w, "can_delete", false);
}

static void
write_ancestors(JsonWriter *w, const Content *content, const Collection *collection)
{
    const Collection *chain[64];
    size_t count = 0;

    for (const Collection *above = collection_above(content, collection);
         above != NULL && count < COUNT_OF(chain); above = collection_above(content, above))
        chain[count++] = above;
    json_key(w, "effective_ancestors");
    json_begin_array(w);
    json_begin_object(w);
    write_root_members(w, content, collection->namespace);
    json_end_object(w);
    while (count > 0)
    {
        const Collection *above = chain[--count];

        json_begin_object(w);
        bind_write(w, collection_columns, above);
        json_put_bool(w, "can_write",
                      content_may(content, (OptInt){ true, above->id }, ACCESS_WRITE));
        json_end_object(w);
    }
    json_end_array(w);
}

/* Everything of an object that is open. */
static void
write_members(JsonWriter *w, const Content *content, const Collection *collection)
{
    const Collection *above = collection_above(content, collection);

    bind_write(w, collection_columns, collection);
    json_key(w, "parent_id");
    above == NULL ? json_null(w) : json_int(w, above->id);
    json_put_text(w, "effective_location", effective_location(content, collection));
    json_put_bool(w, "is_personal", rights_personal_owner(&content->rights, collection) != 0);
    content_write_abilities(w, content, (OptInt){ true, collection->id }, collection->archived);
}

void
collection_write(JsonWriter *w, const Content *content, const Collection *collection,
                 const char *namespace, bool ancestors)
{
    json_begin_object(w);
    if (collection != NULL)
    {
        write_members(w, content, collection);
        if (ancestors)
            write_ancestors(w, content, collection);
    }
    else
    {
        write_root_members(w, content, namespace);
        json_put_text(w, "effective_location", NULL);
        json_put_empty(w, "effective_ancestors");
    }
    json_end_object(w);
}

/* ----------------------------------------------------------------------------------------- lists
 */

typedef struct ListQuery
{
    bool archived;
    bool exclude_others;
    bool exclude_archived;
    bool personal_only;
    bool shallow;
    const char *namespace;
    TextList namespaces;
    int64_t collection_id;
} ListQuery;

static const Field list_query[] = {
    FIELD(ListQuery, archived),
    FIELD_AS(ListQuery, exclude_others, "exclude-other-user-collections"),
    FIELD_AS(ListQuery, exclude_archived, "exclude-archived"),
    FIELD_AS(ListQuery, personal_only, "personal-only"),
    FIELD(ListQuery, shallow),
    FIELD(ListQuery, namespace, .max = 100),
    FIELD(ListQuery, namespaces, .max = 20,
          .choices = "|snippets|transforms|analytics|shared-tenant-collection|tenant-specific"),
    FIELD_AS(ListQuery, collection_id, "collection-id", .min = 1, .max = INT64_MAX),
    { 0 },
};

static bool
is_wanted(const Content *content, const ListQuery *query, const Collection *collection)
{
    int64_t owner = rights_personal_owner(&content->rights, collection);

    if (!collection_is_shown(content, collection) || collection->archived != query->archived)
        return false;
    if (query->personal_only && !collection->personal_owner_id.set)
        return false;
    return !query->exclude_others || owner == 0 || owner == content->req->who.user.id;
}

static bool
list_collections(Request *req, Response *res, Error *err)
{
    const ListQuery *query = req->query;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Content content;

    if (!content_open(req, &content, err))
        return false;
    json_begin_array(w);
    if (!query->archived && !query->personal_only &&
        rights_to_collection(&content.rights, (OptInt){ 0 }, query->namespace, ACCESS_READ))
        collection_write(w, &content, NULL, query->namespace, false);
    for (size_t i = 0; i < content.rights.collections.count; i++)
    {
        const Collection *it = &content.rights.collections.items[i];

        if (same_namespace(it->namespace, query->namespace) && is_wanted(&content, query, it))
            collection_write(w, &content, it, NULL, false);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

/* One walk through the tree. */
typedef struct TreeWalk
{
    const Content *content;
    const ListQuery *query;
    ContentsList contents;
} TreeWalk;

static bool
has_namespace(const ListQuery *query, const Collection *collection)
{
    if (query->namespaces.count == 0)
        return same_namespace(collection->namespace, query->namespace);
    for (size_t i = 0; i < query->namespaces.count; i++)
        if (same_namespace(collection->namespace, query->namespaces.items[i]))
            return true;
    return false;
}

static bool
is_in_tree(const TreeWalk *walk, const Collection *collection, int64_t parent)
{
    const Collection *above;

    if (!has_namespace(walk->query, collection) ||
        !is_wanted(walk->content, walk->query, collection))
        return false;
    above = collection_above(walk->content, collection);
    return (above == NULL ? 0 : above->id) == parent;
}

/* Models in it and, with `deep`, in what is below it, each once. */
static void
write_models(const Content *content, const ContentsList *contents, JsonWriter *w, const char *key,
             const Collection *collection, bool deep)
{
    static const char *const models[] = { "card", "dataset", "metric", "dashboard" };
    const char *inside = collection_inside(content->req->arena, collection);

    json_key(w, key);
    json_begin_array(w);
    for (size_t m = 0; m < COUNT_OF(models); m++)
        for (size_t i = 0; i < contents->count; i++)
        {
            const Contents *it = &contents->items[i];
            const Collection *in = rights_collection(&content->rights, it->collection_id);
            bool found = it->collection_id == collection->id;

            if (deep)
                found = in != NULL && strncmp(in->location, inside, strlen(inside)) == 0 &&
                        content_may(content, (OptInt){ true, in->id }, ACCESS_READ);

            if (found && strcmp(it->model, models[m]) == 0)
            {
                json_text(w, models[m]);
                break;
            }
        }
    json_end_array(w);
}

void
collection_write_models(JsonWriter *w, const Content *content, const ContentsList *contents,
                        const Collection *collection)
{
    write_models(content, contents, w, "here", collection, false);
    write_models(content, contents, w, "below", collection, true);
}

enum
{
    TREE_DEPTH = 30
};

static void
write_tree(const TreeWalk *walk, JsonWriter *w, int64_t parent, int depth)
{
    const CollectionList *list = &walk->content->rights.collections;

    json_begin_array(w);
    for (size_t i = 0; depth < TREE_DEPTH && i < list->count; i++)
    {
        const Collection *it = &list->items[i];

        if (!is_in_tree(walk, it, parent))
            continue;
        json_begin_object(w);
        write_members(w, walk->content, it);
        collection_write_models(w, walk->content, &walk->contents, it);
        json_key(w, "children");
        if (walk->query->shallow)
        {
            json_begin_array(w);
            json_end_array(w);
        }
        else
            write_tree(walk, w, it->id, depth + 1);
        json_end_object(w);
    }
    json_end_array(w);
}

static bool
get_tree(Request *req, Response *res, Error *err)
{
    const ListQuery *query = req->query;
    ListQuery living = *query;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TreeWalk walk = { .query = &living };
    Content content;

    living.archived = false;
    walk.content = &content;
    if (!content_open(req, &content, err) ||
        !collection_contents(req->store, req->arena, &walk.contents, err))
        return false;
    write_tree(&walk, w, query->shallow ? query->collection_id : 0, 0);
    return answer_send(&answer, res, err);
}

/* ---------------------------------------------------------------------------------------- one */

static bool
open_collection(Request *req, int64_t id, Access access, Content *content, Collection *collection,
                Error *err)
{
    return collection_find(req->store, req->arena, id, collection, err) &&
           content_open(req, content, err) &&
           content_require(content, (OptInt){ true, id }, access, err);
}

static bool
answer_collection(Request *req, Response *res, int64_t id, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Collection collection;
    Content content;

    if (!open_collection(req, id, ACCESS_READ, &content, &collection, err))
        return false;
    collection_write(w, &content, &collection, NULL, true);
    return answer_send(&answer, res, err);
}

static bool
get_collection(Request *req, Response *res, Error *err)
{
    return answer_collection(req, res, req->id, err);
}

typedef struct RootQuery
{
    const char *namespace;
} RootQuery;

static const Field root_query[] = {
    FIELD(RootQuery, namespace, .max = 100),
    { 0 },
};

static bool
get_root(Request *req, Response *res, Error *err)
{
    const RootQuery *query = req->query;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Content content;

    if (!content_open(req, &content, err))
        return false;
    if (!rights_to_collection(&content.rights, (OptInt){ 0 }, query->namespace, ACCESS_READ))
        return error_set(err, ERR_DENIED, "You don't have permissions to do that.");
    collection_write(w, &content, NULL, query->namespace, true);
    return answer_send(&answer, res, err);
}

static bool
get_trash(Request *req, Response *res, Error *err)
{
    Collection trash;

    return collection_trash(req->store, req->arena, &trash, err) &&
           answer_collection(req, res, trash.id, err);
}

/* ------------------------------------------------------------------------------------- changing */

typedef struct CollectionInput
{
    const char *name;
    const char *description;
    const Json *parent_id;
    const char *namespace;
    const char *authority_level;
    bool archived;
    bool is_remote_synced;
} CollectionInput;

#define PARENT SHAPE(JSON_NUMBER) | SHAPE(JSON_TEXT)

static const Field create_fields[] = {
    FIELD(CollectionInput, name, .required = true, .not_blank = true, .max = NAME_BYTES),
    FIELD(CollectionInput, description, .nullable = true, .max = DESCRIPTION_BYTES),
    FIELD(CollectionInput, parent_id, .nullable = true, .shapes = PARENT, .max = 64),
    FIELD(CollectionInput, namespace, .nullable = true, .choices = "snippets"),
    FIELD(CollectionInput, authority_level, .nullable = true, .choices = "official"),
    FIELD_SKIP("color"),
    { 0 },
};

static const Field update_fields[] = {
    FIELD(CollectionInput, name, .not_blank = true, .max = NAME_BYTES),
    FIELD(CollectionInput, description, .nullable = true, .max = DESCRIPTION_BYTES),
    FIELD(CollectionInput, archived, .nullable = true),
    FIELD(CollectionInput, is_remote_synced),
    FIELD(CollectionInput, parent_id, .nullable = true, .shapes = PARENT, .max = 64),
    FIELD(CollectionInput, authority_level, .nullable = true, .choices = "official"),
    FIELD_SKIP("color"),
    { 0 },
};

/* Where it goes, and whether they may put it there. */
static bool
place(const Content *content, OptInt parent, const char *namespace, const char **location,
      Error *err)
{
    const Collection *into = NULL;

    if (!rights_to_collection(&content->rights, parent, namespace, ACCESS_WRITE))
    {
        (void) rights_refuse(&content->rights, parent, err);
        return false;
    }
    *location = "/";
    if (!parent.set)
        return true;
    into = rights_collection(&content->rights, parent.value);
    if (into == NULL || collection_is_trash(into) || !same_namespace(into->namespace, namespace))
        return error_field(err, "parent_id",
                           "value must be the id of a collection of the same kind.");
    *location = collection_inside(content->req->arena, into);
    return true;
}

static bool
post_collection(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const CollectionInput *input = req->input;
    Collection made = { .name = input->name,
                        .description = input->description,
                        .namespace = input->namespace,
                        .authority_level = input->authority_level };
    OptInt parent = { 0 };
    Content content;

    if (made.authority_level != NULL && !access_need(&req->who, NEED_ADMIN, err))
        return false;
    return content_open(req, &content, err) &&
           content_read_collection(req, "parent_id", &parent, err) &&
           place(&content, parent, made.namespace, &made.location, err) &&
           store_begin(req->store, &tx, err) && collection_create(tx, req->arena, &made, err) &&
           api_audit(req, tx, "collection-create", "Collection", made.id,
                     api_detail(req, "name", made.name), err) &&
           store_commit(&tx, err) && answer_collection(req, res, made.id, err);
}

/* The trash and somebody's own collection stay where and what they are. */
static bool
check_fixed(const Collection *collection, const Json *body, Error *err)
{
    bool moves = json_get(body, "archived") != NULL || json_get(body, "parent_id") != NULL;

    if (collection_is_trash(collection))
        return error_set(err, ERR_INVALID, "the trash cannot be changed");
    if (moves && collection->personal_owner_id.set)
        return error_set(err, ERR_INVALID, "a personal collection cannot be moved or archived");
    return true;
}

static bool
apply_members(Request *req, Store *tx, Collection *collection, Error *err)
{
    const CollectionInput *input = req->input;

    if (input->name != NULL)
        collection->name = input->name;
    if (json_get(req->json, "description") != NULL)
        collection->description = input->description;
    if (json_get(req->json, "authority_level") != NULL &&
        !same_namespace(collection->authority_level, input->authority_level))
    {
        if (!access_need(&req->who, NEED_ADMIN, err))
            return false;
        collection->authority_level = input->authority_level;
    }
    return collection_update(tx, req->arena, collection, err);
}

static bool
apply_move(Request *req, Store *tx, const Content *content, Collection *collection, Error *err)
{
    int64_t above = location_parent(collection->location);
    OptInt parent = { above != 0, above };
    const char *location;

    if (!content_read_collection(req, "parent_id", &parent, err))
        return false;
    if (parent.value == above)
        return true;
    return place(content, parent, collection->namespace, &location, err) &&
           collection_move(tx, req->arena, collection, location, err);
}

static bool
apply(Request *req, Store *tx, const Content *content, Collection *collection, Error *err)
{
    const CollectionInput *input = req->input;
    bool archived =
        json_get(req->json, "archived") != NULL ? input->archived : collection->archived;

    if (!apply_members(req, tx, collection, err) || !apply_move(req, tx, content, collection, err))
        return false;
    return archived == collection->archived ||
           collection_archive(tx, req->arena, collection, archived, err);
}

/* Given to a repository, or released: nothing else changes with it. */
static bool
apply_managed(Request *req, Store *tx, Collection *collection, Error *err)
{
    const CollectionInput *input = req->input;

    if (collection->namespace != NULL || collection->personal_owner_id.set)
        return error_field(err, "is_remote_synced", "only an ordinary collection can be managed.");
    return collection_manage(tx, req->arena, collection, input->is_remote_synced, err) &&
           api_audit(req, tx,
                     input->is_remote_synced ? "collection-managed" : "collection-released",
                     "Collection", req->id, api_detail(req, "name", collection->name), err);
}

static bool
put_managed(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Collection collection;
    Content content;

    return access_need(&req->who, NEED_ADMIN, err) &&
           open_collection(req, req->id, ACCESS_READ, &content, &collection, err) &&
           check_fixed(&collection, req->json, err) && store_begin(req->store, &tx, err) &&
           apply_managed(req, tx, &collection, err) && store_commit(&tx, err) &&
           answer_collection(req, res, req->id, err);
}

static bool
put_collection(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const CollectionInput *input = req->input;
    Collection collection;
    Content content;

    if (!collection_find(req->store, req->arena, req->id, &collection, err))
        return false;
    if (json_get(req->json, "is_remote_synced") != NULL &&
        input->is_remote_synced != collection.is_remote_synced)
        return put_managed(req, res, err);
    return check_fixed(&collection, req->json, err) &&
           open_collection(req, req->id, ACCESS_WRITE, &content, &collection, err) &&
           store_begin(req->store, &tx, err) && apply(req, tx, &content, &collection, err) &&
           api_audit(req, tx, "collection-update", "Collection", req->id,
                     api_detail(req, "name", collection.name), err) &&
           store_commit(&tx, err) && answer_collection(req, res, req->id, err);
}

static bool
delete_collection(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Collection collection;
    Content content;

    if (!open_collection(req, req->id, ACCESS_WRITE, &content, &collection, err))
        return false;
    if (!collection.archived)
        return error_set(err, ERR_INVALID, "Collection must be trashed before deletion.");
    return store_begin(req->store, &tx, err) &&
           collection_delete(tx, req->arena, &collection, err) &&
           api_audit(req, tx, "collection-delete", "Collection", req->id,
                     api_detail(req, "name", collection.name), err) &&
           store_commit(&tx, err) && answer_nothing(res);
}

// clang-format off
const Route collection_routes[] = {
    ROUTE_ON(API, GET,    "/api/collection",       list_collections,  USER, "Collections", .query = list_query),
    ROUTE_ON(API, POST,   "/api/collection",       post_collection,   USER, "Make a collection", .body = create_fields),
    ROUTE_ON(API, GET,    "/api/collection/tree",  get_tree,          USER, "Collections inside each other", .query = list_query),
    ROUTE_ON(API, GET,    "/api/collection/root",  get_root,          USER, "The root of collections", .query = root_query),
    ROUTE_ON(API, GET,    "/api/collection/trash", get_trash,         USER, "The trash"),
    ROUTE_ON(API, GET,    "/api/collection/:id",   get_collection,    USER, "One collection", .entity = collection_by_entity),
    ROUTE_ON(API, PUT,    "/api/collection/:id",   put_collection,    USER, "Change, move, archive a collection", .body = update_fields, .entity = collection_by_entity),
    ROUTE_ON(API, DELETE, "/api/collection/:id",   delete_collection, USER, "Delete an archived collection for good", .entity = collection_by_entity),
    { 0 },
};
// clang-format on
