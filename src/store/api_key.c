/* API keys and the hidden people they act as. The key's text is long and random: a plain hash of it
 * is enough to keep. */
#include "store/session.h"
#include "store/store_private.h"
#include "store/user_private.h"

enum
{
    KEY_BYTES = 32,
    PREFIX_LETTERS = 7 /* "mb_" and four more, shown in lists */
};

extern const char sql_api_key_list[], sql_api_key_find[], sql_api_key_create[],
    sql_api_key_update[], sql_api_key_update_user[], sql_api_key_leave_groups[],
    sql_api_key_regenerate[], sql_api_key_delete[], sql_api_key_disable_user[],
    sql_membership_put[];

static ApiKey
read_row(Arena *arena, const Value *cells)
{
    RowReader reader = { arena, cells };
    ApiKey it = { 0 };
    const char *first_name;
    const char *last_name;
    const char *email;

    it.id = row_int(&reader);
    it.name = row_text(&reader);
    it.user_id = row_int(&reader);
    it.group_id = row_int(&reader);
    it.group_name = row_text(&reader);
    it.masked_key = arena_format(arena, "%s**********", row_text(&reader));
    it.updated_by_id = row_int(&reader);
    first_name = row_text(&reader);
    last_name = row_text(&reader);
    email = row_text(&reader);
    it.updated_by_name = first_name != NULL && last_name != NULL
                             ? arena_format(arena, "%s %s", first_name, last_name)
                             : email;
    it.created_at = row_text(&reader);
    it.updated_at = row_text(&reader);
    return it;
}

bool
api_key_list(Store *store, Arena *arena, ApiKeyList *list, Error *err)
{
    ApiKeyList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_api_key_list, NULL, 0, &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, ApiKey);
    for (; made.count < rows.count; made.count++)
        made.items[made.count] = read_row(arena, rows.row[made.count]);
    *list = made;
    return true;
}

bool
api_key_find(Store *store, Arena *arena, int64_t id, ApiKey *key, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_api_key_find, VALUES(VALUE_OF_INT(id), VALUE_OF_NULL),
                      "API key", id, &rows, err))
        return false;
    *key = read_row(arena, rows.row[0]);
    return true;
}

bool
api_key_find_by_text(Store *store, Arena *arena, const char *text, ApiKey *key, Error *err)
{
    const Value hash = VALUE_OF_TEXT(sha256_hex(arena, str_of(text)));
    Rows rows;

    if (!store_query(store, arena, sql_api_key_find, VALUES(VALUE_OF_NULL, hash), &rows, err))
        return false;
    if (rows.count == 0)
        return error_set(err, ERR_UNAUTHENTICATED, "the API key is unknown");
    *key = read_row(arena, rows.row[0]);
    return true;
}

/* In All Users and in `group_id`; a superuser when that is Administrators. */
static bool
put_group(Store *tx, Arena *arena, int64_t user_id, const char *name, int64_t group_id, Error *err)
{
    const Value user = VALUE_OF_INT(user_id);
    const Value superuser = VALUE_OF_BOOL(group_id == GROUP_ADMINISTRATORS);
    Group group;

    return group_find(tx, arena, group_id, &group, err) &&
           store_query(tx, arena, sql_api_key_update_user,
                       VALUES(user, VALUE_OF_TEXT(name), superuser, value_of_now(arena)), NULL,
                       err) &&
           store_query(tx, arena, sql_api_key_leave_groups, VALUES(user), NULL, err) &&
           store_query(tx, arena, sql_membership_put,
                       VALUES(user, VALUE_OF_INT(group_id), VALUE_OF_BOOL(false)), NULL, err);
}

static const char *
new_key(Arena *arena, Value *hash, Value *prefix)
{
    const char *text = arena_format(arena, "mb_%s", random_token(arena, KEY_BYTES));

    *hash = VALUE_OF_TEXT(sha256_hex(arena, str_of(text)));
    *prefix = value_of_str((Str){ text, PREFIX_LETTERS });
    return text;
}

static bool
name_taken(Error *err)
{
    return error_field(err, "name", "An API key with this name already exists.");
}

bool
api_key_create(Store *store, Arena *arena, const char *name, int64_t group_id, int64_t by_user,
               ApiKey *key, const char **text, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    User user = { .first_name = name, .type = "api-key" };
    Value hash;
    Value prefix;
    const char *secret = new_key(arena, &hash, &prefix);
    ApiKey made;
    Rows rows;

    user.email = arena_format(arena, "api-key-user-%s@api-key.invalid", random_uuid(arena));
    if (!store_join(store, &tx, err) || !user_insert(tx, arena, &user, NULL, err) ||
        !put_group(tx, arena, user.id, name, group_id, err))
        return false;
    if (!store_query(tx, arena, sql_api_key_create,
                     VALUES(VALUE_OF_INT(user.id), hash, prefix, VALUE_OF_TEXT(name),
                            VALUE_OF_INT(by_user), value_of_now(arena)),
                     &rows, err))
        return err->code == ERR_CONFLICT ? name_taken(err) : false;
    if (!api_key_find(tx, arena, value_to_int(&rows.row[0][0], 0), &made, err) ||
        !store_commit(&tx, err))
        return false;
    *key = made;
    *text = secret;
    return true;
}

bool
api_key_update(Store *store, Arena *arena, int64_t id, const char *name, int64_t group_id,
               int64_t by_user, ApiKey *key, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    ApiKey made;

    if (!store_join(store, &tx, err) || !api_key_find(tx, arena, id, &made, err))
        return false;
    name = name == NULL ? made.name : name;
    group_id = group_id == 0 ? made.group_id : group_id;
    if (!store_query(tx, arena, sql_api_key_update,
                     VALUES(VALUE_OF_INT(id), VALUE_OF_TEXT(name), VALUE_OF_INT(by_user),
                            value_of_now(arena)),
                     NULL, err))
        return err->code == ERR_CONFLICT ? name_taken(err) : false;
    if (!put_group(tx, arena, made.user_id, name, group_id, err) ||
        !api_key_find(tx, arena, id, &made, err) || !store_commit(&tx, err))
        return false;
    *key = made;
    return true;
}

bool
api_key_regenerate(Store *store, Arena *arena, int64_t id, int64_t by_user, ApiKey *key,
                   const char **text, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Value hash;
    Value prefix;
    const char *secret = new_key(arena, &hash, &prefix);
    ApiKey made;

    if (!store_join(store, &tx, err) ||
        !store_expect(
            tx, arena, sql_api_key_regenerate,
            VALUES(VALUE_OF_INT(id), hash, prefix, VALUE_OF_INT(by_user), value_of_now(arena)),
            "API key", id, NULL, err) ||
        !api_key_find(tx, arena, id, &made, err) || !store_commit(&tx, err))
        return false;
    *key = made;
    *text = secret;
    return true;
}

bool
api_key_delete(Store *store, Arena *arena, int64_t id, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Rows rows;

    /* What it made keeps its author: the hidden person stays, and is out of work. */
    return store_join(store, &tx, err) &&
           store_expect(tx, arena, sql_api_key_delete, VALUES(VALUE_OF_INT(id)), "API key", id,
                        &rows, err) &&
           store_query(tx, arena, sql_api_key_disable_user,
                       VALUES(rows.row[0][0], value_of_now(arena)), NULL, err) &&
           store_commit(&tx, err);
}
