/* Who may see, ask and take away data: by database and table, then rows and columns. */
#include "auth/access.h"

#include <string.h>

static const struct
{
    const char *type;
    const char *levels[4]; /* weakest first */
} data_rights[] = {
    [DATA_VIEW] = { "perms/view-data", { "blocked", "unrestricted" } },
    [DATA_CREATE] = { "perms/create-queries",
                      { "no", "query-builder", "query-builder-and-native" } },
    [DATA_DOWNLOAD] = { "perms/download-results",
                        { "no", "ten-thousand-rows", "one-million-rows" } },
    [DATA_METADATA] = { "perms/manage-table-metadata", { "no", "yes" } },
    [DATA_MANAGE] = { "perms/manage-database", { "no", "yes" } },
};

static int
strongest(DataRight right)
{
    int level = 0;

    while (level < 3 && data_rights[right].levels[level + 1] != NULL)
        level++;
    return level;
}

static int
level_of(DataRight right, const char *value)
{
    /* What Metabase calls a group that may look at answers, and ask nothing. */
    if (right == DATA_VIEW && strcmp(value, "legacy-no-self-service") == 0)
        return 1;
    for (int level = strongest(right); level > 0; level--)
        if (strcmp(data_rights[right].levels[level], value) == 0)
            return level;
    return 0;
}

static bool
in_groups(const Identity *who, int64_t group_id)
{
    for (size_t i = 0; i < who->groups.count; i++)
        if (who->groups.items[i] == group_id)
            return true;
    return false;
}

/* Of one group: the line of the table, else that of its database; -1 for no line. */
static int
group_level(const DataGrantList *list, int64_t group_id, DataRight right, int64_t table_id)
{
    int level = -1;

    for (size_t i = 0; i < list->count; i++)
    {
        const DataGrant *grant = &list->items[i];

        if (grant->group_id != group_id || strcmp(grant->perm_type, data_rights[right].type) != 0)
            continue;
        if (grant->table_id.set && grant->table_id.value == table_id)
            return level_of(right, grant->perm_value);
        if (!grant->table_id.set)
            level = level_of(right, grant->perm_value);
    }
    return level;
}

static int
data_level(const Identity *who, const DataGrantList *list, DataRight right, int64_t table_id)
{
    int best = 0;

    if (access_is_admin(who))
        return strongest(right);
    for (size_t i = 0; i < who->groups.count; i++)
    {
        int level = group_level(list, who->groups.items[i], right, table_id);

        if (level > best)
            best = level;
    }
    return best;
}

bool
access_data_level(const Identity *who, Store *store, Arena *arena, DataRight right,
                  int64_t database_id, int64_t table_id, int *level, Error *err)
{
    DataGrantList list;

    if (!data_grant_list(store, arena, database_id, 0, &list, err))
        return false;
    *level = data_level(who, &list, right, table_id);
    return true;
}

static bool
denied(Error *err, const char *why)
{
    return error_set(err, ERR_DENIED, "%s", why);
}

/* A table with a line of its own that says less than the database. */
static bool
has_weaker_table(const Identity *who, const DataGrantList *list, DataRight right, int wanted)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].table_id.set &&
            data_level(who, list, right, list->items[i].table_id.value) < wanted)
            return true;
    return false;
}

/* Are rows or columns of this database hidden from them? */
static bool
is_narrowed(const Identity *who, Store *store, Arena *arena, int64_t database_id, bool *narrowed,
            Error *err)
{
    HiddenFieldList hidden;
    RowFilterList filters;

    if (!row_filter_list(store, arena, &filters, err) ||
        !hidden_field_list(store, arena, &hidden, err))
        return false;
    *narrowed = false;
    for (size_t i = 0; i < filters.count; i++)
        if (filters.items[i].db_id == database_id && in_groups(who, filters.items[i].group_id))
            *narrowed = true;
    for (size_t i = 0; i < hidden.count; i++)
        if (hidden.items[i].db_id == database_id && in_groups(who, hidden.items[i].group_id))
            *narrowed = true;
    return true;
}

static bool
native_is_allowed(const Identity *who, Store *store, Arena *arena, int64_t database_id,
                  const DataGrantList *list, Error *err)
{
    bool narrowed;

    if (access_is_admin(who))
        return true;
    if (data_level(who, list, DATA_VIEW, 0) < 1 || has_weaker_table(who, list, DATA_VIEW, 1))
        return denied(err, "you may not see all data of this database");
    if (!is_narrowed(who, store, arena, database_id, &narrowed, err))
        return false;
    return !narrowed || denied(err, "rows or columns are hidden from you: SQL is not for you");
}

static bool
tables_are_allowed(const Identity *who, const DataGrantList *list, const int64_t *tables,
                   size_t count, DataRight right, Error *err)
{
    for (size_t i = 0; i < count; i++)
        if (data_level(who, list, right, tables[i]) < 1)
            return denied(err, right == DATA_VIEW ? "you may not see a table of this question"
                                                  : "you may not make questions on this table");
    if (count == 0 && data_level(who, list, right, 0) < 1)
        return denied(err, "you may not see this database");
    return true;
}

bool
access_to_saved_query(const Identity *who, Store *store, Arena *arena, int64_t database_id,
                      const int64_t *tables, size_t count, bool is_native, Error *err)
{
    DataGrantList list;

    if (!access_need(who, NEED_USER, err) ||
        !data_grant_list(store, arena, database_id, 0, &list, err))
        return false;
    return tables_are_allowed(who, &list, tables, count, DATA_VIEW, err) &&
           (!is_native || native_is_allowed(who, store, arena, database_id, &list, err));
}

bool
access_to_query(const Identity *who, Store *store, Arena *arena, int64_t database_id,
                const int64_t *tables, size_t count, bool is_native, Error *err)
{
    DataGrantList list;

    if (!access_to_saved_query(who, store, arena, database_id, tables, count, is_native, err) ||
        !data_grant_list(store, arena, database_id, 0, &list, err))
        return false;
    if (is_native)
        return data_level(who, &list, DATA_CREATE, 0) == strongest(DATA_CREATE) ||
               denied(err, "you may not write SQL for this database");
    return tables_are_allowed(who, &list, tables, count, DATA_CREATE, err);
}

bool
access_download_limit(const Identity *who, Store *store, Arena *arena, int64_t database_id,
                      const int64_t *tables, size_t count, int64_t *rows, Error *err)
{
    static const int64_t limits[4] = { 0, 10000, 1000000 };
    DataGrantList list = { 0 };
    int level = 0;

    if (!data_grant_list(store, arena, database_id, 0, &list, err))
        return false;
    level = data_level(who, &list, DATA_DOWNLOAD, 0);
    if (count > 0)
        level = strongest(DATA_DOWNLOAD);
    for (size_t i = 0; i < count; i++)
        if (data_level(who, &list, DATA_DOWNLOAD, tables[i]) < level)
            level = data_level(who, &list, DATA_DOWNLOAD, tables[i]);
    *rows = limits[level];
    return true;
}

/* -------------------------------------------------------------------------------- rows and columns
 */

/* What an administrator wrote comes before what the provider of log-ins said. */
static const Json *
attribute_of(const Identity *who, const char *name)
{
    const Json *value = json_get(who->user.login_attributes, name);

    return value != NULL ? value : json_get(who->user.jwt_attributes, name);
}

/* What a filter compares with, as a list; an attribute that is missing gives an empty one. */
static const Json *
values_of(const Identity *who, Arena *arena, const RowFilter *filter)
{
    const Json *value = filter->value;
    Json *list = json_new(arena, JSON_ARRAY);
    Json *copy;

    if (filter->user_attribute != NULL)
        value = attribute_of(who, filter->user_attribute);
    if (value == NULL || value->kind == JSON_NULL || value->kind == JSON_OBJECT)
        return list;
    if (value->kind == JSON_ARRAY)
        return value;
    copy = ARENA_NEW(arena, Json);
    *copy = *value;
    copy->key = NULL;
    copy->next = NULL;
    (void) json_add(list, copy);
    return list;
}

bool
access_row_filters(const Identity *who, Store *store, Arena *arena, RowConditionList *list,
                   Error *err)
{
    RowConditionList made = { 0 };
    RowFilterList filters;

    *list = made;
    if (access_is_admin(who))
        return true;
    if (!row_filter_list(store, arena, &filters, err))
        return false;
    made.items = ARENA_ARRAY(arena, filters.count, RowCondition);
    for (size_t i = 0; i < filters.count; i++)
        if (in_groups(who, filters.items[i].group_id))
            made.items[made.count++] = (RowCondition){
                .table_id = filters.items[i].table_id,
                .group_id = filters.items[i].group_id,
                .field_id = filters.items[i].field_id,
                .operator= filters.items[i].operator,
                .values = values_of(who, arena, &filters.items[i]),
            };
    *list = made;
    return true;
}

bool
access_hidden_fields(const Identity *who, Store *store, Arena *arena, IntList *fields, Error *err)
{
    HiddenFieldList hidden;
    IntList made = { 0 };

    *fields = made;
    if (access_is_admin(who))
        return true;
    if (!hidden_field_list(store, arena, &hidden, err))
        return false;
    made.items = ARENA_ARRAY(arena, hidden.count, int64_t);
    for (size_t i = 0; i < hidden.count; i++)
        if (in_groups(who, hidden.items[i].group_id))
            made.items[made.count++] = hidden.items[i].field_id;
    *fields = made;
    return true;
}

/* ------------------------------------------------------------------------------------ for lists */

bool
access_data_sight(const Identity *who, Store *store, Arena *arena, DataSight *sight, Error *err)
{
    *sight = (DataSight){ .who = who, .arena = arena };
    return data_grant_list(store, arena, 0, 0, &sight->grants, err) &&
           access_hidden_fields(who, store, arena, &sight->hidden, err);
}

static DataGrantList
of_database(const DataSight *sight, int64_t database_id)
{
    DataGrantList list = { .items = ARENA_ARRAY(sight->arena, sight->grants.count + 1, DataGrant) };

    for (size_t i = 0; i < sight->grants.count; i++)
        if (sight->grants.items[i].db_id == database_id)
            list.items[list.count++] = sight->grants.items[i];
    return list;
}

int
sight_level(const DataSight *sight, DataRight right, int64_t database_id, int64_t table_id)
{
    ArenaMark mark = arena_mark(sight->arena);
    DataGrantList list = of_database(sight, database_id);
    int level = data_level(sight->who, &list, right, table_id);

    arena_rewind(sight->arena, mark);
    return level;
}

bool
sight_of_table(const DataSight *sight, int64_t database_id, int64_t table_id)
{
    return access_is_admin(sight->who) || sight_level(sight, DATA_VIEW, database_id, table_id) > 0;
}

bool
sight_of_database(const DataSight *sight, int64_t database_id)
{
    if (sight_of_table(sight, database_id, 0))
        return true;
    for (size_t i = 0; i < sight->grants.count; i++)
        if (sight->grants.items[i].db_id == database_id && sight->grants.items[i].table_id.set &&
            sight_of_table(sight, database_id, sight->grants.items[i].table_id.value))
            return true;
    return false;
}

bool
sight_of_field(const DataSight *sight, int64_t field_id)
{
    for (size_t i = 0; i < sight->hidden.count; i++)
        if (sight->hidden.items[i] == field_id)
            return false;
    return true;
}
