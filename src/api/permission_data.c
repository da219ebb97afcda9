/* Who may do what with data, as one graph of groups, databases, schemas and tables. */
#include "api/answer.h"
#include "api/tables.h"
#include "store/database.h"
#include "store/metadata.h"

#include <string.h>

/* How a kind of right is called in the graph, where its value is, and which words it knows. */
typedef struct Kind
{
    const char *key;
    const char *inside; /* "download": {"schemas": "full"}; NULL: right there */
    const char *type;
    const char *words[5];  /* in the graph */
    const char *values[5]; /* and in rows */
} Kind;

static const Kind kinds[] = {
    { "view-data",
      NULL,
      "perms/view-data",
      { "unrestricted", "legacy-no-self-service", "blocked" },
      { "unrestricted", "legacy-no-self-service", "blocked" } },
    { "create-queries",
      NULL,
      "perms/create-queries",
      { "query-builder-and-native", "query-builder", "no" },
      { "query-builder-and-native", "query-builder", "no" } },
    { "download",
      "schemas",
      "perms/download-results",
      { "full", "limited", "none" },
      { "one-million-rows", "ten-thousand-rows", "no" } },
    { "data-model", "schemas", "perms/manage-table-metadata", { "all", "none" }, { "yes", "no" } },
    { "details", NULL, "perms/manage-database", { "yes", "no" }, { "yes", "no" } },
};

typedef struct GraphQuery
{
    bool skip_graph;
    bool force;
} GraphQuery;

static const Field graph_query[] = {
    FIELD_AS(GraphQuery, skip_graph, "skip-graph"),
    FIELD(GraphQuery, force),
    { 0 },
};

static const char *
word_of(const Kind *kind, const char *value)
{
    for (size_t i = 0; i < COUNT_OF(kind->values) && kind->values[i] != NULL; i++)
        if (strcmp(kind->values[i], value) == 0)
            return kind->words[i];
    return kind->words[0];
}

static const char *
value_of(const Kind *kind, const char *word)
{
    for (size_t i = 0; i < COUNT_OF(kind->words) && kind->words[i] != NULL; i++)
        if (strcmp(kind->words[i], word) == 0)
            return kind->values[i];
    return NULL;
}

/* --------------------------------------------------------------------------------------- writing
 */

/* A word for the database, or a map of schemas to maps of tables. */
static Json *
level_tree(Arena *arena, const DataGrantList *list, int64_t group_id, int64_t db_id,
           const Kind *kind)
{
    Json *map = NULL;
    const char *whole = NULL;

    for (size_t i = 0; i < list->count; i++)
    {
        const DataGrant *it = &list->items[i];
        const char *schema = it->schema_name == NULL ? "" : it->schema_name;
        Json *tables;

        if (it->group_id != group_id || it->db_id != db_id ||
            strcmp(it->perm_type, kind->type) != 0)
            continue;
        if (!it->table_id.set)
        {
            whole = word_of(kind, it->perm_value);
            continue;
        }
        if (map == NULL)
            map = json_new(arena, JSON_OBJECT);
        tables = json_get(map, schema);
        if (tables == NULL)
            tables = json_put(arena, map, schema, json_new(arena, JSON_OBJECT));
        (void) json_put(arena, tables, arena_format(arena, "%lld", (long long) it->table_id.value),
                        json_new_text(arena, word_of(kind, it->perm_value)));
    }
    if (map != NULL)
        return map;
    return whole == NULL ? NULL : json_new_text(arena, whole);
}

/* A schema whose tables all say the same is one word, as programs send it and compare it. A whole
 * database is not: what is added to it later would be allowed too. */
static void
fold_schemas(Arena *arena, Json *map, const TableList *tables)
{
    for (Json *schema = map->first; schema != NULL; schema = schema->next)
    {
        const char *word = json_text_or(schema->first, "");
        size_t named = 0, all = 0;

        for (size_t i = 0; i < tables->count; i++)
            all += strcmp(tables->items[i].schema == NULL ? "" : tables->items[i].schema,
                          schema->key) == 0;
        for (const Json *one = schema->first; one != NULL; one = one->next)
            named += strcmp(json_text_or(one, ""), word) == 0;
        if (schema->count > 0 && named == all && named == schema->count)
        {
            Json folded = *json_new_text(arena, word);

            folded.key = schema->key;
            folded.next = schema->next;
            *schema = folded;
        }
    }
}

static Json *
administrator_level(Arena *arena, const Kind *kind)
{
    return json_new_text(arena, kind->words[0]);
}

static Json *
database_tree(Arena *arena, const DataGrantList *list, int64_t group_id, int64_t db_id,
              const TableList *tables)
{
    Json *made = json_new(arena, JSON_OBJECT);

    for (size_t k = 0; k < COUNT_OF(kinds); k++)
    {
        Json *level = group_id == GROUP_ADMINISTRATORS
                          ? administrator_level(arena, &kinds[k])
                          : level_tree(arena, list, group_id, db_id, &kinds[k]);

        if (level == NULL)
            continue;
        if (level->kind == JSON_OBJECT)
            fold_schemas(arena, level, tables);
        if (kinds[k].inside != NULL)
        {
            Json *outer = json_new(arena, JSON_OBJECT);

            (void) json_put(arena, outer, kinds[k].inside, level);
            level = outer;
        }
        (void) json_put(arena, made, kinds[k].key, level);
    }
    return made;
}

/* Of each database, in their order; none of those whose tables nobody has rights of their own to.
 */
static bool
read_tables(Request *req, Store *store, const DatabaseList *databases, const DataGrantList *grants,
            TableList *tables, Error *err)
{
    for (size_t d = 0; d < databases->count; d++)
    {
        const TableFilter filter = { .db_id = databases->items[d].id,
                                     .with_hidden = true,
                                     .with_inactive = true };
        bool is_split = false;

        for (size_t i = 0; i < grants->count; i++)
            is_split = is_split ||
                       (grants->items[i].db_id == filter.db_id && grants->items[i].table_id.set);
        if (is_split && !table_list(store, req->arena, &filter, &tables[d], err))
            return false;
    }
    return true;
}

/* group_id and db_id 0: all. */
static bool
make_graph(Request *req, Store *store, int64_t group_id, int64_t db_id, Json **graph, Error *err)
{
    Json *made = json_new(req->arena, JSON_OBJECT), *groups = json_new(req->arena, JSON_OBJECT);
    DataGrantList grants;
    DatabaseList databases;
    TableList *tables;
    GroupList list;
    int64_t revision;

    if (!group_list(store, req->arena, &list, err) ||
        !database_list(store, req->arena, &databases, err) ||
        !data_grant_list(store, req->arena, db_id, group_id, &grants, err) ||
        !data_graph_revision(store, req->arena, &revision, err))
        return false;
    tables = ARENA_ARRAY(req->arena, databases.count, TableList);
    if (!read_tables(req, store, &databases, &grants, tables, err))
        return false;
    (void) json_put(req->arena, made, "revision", json_new_int(req->arena, revision));
    (void) json_put(req->arena, made, "groups", groups);
    for (size_t g = 0; g < list.count; g++)
    {
        Json *one = json_new(req->arena, JSON_OBJECT);

        if (group_id != 0 && list.items[g].id != group_id)
            continue;
        for (size_t d = 0; d < databases.count; d++)
        {
            Json *levels = database_tree(req->arena, &grants, list.items[g].id,
                                         databases.items[d].id, &tables[d]);

            if ((db_id == 0 || databases.items[d].id == db_id) && levels->count > 0)
                (void) json_put(req->arena, one,
                                arena_format(req->arena, "%lld", (long long) databases.items[d].id),
                                levels);
        }
        (void) json_put(req->arena, groups,
                        arena_format(req->arena, "%lld", (long long) list.items[g].id), one);
    }
    *graph = made;
    return true;
}

static bool
answer_graph(Request *req, Response *res, int64_t group_id, int64_t db_id, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Json *graph = NULL;

    if (!make_graph(req, req->store, group_id, db_id, &graph, err))
        return false;
    json_tree(w, graph);
    return answer_send(&answer, res, err);
}

static bool
get_graph(Request *req, Response *res, Error *err)
{
    return answer_graph(req, res, 0, 0, err);
}

static bool
get_database_graph(Request *req, Response *res, Error *err)
{
    Database database;

    return database_find(req->store, req->arena, req->id, &database, err) &&
           answer_graph(req, res, 0, req->id, err);
}

static bool
get_group_graph(Request *req, Response *res, Error *err)
{
    Group group;

    return group_find(req->store, req->arena, req->id, &group, err) &&
           answer_graph(req, res, req->id, 0, err);
}

/* --------------------------------------------------------------------------------------- reading
 */

/* What is being changed. */
typedef struct Change
{
    Request *req;
    Store *tx;
    int64_t group_id;
    int64_t db_id;
    const Kind *kind;
} Change;

static bool
wrong_word(const Change *change, Error *err)
{
    return error_field(err, "groups", "%s: this word is not known, or not for tables.",
                       change->kind->key);
}

static bool
put_word(const Change *change, const Json *word, const Table *table, Error *err)
{
    const char *value = value_of(change->kind, json_text_or(word, ""));
    DataGrant grant = { .group_id = change->group_id,
                        .perm_type = change->kind->type,
                        .db_id = change->db_id,
                        .perm_value = value };

    if (value == NULL || (table != NULL && strcmp(value, "query-builder-and-native") == 0))
        return wrong_word(change, err);
    if (table != NULL)
    {
        grant.table_id = (OptInt){ true, table->id };
        grant.schema_name = table->schema;
    }
    return data_grant_put(change->tx, change->req->arena, &grant, err);
}

/* A word for all tables of a schema, or a map of tables to words. */
static bool
put_schema(const Change *change, const Json *schema, const TableList *tables, Error *err)
{
    for (size_t i = 0; i < tables->count; i++)
    {
        const Table *table = &tables->items[i];
        const Json *word = schema;

        if (strcmp(table->schema == NULL ? "" : table->schema, schema->key) != 0)
            continue;
        if (schema->kind == JSON_OBJECT)
            word =
                json_get(schema, arena_format(change->req->arena, "%lld", (long long) table->id));
        if (word != NULL && !put_word(change, word, table, err))
            return false;
    }
    return true;
}

static bool
put_kind(const Change *change, const Json *level, Error *err)
{
    TableFilter filter = { .db_id = change->db_id, .with_hidden = true, .with_inactive = true };
    TableList tables;

    if (change->kind->inside != NULL && level->kind == JSON_OBJECT)
        level = json_get(level, change->kind->inside);
    if (level == NULL)
        return true;
    if (level->kind == JSON_TEXT)
        return value_of(change->kind, level->text) == NULL
                   ? wrong_word(change, err)
                   : data_grant_clear(change->tx, change->req->arena, change->group_id,
                                      change->kind->type, change->db_id, err) &&
                         put_word(change, level, NULL, err);
    if (level->kind != JSON_OBJECT)
        return wrong_word(change, err);
    if (!table_list(change->tx, change->req->arena, &filter, &tables, err))
        return false;
    /* From here on each table speaks for itself: what is not named is not allowed. */
    for (const Json *schema = level->first; schema != NULL; schema = schema->next)
        if (!put_schema(change, schema, &tables, err))
            return false;
    return true;
}

/* Tables get lines of their own: a line of the whole database would allow the others. */
static bool
split_whole(const Change *change, const Json *level, Error *err)
{
    TableFilter filter = { .db_id = change->db_id, .with_hidden = true, .with_inactive = true };
    DataGrantList list;
    TableList tables;
    const char *whole = NULL;
    Json *word;

    if (change->kind->inside != NULL)
        level = json_get(level, change->kind->inside);
    if (level == NULL || level->kind != JSON_OBJECT)
        return true;
    if (!data_grant_list(change->tx, change->req->arena, change->db_id, change->group_id, &list,
                         err) ||
        !table_list(change->tx, change->req->arena, &filter, &tables, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (!list.items[i].table_id.set && strcmp(list.items[i].perm_type, change->kind->type) == 0)
            whole = word_of(change->kind, list.items[i].perm_value);
    if (whole == NULL)
        return true;
    if (strcmp(whole, "query-builder-and-native") == 0)
        whole = "query-builder";
    if (!data_grant_clear(change->tx, change->req->arena, change->group_id, change->kind->type,
                          change->db_id, err))
        return false;
    word = json_new_text(change->req->arena, whole);
    for (size_t i = 0; i < tables.count; i++)
        if (!put_word(change, word, &tables.items[i], err))
            return false;
    return true;
}

static bool
put_database(Request *req, Store *tx, int64_t group_id, const Json *levels, Error *err)
{
    Change change = { .req = req, .tx = tx, .group_id = group_id };
    Database database;

    if (!str_to_int(str_of(levels->key), 1, INT64_MAX, &change.db_id) ||
        !database_find(tx, req->arena, change.db_id, &database, &(Error){ 0 }))
        return error_field(err, "groups", "there is no database %s.", levels->key);
    if (levels->kind != JSON_OBJECT)
        return error_field(err, "groups", "value must be a map of rights.");
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
    {
        const Json *level = json_get(levels, kinds[k].key);

        change.kind = &kinds[k];
        if (level != NULL && level->kind != JSON_NULL &&
            (!split_whole(&change, level, err) || !put_kind(&change, level, err)))
            return false;
    }
    return true;
}

static bool
put_groups(Request *req, Store *tx, const Json *groups, Error *err)
{
    for (const Json *one = groups->first; one != NULL; one = one->next)
    {
        Group group;
        int64_t id;

        if (!str_to_int(str_of(one->key), 1, INT64_MAX, &id) ||
            !group_find(tx, req->arena, id, &group, &(Error){ 0 }))
            return error_field(err, "groups", "there is no group %s.", one->key);
        if (one->kind != JSON_OBJECT)
            return error_field(err, "groups", "value must be a map of databases.");
        for (const Json *levels = one->first; levels != NULL; levels = levels->next)
            if (id != GROUP_ADMINISTRATORS && !put_database(req, tx, id, levels, err))
                return false;
    }
    return true;
}

typedef struct GraphInput
{
    OptInt revision;
    const Json *groups;
} GraphInput;

static const Field graph_fields[] = {
    FIELD(GraphInput, revision, .nullable = true, .min = 0, .max = INT64_MAX),
    FIELD(GraphInput, groups, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    { 0 },
};

static bool
check_revision(const GraphInput *input, bool force, const Json *graph, Error *err)
{
    if (force || !input->revision.set ||
        input->revision.value == json_int_or(json_get(graph, "revision"), 0))
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
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Json *before = NULL, *after = NULL;
    int64_t revision;

    if (!store_begin(req->store, &tx, err) || !make_graph(req, tx, 0, 0, &before, err) ||
        !check_revision(input, query->force, before, err) ||
        !put_groups(req, tx, input->groups, err) || !make_graph(req, tx, 0, 0, &after, err) ||
        !data_graph_note(tx, req->arena, before, after, req->who.user.id, &revision, err) ||
        !api_audit(req, tx, "data-graph-update", NULL, 0, NULL, err) || !store_commit(&tx, err))
        return false;
    json_begin_object(w);
    json_put_int(w, "revision", revision);
    if (!query->skip_graph)
        json_put_tree(w, "groups", json_get(after, "groups"));
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route permission_data_routes[] = {
    ROUTE_ON(ADMIN, GET, "/api/permissions/graph",           get_graph,          ADMIN, "Who may do what with data"),
    ROUTE_ON(ADMIN, PUT, "/api/permissions/graph",           put_graph,          ADMIN, "Change who may; only what is sent changes", .body = graph_fields, .query = graph_query),
    ROUTE_ON(ADMIN, GET, "/api/permissions/graph/db/:id",    get_database_graph, ADMIN, "The same of one database"),
    ROUTE_ON(ADMIN, GET, "/api/permissions/graph/group/:id", get_group_graph,    ADMIN, "The same of one group"),
    { 0 },
};
// clang-format on
