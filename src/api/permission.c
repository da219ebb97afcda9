/* Who may see and change which collection, as one graph. That of data is in permission_data.c. */
#include "api/answer.h"
#include "api/collection.h"
#include "api/tables.h"

#include <string.h>

typedef struct GraphQuery
{
    const char *namespace;
    bool skip_graph;
    bool force;
} GraphQuery;

static const Field graph_query[] = {
    FIELD(GraphQuery, namespace, .max = 100),
    FIELD_AS(GraphQuery, skip_graph, "skip-graph"),
    FIELD(GraphQuery, skip_graph),
    FIELD(GraphQuery, force),
    { 0 },
};

static const char *
object_of(Arena *arena, const char *key, const char *namespace, bool read)
{
    const char *tail = read ? "read/" : "";

    if (strcmp(key, "root") != 0)
        return arena_format(arena, "/collection/%s/%s", key, tail);
    if (namespace == NULL)
        return arena_format(arena, "/collection/root/%s", tail);
    return arena_format(arena, "/collection/namespace/%s/root/%s", namespace, tail);
}

/* "read", "write", or NULL. */
static const char *
level_of(Arena *arena, const GrantList *grants, int64_t group_id, const char *key,
         const char *namespace)
{
    const char *level = NULL;

    if (group_id == GROUP_ADMINISTRATORS)
        return "write";
    for (size_t i = 0; i < grants->count; i++)
    {
        const Grant *grant = &grants->items[i];

        if (grant->group_id != group_id)
            continue;
        if (strcmp(grant->object, object_of(arena, key, namespace, false)) == 0)
            return "write";
        if (strcmp(grant->object, object_of(arena, key, namespace, true)) == 0)
            level = "read";
    }
    return level;
}

/* Collections that people's rights are about: not those of one person, not the trash. */
static bool
has_rights(const Content *content, const Collection *it, const char *namespace)
{
    return !collection_is_trash(it) && !it->archived && same_namespace(it->namespace, namespace) &&
           rights_personal_owner(&content->rights, it) == 0;
}

static void
put_level(Arena *arena, Json *levels, const GrantList *grants, int64_t group_id, const char *key,
          const char *namespace)
{
    const char *level = level_of(arena, grants, group_id, key, namespace);

    if (level != NULL)
        (void) json_put(arena, levels, key, json_new_text(arena, level));
}

static bool
make_graph(Request *req, Store *store, const char *namespace, Json **graph, Error *err)
{
    Json *made = json_new(req->arena, JSON_OBJECT), *groups = json_new(req->arena, JSON_OBJECT);
    Content content;
    GroupList list;
    GrantList grants;
    int64_t revision;

    if (!content_open(req, &content, err) || !group_list(store, req->arena, &list, err) ||
        !grant_list(store, req->arena, &grants, err) ||
        !collection_graph_revision(store, req->arena, &revision, err))
        return false;
    (void) json_put(req->arena, made, "revision", json_new_int(req->arena, revision));
    (void) json_put(req->arena, made, "groups", groups);
    for (size_t g = 0; g < list.count; g++)
    {
        Json *levels = json_new(req->arena, JSON_OBJECT);
        int64_t id = list.items[g].id;

        put_level(req->arena, levels, &grants, id, "root", namespace);
        for (size_t i = 0; i < content.rights.collections.count; i++)
        {
            const Collection *it = &content.rights.collections.items[i];

            if (has_rights(&content, it, namespace))
                put_level(req->arena, levels, &grants, id,
                          arena_format(req->arena, "%lld", (long long) it->id), namespace);
        }
        (void) json_put(req->arena, groups, arena_format(req->arena, "%lld", (long long) id),
                        levels);
    }
    *graph = made;
    return true;
}

static bool
answer_tree(Request *req, Response *res, const Json *tree, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    json_tree(w, tree);
    return answer_send(&answer, res, err);
}

static bool
get_graph(Request *req, Response *res, Error *err)
{
    const GraphQuery *query = req->query;
    Json *graph = NULL;

    return make_graph(req, req->store, query->namespace, &graph, err) &&
           answer_tree(req, res, graph, err);
}

typedef struct GraphInput
{
    OptInt revision;
    const Json *groups;
    bool skip_graph;
    bool force;
    const char *namespace;
} GraphInput;

static const Field graph_fields[] = {
    FIELD(GraphInput, revision, .nullable = true, .min = 0, .max = INT64_MAX),
    FIELD(GraphInput, groups, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    FIELD(GraphInput, skip_graph, .nullable = true),
    FIELD(GraphInput, force, .nullable = true),
    FIELD(GraphInput, namespace, .nullable = true, .max = 100),
    { 0 },
};

static bool
put_one(Request *req, Store *tx, int64_t group_id, const Json *item, const char *namespace,
        Error *err)
{
    const char *key = item->key, *level = json_text_or(item, "");
    Collection collection = { 0 };
    int64_t id = 0;

    if (strcmp(level, "read") != 0 && strcmp(level, "write") != 0 && strcmp(level, "none") != 0)
        return error_field(err, "groups", "value must be read, write or none.");
    if (strcmp(key, "root") != 0 &&
        (!str_to_int(str_of(key), 1, INT64_MAX, &id) ||
         !collection_find(tx, req->arena, id, &collection, &(Error){ 0 }) ||
         collection_is_trash(&collection) || collection.personal_owner_id.set))
        return error_field(err, "groups", "there is no collection %s whose rights can be set.",
                           key);
    if (!grant_remove(tx, req->arena, group_id, object_of(req->arena, key, namespace, false),
                      err) ||
        !grant_remove(tx, req->arena, group_id, object_of(req->arena, key, namespace, true), err))
        return false;
    return strcmp(level, "none") == 0 ||
           grant_add(tx, req->arena, group_id,
                     object_of(req->arena, key, namespace, strcmp(level, "read") == 0), id, err);
}

/* Only what was sent changes. Administrators may always do everything. */
static bool
put_groups(Request *req, Store *tx, const Json *groups, const char *namespace, Error *err)
{
    for (const Json *levels = groups->first; levels != NULL; levels = levels->next)
    {
        Group group;
        int64_t id;

        if (!str_to_int(str_of(levels->key), 1, INT64_MAX, &id) ||
            !group_find(tx, req->arena, id, &group, &(Error){ 0 }))
            return error_field(err, "groups", "there is no group %s.", levels->key);
        if (levels->kind != JSON_OBJECT)
            return error_field(err, "groups", "value must be a map of collections.");
        for (const Json *item = levels->first; item != NULL; item = item->next)
            if (id != GROUP_ADMINISTRATORS && !put_one(req, tx, id, item, namespace, err))
                return false;
    }
    return true;
}

static bool
check_revision(const GraphInput *input, bool force, const Json *graph, Error *err)
{
    int64_t current = json_int_or(json_get(graph, "revision"), 0);

    if (force || !input->revision.set || input->revision.value == current)
        return true;
    (void) error_set(
        err, ERR_CONFLICT,
        "Looks like someone else edited the permissions and your data is out of date.");
    return error_hint(err, "Please fetch new data and try again.");
}

static bool
put_graph(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const GraphInput *input = req->input;
    const GraphQuery *query = req->query;
    const char *namespace = input->namespace != NULL ? input->namespace : query->namespace;
    Json *before = NULL, *after = NULL;
    int64_t revision;

    if (!store_begin(req->store, &tx, err) || !make_graph(req, tx, namespace, &before, err) ||
        !check_revision(input, input->force || query->force, before, err) ||
        !put_groups(req, tx, input->groups, namespace, err) ||
        !make_graph(req, tx, namespace, &after, err) ||
        !collection_graph_note(tx, req->arena, before, after, req->who.user.id, &revision, err) ||
        !api_audit(req, tx, "collection-graph-update", NULL, 0, NULL, err) ||
        !store_commit(&tx, err))
        return false;
    (void) json_put(req->arena, after, "revision", json_new_int(req->arena, revision));
    if (input->skip_graph || query->skip_graph)
        (void) json_put(req->arena, after, "groups", json_new(req->arena, JSON_OBJECT));
    return answer_tree(req, res, after, err);
}

// clang-format off
const Route permission_routes[] = {
    ROUTE_ON(ADMIN, GET, "/api/collection/graph", get_graph, ADMIN, "Who may see and change which collection", .query = graph_query),
    ROUTE_ON(ADMIN, PUT, "/api/collection/graph", put_graph, ADMIN, "Change who may; only what is sent changes", .body = graph_fields, .query = graph_query),
    { 0 },
};
// clang-format on
