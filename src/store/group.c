/* Groups and memberships, with the rules of the two fixed groups. What a group may see is in
 * auth/access. */
#include "store/group.h"

#include "store/store_private.h"
#include "store/user_private.h"

extern const char sql_group_list[], sql_group_find[], sql_group_create[], sql_group_rename[],
    sql_group_delete[], sql_group_api_keys[], sql_membership_list[], sql_membership_find[],
    sql_membership_put[], sql_membership_delete[], sql_membership_clear[], sql_membership_ids[];

/* ----------------------------------------------------------------------------------------- groups
 */

static Group
read_group(Arena *arena, const Value *cells)
{
    RowReader reader = { arena, cells };
    Group it = { 0 };

    it.id = row_int(&reader);
    it.name = row_text(&reader);
    it.magic_group_type = row_text(&reader);
    it.entity_id = row_text(&reader);
    it.is_tenant_group = row_bool(&reader);
    it.member_count = row_int(&reader);
    return it;
}

bool
group_list(Store *store, Arena *arena, GroupList *list, Error *err)
{
    GroupList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_group_list, NULL, 0, &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Group);
    for (; made.count < rows.count; made.count++)
        made.items[made.count] = read_group(arena, rows.row[made.count]);
    *list = made;
    return true;
}

bool
group_find(Store *store, Arena *arena, int64_t id, Group *group, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_group_find, VALUES(VALUE_OF_INT(id)), "group", id, &rows,
                      err))
        return false;
    *group = read_group(arena, rows.row[0]);
    return true;
}

static bool
name_taken(Error *err)
{
    return error_field(err, "name", "A group with that name already exists.");
}

bool
group_create(Store *store, Arena *arena, Group *group, Error *err)
{
    Group made = { .name = group->name, .entity_id = random_entity_id(arena) };
    Rows rows;

    if (!store_query(store, arena, sql_group_create,
                     VALUES(VALUE_OF_TEXT(made.name), VALUE_OF_TEXT(made.entity_id)), &rows, err))
        return err->code == ERR_CONFLICT ? name_taken(err) : false;
    made.id = value_to_int(&rows.row[0][0], 0);
    *group = made;
    return true;
}

static bool
check_not_fixed(int64_t id, const char *verb, Error *err)
{
    if (id != GROUP_ALL_USERS && id != GROUP_ADMINISTRATORS)
        return true;
    return error_set(err, ERR_INVALID, "the group %s cannot be %s",
                     id == GROUP_ALL_USERS ? "All Users" : "Administrators", verb);
}

bool
group_rename(Store *store, Arena *arena, int64_t id, const char *name, Error *err)
{
    if (!check_not_fixed(id, "renamed", err))
        return false;
    if (store_expect(store, arena, sql_group_rename, VALUES(VALUE_OF_INT(id), VALUE_OF_TEXT(name)),
                     "group", id, NULL, err))
        return true;
    return err->code == ERR_CONFLICT ? name_taken(err) : false;
}

bool
group_delete(Store *store, Arena *arena, int64_t id, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Rows rows;

    if (!check_not_fixed(id, "deleted", err) || !store_join(store, &tx, err) ||
        !store_query(tx, arena, sql_group_api_keys, VALUES(VALUE_OF_INT(id)), &rows, err))
        return false;
    if (value_to_int(&rows.row[0][0], 0) > 0)
    {
        (void) error_set(err, ERR_INVALID, "an API key belongs to this group");
        return error_hint(err, "Delete the key or give it another group first.");
    }
    return store_expect(tx, arena, sql_group_delete, VALUES(VALUE_OF_INT(id)), "group", id, NULL,
                        err) &&
           store_commit(&tx, err);
}

/* ------------------------------------------------------------------------------------ memberships
 */

static Membership
read_membership(Arena *arena, const Value *cells)
{
    RowReader reader = { arena, cells };
    Membership it = { 0 };

    it.membership_id = row_int(&reader);
    it.user_id = row_int(&reader);
    it.group_id = row_int(&reader);
    it.is_group_manager = row_bool(&reader);
    it.email = row_text(&reader);
    it.first_name = row_text(&reader);
    it.last_name = row_text(&reader);
    return it;
}

bool
membership_list(Store *store, Arena *arena, int64_t group_id, int64_t user_id, MembershipList *list,
                Error *err)
{
    MembershipList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_membership_list,
                     VALUES(value_of_id(group_id), value_of_id(user_id)), &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Membership);
    for (; made.count < rows.count; made.count++)
        made.items[made.count] = read_membership(arena, rows.row[made.count]);
    *list = made;
    return true;
}

bool
membership_find(Store *store, Arena *arena, int64_t id, Membership *membership, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_membership_find, VALUES(VALUE_OF_INT(id)), "membership", id,
                      &rows, err))
        return false;
    *membership = read_membership(arena, rows.row[0]);
    return true;
}

bool
membership_add(Store *store, Arena *arena, int64_t user_id, GroupChoice group, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Group found;
    User user;

    if (!store_join(store, &tx, err) || !group_find(tx, arena, group.id, &found, err) ||
        !user_find(tx, arena, user_id, &user, err))
        return false;
    if (group.id == GROUP_ADMINISTRATORS && !user_put_superuser(tx, arena, user_id, true, err))
        return false;
    return store_query(tx, arena, sql_membership_put,
                       VALUES(VALUE_OF_INT(user_id), VALUE_OF_INT(group.id),
                              VALUE_OF_BOOL(group.is_group_manager)),
                       NULL, err) &&
           store_commit(&tx, err);
}

/* Inside a transaction. */
static bool
leave_group(Store *tx, Arena *arena, const User *user, int64_t group_id, Error *err)
{
    if (group_id == GROUP_ALL_USERS)
        return error_set(err, ERR_INVALID, "everybody is in the group All Users");
    if (group_id != GROUP_ADMINISTRATORS)
        return store_query(tx, arena, sql_membership_delete,
                           VALUES(VALUE_OF_INT(user->id), VALUE_OF_INT(group_id)), NULL, err);
    if (user->is_superuser && user->is_active &&
        !user_may_leave_administrators(tx, arena, user->id, err))
        return false;
    return user_put_superuser(tx, arena, user->id, false, err);
}

bool
membership_remove(Store *store, Arena *arena, int64_t user_id, int64_t group_id, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    User user;

    return store_join(store, &tx, err) && user_find(tx, arena, user_id, &user, err) &&
           leave_group(tx, arena, &user, group_id, err) && store_commit(&tx, err);
}

static bool
is_chosen(const GroupChoice *groups, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (groups[i].id == id)
            return true;
    return false;
}

bool
membership_set(Store *store, Arena *arena, int64_t user_id, const GroupChoice *groups, size_t count,
               Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    IntList before;
    User user;

    if (!store_join(store, &tx, err) || !user_find(tx, arena, user_id, &user, err) ||
        !membership_ids(tx, arena, user_id, &before, err))
        return false;
    for (size_t i = 0; i < before.count; i++)
    {
        int64_t id = before.items[i];

        if (id != GROUP_ALL_USERS && !is_chosen(groups, count, id) &&
            !leave_group(tx, arena, &user, id, err))
            return false;
    }
    for (size_t i = 0; i < count; i++)
        if (!membership_add(tx, arena, user_id, groups[i], err))
            return false;
    return store_commit(&tx, err);
}

bool
membership_clear(Store *store, Arena *arena, int64_t group_id, Error *err)
{
    Group group;

    return check_not_fixed(group_id, "emptied", err) &&
           group_find(store, arena, group_id, &group, err) &&
           store_query(store, arena, sql_membership_clear, VALUES(VALUE_OF_INT(group_id)), NULL,
                       err);
}

bool
membership_ids(Store *store, Arena *arena, int64_t user_id, IntList *ids, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_membership_ids, VALUES(VALUE_OF_INT(user_id)), &rows, err))
        return false;
    ids->items = ARENA_ARRAY(arena, rows.count, int64_t);
    ids->count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        ids->items[i] = value_to_int(&rows.row[i][0], 0);
    return true;
}
