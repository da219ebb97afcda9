/* People: finding, changing, activating, and the rule that an administrator stays. Groups are in
 * group.c, ways in are in session.c and api_key.c. */
#include "store/user.h"

#include "store/session.h"
#include "store/setting.h"
#include "store/store_private.h"
#include "store/user_private.h"

#include <string.h>

extern const char sql_user_exists_any[], sql_user_find[], sql_user_find_by_email[], sql_user_list[],
    sql_user_count[], sql_user_create[], sql_user_update[], sql_user_password[],
    sql_user_set_password[], sql_user_note_login[], sql_user_set_active[], sql_user_set_superuser[],
    sql_user_other_administrators[], sql_membership_put[], sql_membership_delete[],
    sql_token_delete_open[];

static bool
is_blank(const char *text)
{
    return text == NULL || str_trim(str_of(text)).len == 0;
}

static const char *
common_name(Arena *arena, const User *user)
{
    bool first = !is_blank(user->first_name);
    bool last = !is_blank(user->last_name);

    if (first && last)
        return arena_format(arena, "%s %s", user->first_name, user->last_name);
    if (first)
        return user->first_name;
    return last ? user->last_name : user->email;
}

static User
read_row(Arena *arena, const Value *cells)
{
    RowReader reader = { arena, cells };
    User it = { 0 };

    it.id = row_int(&reader);
    it.email = row_text(&reader);
    it.first_name = row_text(&reader);
    it.last_name = row_text(&reader);
    it.is_superuser = row_bool(&reader);
    it.is_active = row_bool(&reader);
    it.is_qbnewb = row_bool(&reader);
    it.is_data_analyst = row_bool(&reader);
    it.locale = row_text(&reader);
    it.sso_source = row_text(&reader);
    it.type = row_text(&reader);
    it.entity_id = row_text(&reader);
    it.login_attributes = row_json(&reader);
    it.jwt_attributes = row_json(&reader);
    it.settings = row_json(&reader);
    it.tenant_id = row_opt_int(&reader);
    it.date_joined = row_text(&reader);
    it.last_login = row_text(&reader);
    it.first_login = row_text(&reader);
    it.updated_at = row_text(&reader);
    it.deactivated_at = row_text(&reader);
    it.common_name = common_name(arena, &it);
    return it;
}

/* ---------------------------------------------------------------------------------------- finding
 */

bool
user_exists_any(Store *store, Arena *arena, bool *exists, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_user_exists_any, NULL, 0, &rows, err))
        return false;
    *exists = value_to_int(&rows.row[0][0], 0) > 0;
    return true;
}

bool
user_list(Store *store, Arena *arena, const UserFilter *filter, UserList *list, Error *err)
{
    const char *folded = is_blank(filter->query)
                             ? NULL
                             : like_pattern(arena, str_fold(arena, str_of(filter->query)), true);
    const Value values[] = {
        filter->status == USER_ALL ? VALUE_OF_NULL : VALUE_OF_BOOL(filter->status == USER_ACTIVE),
        VALUE_OF_TEXT(folded),
        value_of_id(filter->group_id),
        VALUE_OF_INT(filter->limit > 0 ? filter->limit : INT64_MAX),
        VALUE_OF_INT(filter->offset > 0 ? filter->offset : 0),
    };
    UserList made = { 0 };
    Rows rows;
    Rows total;

    if (!store_query(store, arena, sql_user_list, values, 5, &rows, err) ||
        !store_query(store, arena, sql_user_count, values, 3, &total, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, User);
    for (; made.count < rows.count; made.count++)
        made.items[made.count] = read_row(arena, rows.row[made.count]);
    made.total = value_to_int(&total.row[0][0], 0);
    *list = made;
    return true;
}

bool
user_find(Store *store, Arena *arena, int64_t id, User *user, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_user_find, VALUES(VALUE_OF_INT(id)), "user", id, &rows,
                      err))
        return false;
    *user = read_row(arena, rows.row[0]);
    return true;
}

bool
user_find_by_email(Store *store, Arena *arena, const char *email, User *user, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_user_find_by_email,
                     VALUES(VALUE_OF_TEXT(ascii_lower(arena, email))), &rows, err))
        return false;
    if (rows.count == 0)
        return error_set(err, ERR_NOT_FOUND, "there is no user with this address");
    *user = read_row(arena, rows.row[0]);
    return true;
}

/* --------------------------------------------------------------------------------------- changing
 */

/* What searches look at: address and names, without accents and case. */
static const char *
search_text(Arena *arena, const User *user)
{
    const char *text = arena_format(arena, "%s %s %s", user->email,
                                    user->first_name == NULL ? "" : user->first_name,
                                    user->last_name == NULL ? "" : user->last_name);

    return str_fold(arena, str_of(text));
}

static bool
email_taken(Error *err)
{
    return error_field(err, "email", "Email address already in use.");
}

bool
user_insert(Store *tx, Arena *arena, User *user, const char *password_hash, Error *err)
{
    User made = *user;
    Rows rows;

    made.email = ascii_lower(arena, user->email);
    made.entity_id = random_entity_id(arena);
    made.date_joined = time_text(arena, time_now());
    made.updated_at = made.date_joined;
    made.is_active = true;
    made.is_qbnewb = true;
    made.common_name = common_name(arena, &made);
    if (!store_query(tx, arena, sql_user_create,
                     VALUES(VALUE_OF_TEXT(made.email), VALUE_OF_TEXT(made.first_name),
                            VALUE_OF_TEXT(made.last_name), VALUE_OF_TEXT(password_hash),
                            VALUE_OF_BOOL(made.is_superuser), VALUE_OF_BOOL(made.is_data_analyst),
                            VALUE_OF_TEXT(made.locale), VALUE_OF_TEXT(made.sso_source),
                            VALUE_OF_TEXT(made.type), VALUE_OF_TEXT(made.entity_id),
                            value_of_json(arena, made.login_attributes),
                            value_of_json(arena, made.jwt_attributes),
                            value_of_json(arena, made.settings), value_of_opt_int(made.tenant_id),
                            VALUE_OF_TEXT(made.date_joined),
                            VALUE_OF_TEXT(search_text(arena, &made))),
                     &rows, err))
        return err->code == ERR_CONFLICT ? email_taken(err) : false;
    made.id = value_to_int(&rows.row[0][0], 0);
    if (!store_query(
            tx, arena, sql_membership_put,
            VALUES(VALUE_OF_INT(made.id), VALUE_OF_INT(GROUP_ALL_USERS), VALUE_OF_BOOL(false)),
            NULL, err))
        return false;
    *user = made;
    return true;
}

bool
user_create(Store *store, Arena *arena, User *user, const char *password_hash, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    User made = *user;

    made.type = "personal";
    if (!store_join(store, &tx, err) || !user_insert(tx, arena, &made, password_hash, err) ||
        !user_put_superuser(tx, arena, made.id, made.is_superuser, err) || !store_commit(&tx, err))
        return false;
    *user = made;
    return true;
}

bool
user_may_leave_administrators(Store *tx, Arena *arena, int64_t id, Error *err)
{
    int64_t turn;
    Rows rows;

    if (!counter_move(tx, arena, "administrators", &turn, err) ||
        !store_query(tx, arena, sql_user_other_administrators, VALUES(VALUE_OF_INT(id)), &rows,
                     err))
        return false;
    if (value_to_int(&rows.row[0][0], 0) > 0)
        return true;
    (void) error_set(err, ERR_INVALID, "this is the last administrator");
    return error_hint(err, "Make somebody else an administrator first.");
}

bool
user_put_superuser(Store *tx, Arena *arena, int64_t id, bool is_superuser, Error *err)
{
    const Value user = VALUE_OF_INT(id);
    const Value group = VALUE_OF_INT(GROUP_ADMINISTRATORS);

    if (!store_query(tx, arena, sql_user_set_superuser,
                     VALUES(user, VALUE_OF_BOOL(is_superuser), value_of_now(arena)), NULL, err))
        return false;
    if (is_superuser)
        return store_query(tx, arena, sql_membership_put, VALUES(user, group, VALUE_OF_BOOL(false)),
                           NULL, err);
    return store_query(tx, arena, sql_membership_delete, VALUES(user, group), NULL, err);
}

/* Writes the flag when it differs from what is there. */
static bool
change_superuser(Store *tx, Arena *arena, const User *before, bool is_superuser, Error *err)
{
    if (before->is_superuser == is_superuser)
        return true;
    if (!is_superuser && before->is_active &&
        !user_may_leave_administrators(tx, arena, before->id, err))
        return false;
    return user_put_superuser(tx, arena, before->id, is_superuser, err);
}

static bool
write_members(Store *tx, Arena *arena, const User *user, Error *err)
{
    if (store_expect(
            tx, arena, sql_user_update,
            VALUES(VALUE_OF_INT(user->id), VALUE_OF_TEXT(user->email),
                   VALUE_OF_TEXT(user->first_name), VALUE_OF_TEXT(user->last_name),
                   VALUE_OF_BOOL(user->is_superuser), VALUE_OF_BOOL(user->is_qbnewb),
                   VALUE_OF_BOOL(user->is_data_analyst), VALUE_OF_TEXT(user->locale),
                   VALUE_OF_TEXT(user->sso_source), value_of_json(arena, user->login_attributes),
                   value_of_json(arena, user->jwt_attributes), value_of_json(arena, user->settings),
                   value_of_opt_int(user->tenant_id), VALUE_OF_TEXT(user->updated_at),
                   VALUE_OF_TEXT(search_text(arena, user))),
            "user", user->id, NULL, err))
        return true;
    return err->code == ERR_CONFLICT ? email_taken(err) : false;
}

bool
user_update(Store *store, Arena *arena, User *user, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    User made = *user;
    User before;

    made.email = ascii_lower(arena, user->email);
    made.updated_at = time_text(arena, time_now());
    made.common_name = common_name(arena, &made);
    if (!store_join(store, &tx, err) || !user_find(tx, arena, user->id, &before, err) ||
        !change_superuser(tx, arena, &before, made.is_superuser, err) ||
        !write_members(tx, arena, &made, err) || !store_commit(&tx, err))
        return false;
    *user = made;
    return true;
}

/* --------------------------------------------------------------------------- passwords, activity
 */

bool
user_password(Store *store, Arena *arena, int64_t id, const char **hash, const char **salt,
              Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_user_password, VALUES(VALUE_OF_INT(id)), "user", id, &rows,
                      err))
        return false;
    *hash = value_to_text(arena, &rows.row[0][0]);
    *salt = value_to_text(arena, &rows.row[0][1]);
    return true;
}

bool
user_set_password(Store *store, Arena *arena, int64_t id, const char *hash, Error *err)
{
    return store_expect(store, arena, sql_user_set_password,
                        VALUES(VALUE_OF_INT(id), VALUE_OF_TEXT(hash), value_of_now(arena)), "user",
                        id, NULL, err);
}

bool
user_note_login(Store *store, Arena *arena, int64_t id, Error *err)
{
    return store_expect(store, arena, sql_user_note_login,
                        VALUES(VALUE_OF_INT(id), value_of_now(arena)), "user", id, NULL, err);
}

static bool
set_active(Store *tx, Arena *arena, int64_t id, bool active, Error *err)
{
    const Value now = value_of_now(arena);

    return store_expect(
        tx, arena, sql_user_set_active,
        VALUES(VALUE_OF_INT(id), VALUE_OF_BOOL(active), active ? VALUE_OF_NULL : now, now), "user",
        id, NULL, err);
}

bool
user_deactivate(Store *store, Arena *arena, int64_t id, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    User user;

    if (!store_join(store, &tx, err) || !user_find(tx, arena, id, &user, err))
        return false;
    if (user.is_superuser && user.is_active && !user_may_leave_administrators(tx, arena, id, err))
        return false;
    return set_active(tx, arena, id, false, err) &&
           session_end_all(tx, arena, id, NULL, NULL, err) &&
           store_query(tx, arena, sql_token_delete_open, VALUES(VALUE_OF_INT(id), VALUE_OF_NULL),
                       NULL, err) &&
           store_commit(&tx, err);
}

bool
user_reactivate(Store *store, Arena *arena, int64_t id, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    User user;

    if (!store_join(store, &tx, err) || !user_find(tx, arena, id, &user, err))
        return false;
    if (user.is_active)
        return error_set(err, ERR_INVALID, "Not able to reactivate an active user");
    return set_active(tx, arena, id, true, err) && store_commit(&tx, err);
}
