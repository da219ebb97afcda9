/* Collections: rows, the tree that locations make, and what moves or goes along with one. */
#include "store/collection.h"

#include "store/store_private.h"
#include "store/user.h"

#include <stdlib.h>
#include <string.h>

extern const char sql_collection_list[], sql_collection_find[], sql_collection_find_by_entity_id[],
    sql_collection_trash[], sql_collection_personal[], sql_collection_create[],
    sql_collection_update[], sql_collection_move[], sql_collection_archive[],
    sql_collection_manage[], sql_collection_archive_cards[], sql_collection_archive_dashboards[],
    sql_collection_delete[], sql_collection_grants_copy[], sql_collection_items[],
    sql_collection_contents[], sql_collection_personal_id[];

enum
{
    MAX_VALUES = 24,
    SLUG_BYTES = 200
};

const Field collection_columns[] = {
    FIELD(Collection, id),
    FIELD(Collection, name),
    FIELD(Collection, slug),
    FIELD(Collection, description),
    FIELD(Collection, entity_id),
    FIELD(Collection, location),
    FIELD(Collection, archived),
    FIELD(Collection, archived_directly),
    FIELD(Collection, archive_operation_id),
    FIELD(Collection, personal_owner_id),
    FIELD(Collection, namespace),
    FIELD(Collection, authority_level),
    FIELD(Collection, type),
    FIELD(Collection, is_sample),
    FIELD(Collection, is_remote_synced),
    FIELD(Collection, created_at),
    { 0 },
};

const Field item_columns[] = {
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
    FIELD(Item, type),
    FIELD(Item, last_used_at),
    FIELD(Item, updated_at),
    FIELD(Item, editor_id),
    FIELD(Item, editor_email),
    FIELD(Item, editor_first_name),
    FIELD(Item, editor_last_name),
    FIELD(Item, edited_at),
    { 0 },
};

/* ------------------------------------------------------------------------------------- locations
 */

int64_t
location_parent(const char *location)
{
    size_t len = location == NULL ? 0 : strlen(location);
    size_t start;

    if (len < 3)
        return 0;
    for (start = len - 1; start > 0 && location[start - 1] != '/';)
        start--;
    return strtoll(location + start, NULL, 10);
}

int64_t
location_top(const char *location)
{
    return location == NULL || location[0] == '\0' ? 0 : strtoll(location + 1, NULL, 10);
}

const char *
collection_inside(Arena *arena, const Collection *collection)
{
    return arena_format(arena, "%s%lld/", collection->location, (long long) collection->id);
}

bool
collection_is_trash(const Collection *collection)
{
    return collection->type != NULL && strcmp(collection->type, "trash") == 0;
}

/* What is inside, at any depth. */
static const char *
below(Arena *arena, const Collection *collection)
{
    return like_pattern(arena, collection_inside(arena, collection), false);
}

/* "Équipe produit" gives "equipe_produit". */
static const char *
slug_of(Arena *arena, const char *name)
{
    char *slug = str_fold(arena, str_of(name));

    for (char *c = slug; *c != '\0'; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9')))
            *c = '_';
    return arena_text_n(arena, slug, strlen(slug) < SLUG_BYTES ? strlen(slug) : SLUG_BYTES);
}

/* --------------------------------------------------------------------------------------- finding
 */

bool
collection_list(Store *store, Arena *arena, CollectionList *list, Error *err)
{
    CollectionList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_collection_list, NULL, 0, &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Collection);
    for (; made.count < rows.count; made.count++)
        row_read(arena, collection_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

bool
collection_find(Store *store, Arena *arena, int64_t id, Collection *collection, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_collection_find, VALUES(VALUE_OF_INT(id)), "collection", id,
                      &rows, err))
        return false;
    row_read(arena, collection_columns, rows.row[0], collection);
    return true;
}

bool
collection_find_by_entity_id(Store *store, Arena *arena, const char *entity_id,
                             Collection *collection, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_collection_find_by_entity_id,
                     VALUES(VALUE_OF_TEXT(entity_id)), &rows, err))
        return false;
    if (rows.count == 0)
        return error_set(err, ERR_NOT_FOUND, "there is no such collection");
    row_read(arena, collection_columns, rows.row[0], collection);
    return true;
}

bool
collection_trash(Store *store, Arena *arena, Collection *collection, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_collection_trash, NULL, 0, &rows, err))
        return false;
    if (rows.count == 0)
        return error_set(err, ERR_INTERNAL, "the trash is gone");
    row_read(arena, collection_columns, rows.row[0], collection);
    return true;
}

static bool
insert(Store *store, Arena *arena, Collection *collection, Error *err)
{
    Value values[MAX_VALUES];
    size_t count;
    Rows rows;

    collection->slug = slug_of(arena, collection->name);
    if (collection->entity_id == NULL)
        collection->entity_id = random_entity_id(arena);
    collection->created_at = time_text(arena, time_now());
    if (collection->location == NULL)
        collection->location = "/";
    count = row_values(arena, collection_columns, collection, values);
    values[count++] = VALUE_OF_TEXT(search_words(arena, collection->name, collection->description));
    if (!store_query(store, arena, sql_collection_create, values + 1, count - 1, &rows, err))
        return false;
    collection->id = value_to_int(&rows.row[0][0], 0);
    return true;
}

static const char *
personal_name(Arena *arena, const User *user)
{
    bool french = user->locale != NULL && strncmp(user->locale, "fr", 2) == 0;

    return arena_format(arena, french ? "Collection personnelle de %s" : "%s's Personal Collection",
                        user->common_name);
}

static bool
find_personal(Store *store, Arena *arena, int64_t user_id, Collection *collection, bool *found,
              Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_collection_personal, VALUES(VALUE_OF_INT(user_id)), &rows,
                     err))
        return false;
    *found = rows.count > 0;
    if (*found)
        row_read(arena, collection_columns, rows.row[0], collection);
    return true;
}

static bool
make_personal(Store *store, Arena *arena, int64_t user_id, Collection *collection, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Collection made = { .personal_owner_id = { true, user_id } };
    User user;

    if (!store_join(store, &tx, err) || !user_find(tx, arena, user_id, &user, err))
        return false;
    made.name = personal_name(arena, &user);
    if (!insert(tx, arena, &made, err) || !store_commit(&tx, err))
        return false;
    *collection = made;
    return true;
}

bool
collection_personal(Store *store, Arena *arena, int64_t user_id, Collection *collection, Error *err)
{
    bool found;

    if (!find_personal(store, arena, user_id, collection, &found, err))
        return false;
    if (found || make_personal(store, arena, user_id, collection, err))
        return true;
    /* Somebody who asks twice at the same time makes it once. */
    return err->code == ERR_CONFLICT &&
           find_personal(store, arena, user_id, collection, &found, err) && found;
}

/* -------------------------------------------------------------------------------------- changing
 */

static const char *
root_object(Arena *arena, const char *namespace)
{
    return namespace == NULL ? "/collection/root/"
                             : arena_format(arena, "/collection/namespace/%s/root/", namespace);
}

static bool
copy_grants(Store *tx, Arena *arena, const Collection *collection, Error *err)
{
    int64_t parent = location_parent(collection->location);
    const char *from = parent == 0 ? root_object(arena, collection->namespace)
                                   : arena_format(arena, "/collection/%lld/", (long long) parent);
    const char *to = arena_format(arena, "/collection/%lld/", (long long) collection->id);

    return store_query(tx, arena, sql_collection_grants_copy,
                       VALUES(VALUE_OF_INT(collection->id), VALUE_OF_TEXT(from),
                              VALUE_OF_TEXT(arena_format(arena, "%sread/", from)),
                              VALUE_OF_TEXT(to), VALUE_OF_TEXT(arena_format(arena, "%sread/", to))),
                       NULL, err);
}

/* What is made below a managed one is managed, too. */
static bool
inherit_managed(Store *tx, Arena *arena, Collection *made, Error *err)
{
    int64_t parent = location_parent(made->location == NULL ? "/" : made->location);
    Collection above;

    if (parent == 0)
        return true;
    if (!collection_find(tx, arena, parent, &above, err))
        return false;
    made->is_remote_synced = above.is_remote_synced;
    return true;
}

bool
collection_create(Store *store, Arena *arena, Collection *collection, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Collection made = *collection;

    if (!store_join(store, &tx, err) || !inherit_managed(tx, arena, &made, err) ||
        !insert(tx, arena, &made, err) || !copy_grants(tx, arena, &made, err) ||
        !store_commit(&tx, err))
        return false;
    *collection = made;
    return true;
}

bool
collection_update(Store *store, Arena *arena, Collection *collection, Error *err)
{
    collection->slug = slug_of(arena, collection->name);
    return store_expect(
        store, arena, sql_collection_update,
        VALUES(VALUE_OF_INT(collection->id), VALUE_OF_TEXT(collection->name),
               VALUE_OF_TEXT(collection->slug), VALUE_OF_TEXT(collection->description),
               VALUE_OF_TEXT(collection->authority_level),
               VALUE_OF_TEXT(search_words(arena, collection->name, collection->description))),
        "collection", collection->id, NULL, err);
}

bool
collection_move(Store *store, Arena *arena, Collection *collection, const char *location,
                Error *err)
{
    const char *old = collection_inside(arena, collection);
    Collection moved = *collection;

    if (strncmp(location, old, strlen(old)) == 0)
        return error_field(err, "parent_id", "value must not be inside the collection itself.");
    moved.location = location;
    if (!store_query(store, arena, sql_collection_move,
                     VALUES(VALUE_OF_INT(collection->id), VALUE_OF_TEXT(location),
                            VALUE_OF_TEXT(below(arena, collection)), VALUE_OF_TEXT(old),
                            VALUE_OF_TEXT(collection_inside(arena, &moved))),
                     NULL, err))
        return false;
    *collection = moved;
    return true;
}

bool
collection_archive(Store *store, Arena *arena, Collection *collection, bool archived, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const Value id = VALUE_OF_INT(collection->id);
    const Value pattern = VALUE_OF_TEXT(below(arena, collection));
    const Value flag = VALUE_OF_BOOL(archived);
    const char *act = archived ? random_uuid(arena) : NULL;

    if (!store_join(store, &tx, err) ||
        !store_query(tx, arena, sql_collection_archive_cards, VALUES(id, flag, pattern), NULL,
                     err) ||
        !store_query(tx, arena, sql_collection_archive_dashboards, VALUES(id, flag, pattern), NULL,
                     err) ||
        !store_query(tx, arena, sql_collection_archive,
                     VALUES(id, pattern, flag, VALUE_OF_TEXT(act)), NULL, err) ||
        !store_commit(&tx, err))
        return false;
    collection->archived = archived;
    collection->archived_directly = (OptBool){ archived, archived };
    collection->archive_operation_id = act;
    return true;
}

bool
collection_manage(Store *store, Arena *arena, Collection *collection, bool managed, Error *err)
{
    if (!store_query(store, arena, sql_collection_manage,
                     VALUES(VALUE_OF_INT(collection->id), VALUE_OF_TEXT(below(arena, collection)),
                            VALUE_OF_BOOL(managed)),
                     NULL, err))
        return false;
    collection->is_remote_synced = managed;
    return true;
}

bool
collection_delete(Store *store, Arena *arena, const Collection *collection, Error *err)
{
    return store_expect(
        store, arena, sql_collection_delete,
        VALUES(VALUE_OF_INT(collection->id), VALUE_OF_TEXT(below(arena, collection))), "collection",
        collection->id, NULL, err);
}

bool
collection_items(Store *store, Arena *arena, const ItemFilter *filter, ItemList *list, Error *err)
{
    ItemList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_collection_items,
                     VALUES(value_of_id(filter->collection_id), VALUE_OF_TEXT(filter->namespace),
                            VALUE_OF_BOOL(filter->trash), VALUE_OF_BOOL(filter->archived),
                            VALUE_OF_BOOL(filter->with_dashboard_questions)),
                     &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Item);
    for (; made.count < rows.count; made.count++)
        row_read(arena, item_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

bool
collection_contents(Store *store, Arena *arena, ContentsList *list, Error *err)
{
    ContentsList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_collection_contents, NULL, 0, &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Contents);
    for (; made.count < rows.count; made.count++)
    {
        RowReader reader = { arena, rows.row[made.count] };

        made.items[made.count].collection_id = row_int(&reader);
        made.items[made.count].model = row_text(&reader);
    }
    *list = made;
    return true;
}

bool
collection_personal_id(Store *store, Arena *arena, int64_t user_id, int64_t *id, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_collection_personal_id, VALUES(VALUE_OF_INT(user_id)), &rows,
                     err))
        return false;
    *id = rows.count == 0 ? 0 : value_to_int(&rows.row[0][0], 0);
    return true;
}
