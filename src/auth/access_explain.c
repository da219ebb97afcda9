/* Why somebody may or may not: the same decisions, told step by step. */
#include "auth/access.h"

#include "store/database.h"
#include "store/metadata.h"

#include <string.h>

enum
{
    MAX_REASONS = 40
};

/* What is being told. */
typedef struct Story
{
    const Identity *who;
    Store *store;
    Arena *arena;
    Explanation *out;
} Story;

static void tell(const Story *story, const char *format, ...) PRINTF_LIKE(2, 3);

static void
tell(const Story *story, const char *format, ...)
{
    TextList *reasons = &story->out->reasons;
    va_list args;

    if (reasons->count == MAX_REASONS)
        return;
    va_start(args, format);
    reasons->items[reasons->count++] = arena_vformat(story->arena, format, args);
    va_end(args);
}

static const char *
group_name(const Story *story, int64_t id)
{
    Group group;

    return group_find(story->store, story->arena, id, &group, &(Error){ 0 }) ? group.name
                                                                             : "a group";
}

static void
tell_groups(const Story *story)
{
    if (!story->who->user.is_active)
        tell(story, "the account is deactivated: nobody can log in with it");
    if (access_is_admin(story->who))
        tell(story, "is in the group Administrators, who may do everything");
    for (size_t i = 0; i < story->who->groups.count; i++)
        tell(story, "is in the group %s", group_name(story, story->who->groups.items[i]));
}

static bool
explain_collection(const Story *story, OptInt id, Error *err)
{
    const Collection *collection = NULL;
    Rights rights;
    int64_t owner;

    if (!access_rights(story->who, story->store, story->arena, &rights, err))
        return false;
    if (id.set)
    {
        collection = rights_collection(&rights, id.value);
        if (collection == NULL)
            return error_set(err, ERR_NOT_FOUND, "there is no such collection");
    }
    tell(story, "lies in the collection %s", collection == NULL ? "root" : collection->name);
    if (collection != NULL && collection->is_remote_synced)
        tell(story, "which is managed by a repository: its files alone change it");
    owner = rights_personal_owner(&rights, collection);
    if (owner != 0)
        tell(story, "which is personal: only its owner (user %lld) and administrators see it",
             (long long) owner);
    for (size_t i = 0; owner == 0 && i < rights.grants.count; i++)
    {
        const Grant *grant = &rights.grants.items[i];
        const char *object =
            id.set ? arena_format(story->arena, "/collection/%lld/", (long long) id.value)
                   : "/collection/root/";

        if (strncmp(grant->object, object, strlen(object)) == 0)
            tell(story, "the group %s may %s it", group_name(story, grant->group_id),
                 grant->object[strlen(object)] == '\0' ? "see and change" : "see");
    }
    story->out->may_read = rights_to_collection(&rights, id, NULL, ACCESS_READ);
    story->out->may_write = rights_to_collection(&rights, id, NULL, ACCESS_WRITE);
    return true;
}

static bool
explain_data(const Story *story, int64_t database_id, int64_t table_id, Error *err)
{
    RowConditionList conditions;
    DataGrantList grants;
    DataSight sight;
    int level;

    if (!data_grant_list(story->store, story->arena, database_id, 0, &grants, err) ||
        !access_data_sight(story->who, story->store, story->arena, &sight, err) ||
        !access_row_filters(story->who, story->store, story->arena, &conditions, err) ||
        !access_data_level(story->who, story->store, story->arena, DATA_CREATE, database_id,
                           table_id, &level, err))
        return false;
    for (size_t i = 0; i < grants.count; i++)
        if (!grants.items[i].table_id.set || grants.items[i].table_id.value == table_id)
            tell(story, "the group %s has %s = %s on %s",
                 group_name(story, grants.items[i].group_id), grants.items[i].perm_type + 6,
                 grants.items[i].perm_value,
                 grants.items[i].table_id.set ? "this table" : "the database");
    for (size_t i = 0; i < conditions.count; i++)
        if (conditions.items[i].table_id == table_id)
            tell(story, "sees only rows where field %lld %s %s (group %s)",
                 (long long) conditions.items[i].field_id, conditions.items[i].operator,
                 json_print(story->arena, conditions.items[i].values),
                 group_name(story, conditions.items[i].group_id));
    if (sight.hidden.count > 0)
        tell(story, "%zu fields are hidden", sight.hidden.count);
    story->out->may_read = table_id == 0 ? sight_of_database(&sight, database_id)
                                         : sight_of_table(&sight, database_id, table_id);
    story->out->may_write = story->out->may_read && level > 0;
    tell(story,
         story->out->may_write ? "may make questions on it" : "may not make questions on it");
    return true;
}

static bool
explain_card(const Story *story, int64_t id, Error *err)
{
    bool read, write;
    Card card;

    if (!card_find(story->store, story->arena, id, &card, err) ||
        !explain_collection(story, card.collection_id, err))
        return false;
    read = story->out->may_read;
    write = story->out->may_write;
    if (card.database_id.set &&
        !explain_data(story, card.database_id.value, card.table_id.value, err))
        return false;
    if (read && card.database_id.set && !story->out->may_read)
        tell(story, "sees the question, and is refused its answer");
    story->out->may_read = read;
    story->out->may_write = write;
    return true;
}

static bool
explain_table(const Story *story, int64_t id, Error *err)
{
    Table table;

    return table_find(story->store, story->arena, id, &table, err) &&
           explain_data(story, table.db_id, id, err);
}

static bool
explain_dashboard(const Story *story, int64_t id, Error *err)
{
    Dashboard dashboard;

    return dashboard_find(story->store, story->arena, id, &dashboard, err) &&
           explain_collection(story, dashboard.collection_id, err);
}

static bool
explain_database(const Story *story, int64_t id, Error *err)
{
    Database database;

    return database_find(story->store, story->arena, id, &database, err) &&
           explain_data(story, id, 0, err);
}

static bool
explain_folder(const Story *story, int64_t id, Error *err)
{
    return explain_collection(story, (OptInt){ true, id }, err);
}

static const struct
{
    const char *kind;
    bool (*explain)(const Story *story, int64_t id, Error *err);
} kinds[] = {
    { "card", explain_card },         { "dashboard", explain_dashboard },
    { "collection", explain_folder }, { "database", explain_database },
    { "table", explain_table },
};

bool
access_explain(const Identity *who, Store *store, Arena *arena, const char *what,
               Explanation *explanation, Error *err)
{
    Explanation made = { .reasons = { ARENA_ARRAY(arena, MAX_REASONS, const char *), 0 } };
    const Story story = { who, store, arena, &made };
    Str rest = str_of(what), kind;
    int64_t id = 0;
    bool done = false;

    tell_groups(&story);
    if (strcmp(what, "collection:root") == 0)
        done = true;
    else if (!str_split(&rest, ':', &kind) || rest.ptr == NULL ||
             !str_to_int(rest, 1, INT64_MAX, &id))
        return error_field(err, "what",
                           "value must be like card:12, dashboard:3, collection:root, "
                           "database:1 or table:7.");
    if (done && !explain_collection(&story, (OptInt){ 0 }, err))
        return false;
    for (size_t i = 0; !done && i < COUNT_OF(kinds); i++)
        if (str_is(kind, kinds[i].kind))
        {
            if (!kinds[i].explain(&story, id, err))
                return false;
            done = true;
        }
    if (!done)
        return error_field(err, "what",
                           "value must name a card, dashboard, collection, database "
                           "or table.");
    *explanation = made;
    return true;
}
