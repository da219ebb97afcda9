/* Names of things, read once for an export or an import. */
#include "content/names.h"

#include <string.h>

static const char *
number_key(Arena *arena, int64_t id)
{
    return arena_format(arena, "%lld", (long long) id);
}

void
names_add(Names *names, ContentKind kind, int64_t id, const char *entity_id)
{
    int64_t *kept = ARENA_NEW(names->arena, int64_t);

    *kept = id;
    map_put(names->numbers[kind], entity_id, kept);
    map_put(names->entities[kind], number_key(names->arena, id), (void *) entity_id);
}

const char *
names_entity(const Names *names, ContentKind kind, int64_t id)
{
    return map_get(names->entities[kind], number_key(names->arena, id));
}

int64_t
names_number(const Names *names, ContentKind kind, const char *entity_id)
{
    const int64_t *id = map_get(names->numbers[kind], entity_id);

    return id == NULL ? 0 : *id;
}

static bool
read_snippets(Names *names, Error *err)
{
    SnippetList living, archived;
    SnippetList all = { 0 };

    if (!snippet_list(names->store, names->arena, false, &living, err) ||
        !snippet_list(names->store, names->arena, true, &archived, err))
        return false;
    all.items = ARENA_ARRAY(names->arena, living.count + archived.count + 1, Snippet);
    for (size_t i = 0; i < living.count; i++)
        all.items[all.count++] = living.items[i];
    for (size_t i = 0; i < archived.count; i++)
        all.items[all.count++] = archived.items[i];
    names->snippets = all;
    return true;
}

static bool
read_tabs(Names *names, Error *err)
{
    for (size_t i = 0; i < names->dashboards.count; i++)
    {
        TabList tabs;

        if (!tab_list(names->store, names->arena, names->dashboards.items[i].id, &tabs, err))
            return false;
        for (size_t t = 0; t < tabs.count; t++)
            names_add(names, KIND_TAB, tabs.items[t].id, tabs.items[t].entity_id);
    }
    return true;
}

static void
add_all(Names *names)
{
    for (size_t i = 0; i < names->collections.count; i++)
        names_add(names, KIND_COLLECTION, names->collections.items[i].id,
                  names->collections.items[i].entity_id);
    for (size_t i = 0; i < names->snippets.count; i++)
        names_add(names, KIND_SNIPPET, names->snippets.items[i].id,
                  names->snippets.items[i].entity_id);
    for (size_t i = 0; i < names->segments.count; i++)
        names_add(names, KIND_SEGMENT, names->segments.items[i].id,
                  names->segments.items[i].entity_id);
    for (size_t i = 0; i < names->measures.count; i++)
        names_add(names, KIND_MEASURE, names->measures.items[i].id,
                  names->measures.items[i].entity_id);
    for (size_t i = 0; i < names->dashboards.count; i++)
        names_add(names, KIND_DASHBOARD, names->dashboards.items[i].id,
                  names->dashboards.items[i].entity_id);
    for (size_t i = 0; i < names->cards.count; i++)
        names_add(names, KIND_CARD, names->cards.items[i].id, names->cards.items[i].entity_id);
}

bool
names_open(Store *store, Arena *arena, Names *names, Error *err)
{
    const CardFilter cards = { 0 };
    const DashboardFilter dashboards = { 0 };

    *names = (Names){ .store = store, .arena = arena };
    for (size_t i = 0; i < KIND_COUNT; i++)
    {
        names->numbers[i] = map_new(arena);
        names->entities[i] = map_new(arena);
    }
    names->tables = map_new(arena);
    names->tables_known = map_new(arena);
    names->fields = map_new(arena);
    names->databases_read = map_new(arena);
    if (!database_list(store, arena, &names->databases, err) ||
        !collection_list(store, arena, &names->collections, err) || !read_snippets(names, err) ||
        !segment_list(store, arena, 0, &names->segments, err) ||
        !measure_list(store, arena, 0, &names->measures, err) ||
        !dashboard_list(store, arena, &dashboards, &names->dashboards, err) ||
        !card_list(store, arena, &cards, &names->cards, err))
        return false;
    add_all(names);
    return read_tabs(names, err);
}

/* ------------------------------------------------------------------------------------ databases */

const Database *
names_database(const Names *names, int64_t id)
{
    for (size_t i = 0; i < names->databases.count; i++)
        if (names->databases.items[i].id == id)
            return &names->databases.items[i];
    return NULL;
}

const Database *
names_database_called(const Names *names, const char *name, const char **why)
{
    const Database *found = NULL;
    int count = 0;

    for (size_t i = 0; i < names->databases.count; i++)
        if (strcmp(names->databases.items[i].name, name) == 0)
        {
            found = &names->databases.items[i];
            count++;
        }
    if (count == 1)
        return found;
    *why = count == 0
               ? arena_format(names->arena,
                              "there is no database %s here: connect it under that name", name)
               : arena_format(names->arena, "%d databases are called %s: rename all but one", count,
                              name);
    return NULL;
}

/* --------------------------------------------------------------------------------------- tables */

static Json *
table_path(const Names *names, const Table *table)
{
    const Database *database = names_database(names, table->db_id);
    bool bare = table->schema == NULL || table->schema[0] == '\0';
    Json *path = json_new(names->arena, JSON_ARRAY);

    (void) json_add(path, json_new_text(names->arena, database == NULL ? NULL : database->name));
    (void) json_add(path, json_new_text(names->arena, bare ? NULL : table->schema));
    (void) json_add(path, json_new_text(names->arena, table->name));
    return path;
}

/* What is there now comes before what was there once. */
static bool
read_tables(Names *names, int64_t db_id, Error *err)
{
    TableFilter filter = { .db_id = db_id, .with_hidden = true, .with_inactive = true };
    const char *key = number_key(names->arena, db_id);
    TableList list;

    if (map_has(names->databases_read, key))
        return true;
    if (!table_list(names->store, names->arena, &filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
    {
        Table *table = &list.items[i];
        const char *path = json_print(names->arena, table_path(names, table));

        map_put(names->tables_known, number_key(names->arena, table->id), table);
        if (table->active || !map_has(names->tables, path))
            map_put(names->tables, path, table);
    }
    map_put(names->databases_read, key, names);
    return true;
}

static bool
find_table(Names *names, int64_t id, const Table **table, Error *err)
{
    Table found;
    Error missing = { 0 };

    *table = map_get(names->tables_known, number_key(names->arena, id));
    if (*table != NULL)
        return true;
    if (!table_find(names->store, names->arena, id, &found, &missing))
    {
        if (missing.code == ERR_NOT_FOUND)
            return true;
        *err = missing;
        return false;
    }
    if (!read_tables(names, found.db_id, err))
        return false;
    *table = map_get(names->tables_known, number_key(names->arena, id));
    return true;
}

Json *
names_table_path(Names *names, int64_t id, Error *err)
{
    const Table *table;

    if (!find_table(names, id, &table, err) || table == NULL)
        return NULL;
    return table_path(names, table);
}

static bool
is_path(const Json *json, size_t least, size_t most)
{
    size_t at = 0;

    if (json == NULL || json->kind != JSON_ARRAY || json->count < least || json->count > most)
        return false;
    for (const Json *item = json->first; item != NULL; item = item->next, at++)
        if (item->kind != JSON_TEXT && !(at == 1 && item->kind == JSON_NULL))
            return false;
    return true;
}

bool
names_is_table_path(const Json *json)
{
    return is_path(json, 3, 3);
}

bool
names_is_field_path(const Json *json)
{
    return is_path(json, 4, 20);
}

/* "main.orders", as people write it. */
static const char *
words_of(Arena *arena, const Json *schema, const char *table)
{
    return schema->kind == JSON_NULL ? table : arena_format(arena, "%s.%s", schema->text, table);
}

static bool
table_at(Names *names, const Json *path, const Table **table, const char **why, Error *err)
{
    const Json *schema = json_at(path, 1);
    const char *name = json_text_or(json_at(path, 2), "");
    const char *called = json_text_or(json_at(path, 0), "");
    const Database *database = names_database_called(names, called, why);
    Json *key = json_new(names->arena, JSON_ARRAY);

    *table = NULL;
    if (database == NULL)
        return true;
    if (!read_tables(names, database->id, err))
        return false;
    for (size_t i = 0; i < 3; i++)
        (void) json_add(key, json_share(names->arena, json_at(path, i)));
    *table = map_get(names->tables, json_print(names->arena, key));
    if (*table == NULL)
        *why = arena_format(names->arena, "there is no table %s in %s",
                            words_of(names->arena, schema, name), called);
    return true;
}

int64_t
names_table_at(Names *names, const Json *path, const char **why, Error *err)
{
    const Table *table;

    *why = NULL;
    return table_at(names, path, &table, why, err) && table != NULL ? table->id : 0;
}

/* --------------------------------------------------------------------------------------- fields */

static bool
read_fields(Names *names, int64_t table_id, const TableFieldList **fields, Error *err)
{
    FieldFilter filter = { .table_id = table_id, .with_hidden = true, .with_inactive = true };
    const char *key = number_key(names->arena, table_id);
    TableFieldList *list = map_get(names->fields, key);

    if (list == NULL)
    {
        list = ARENA_NEW(names->arena, TableFieldList);
        if (!field_list(names->store, names->arena, &filter, list, err))
            return false;
        map_put(names->fields, key, list);
    }
    *fields = list;
    return true;
}

static const TableField *
field_in(const TableFieldList *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].id == id)
            return &list->items[i];
    return NULL;
}

/* The names from the outermost to the field itself. */
static void
add_names(Names *names, Json *path, const TableFieldList *list, const TableField *field)
{
    const TableField *outer = field->parent_id.set ? field_in(list, field->parent_id.value) : NULL;

    if (outer != NULL && path->count < 20)
        add_names(names, path, list, outer);
    (void) json_add(path, json_new_text(names->arena, field->name));
}

Json *
names_field_path(Names *names, int64_t id, Error *err)
{
    const TableFieldList *list;
    const TableField *field;
    Error missing = { 0 };
    TableField found;
    Json *path;

    if (!field_find(names->store, names->arena, id, &found, &missing))
    {
        if (missing.code != ERR_NOT_FOUND)
            *err = missing;
        return NULL;
    }
    path = names_table_path(names, found.table_id, err);
    if (path == NULL || !read_fields(names, found.table_id, &list, err))
        return NULL;
    field = field_in(list, id);
    add_names(names, path, list, field == NULL ? &found : field);
    return path;
}

static const TableField *
field_called(const TableFieldList *list, int64_t parent, const char *name)
{
    const TableField *found = NULL;

    for (size_t i = 0; i < list->count; i++)
    {
        const TableField *it = &list->items[i];

        if (it->parent_id.value == parent && strcmp(it->name, name) == 0 &&
            (found == NULL || it->active))
            found = it;
    }
    return found;
}

int64_t
names_field_at(Names *names, const Json *path, const char **why, Error *err)
{
    const TableFieldList *list;
    const Table *table;
    int64_t id = 0;

    *why = NULL;
    if (!table_at(names, path, &table, why, err) || table == NULL ||
        !read_fields(names, table->id, &list, err))
        return 0;
    for (size_t i = 3; i < path->count; i++)
    {
        const char *name = json_text_or(json_at(path, i), "");
        const TableField *field = field_called(list, id, name);

        if (field == NULL)
        {
            *why = arena_format(names->arena, "there is no field %s in %s of %s", name,
                                words_of(names->arena, json_at(path, 1), table->name),
                                json_text_or(json_at(path, 0), ""));
            return 0;
        }
        id = field->id;
    }
    return id;
}
