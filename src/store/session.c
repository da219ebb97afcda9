/* Sessions, the history of log-ins, invitation and reset tokens. Passwords and limits on tries are
 * in auth/login. */
#include "store/session.h"

#include "store/store_private.h"

#include <string.h>

enum
{
    TOUCH_SECONDS = 60, /* how exact the time of the last request is */
    TOKEN_BYTES = 32
};

extern const char sql_session_create[], sql_session_find[], sql_session_touch[], sql_session_list[],
    sql_session_end[], sql_session_end_all[], sql_session_sweep[], sql_login_add[],
    sql_login_list[], sql_login_knows_device[], sql_token_create[], sql_token_delete_open[],
    sql_token_find[], sql_token_use[];

/* What is kept of a token that somebody else holds. */
static Value
value_of_hash(Arena *arena, const char *token)
{
    return VALUE_OF_TEXT(sha256_hex(arena, str_of(token)));
}

/* -------------------------------------------------------------------------------------- sessions
 */

static Session
read_session(Arena *arena, const Value *cells)
{
    RowReader reader = { arena, cells };
    Session it = { 0 };

    it.id = row_text(&reader);
    it.user_id = row_int(&reader);
    it.remember = row_bool(&reader);
    it.anti_csrf_token = row_text(&reader);
    it.created_at = row_text(&reader);
    it.last_active_at = row_text(&reader);
    it.ip_address = row_text(&reader);
    it.device_description = row_text(&reader);
    return it;
}

static const char *
or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static bool
add_login(Store *tx, Arena *arena, const Session *session, const char *device_id, Error *err)
{
    return store_query(tx, arena, sql_login_add,
                       VALUES(VALUE_OF_TEXT(session->created_at), VALUE_OF_INT(session->user_id),
                              VALUE_OF_TEXT(session->id), VALUE_OF_TEXT(or_empty(device_id)),
                              VALUE_OF_TEXT(or_empty(session->device_description)),
                              VALUE_OF_TEXT(or_empty(session->ip_address))),
                       NULL, err);
}

bool
session_create(Store *store, Arena *arena, Session *session, const char *device_id,
               const char **token, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Session made = *session;
    const char *secret = random_uuid(arena);

    made.id = random_uuid(arena);
    made.created_at = time_text(arena, time_now());
    made.last_active_at = made.created_at;
    if (!store_join(store, &tx, err) ||
        !store_query(tx, arena, sql_session_create,
                     VALUES(VALUE_OF_TEXT(made.id), VALUE_OF_INT(made.user_id),
                            VALUE_OF_TEXT(made.created_at), VALUE_OF_TEXT(made.anti_csrf_token),
                            value_of_hash(arena, secret), VALUE_OF_BOOL(made.remember),
                            VALUE_OF_TEXT(made.ip_address), VALUE_OF_TEXT(made.device_description)),
                     NULL, err) ||
        !add_login(tx, arena, &made, device_id, err) || !store_commit(&tx, err))
        return false;
    *session = made;
    *token = secret;
    return true;
}

/* Whole seconds between a kept time and now; a time that cannot be read is very long ago. */
static int64_t
seconds_since(const char *text, Instant now)
{
    Instant at;

    if (text == NULL || !time_parse(str_of(text), &at))
        return INT64_MAX;
    return (now - at) / SECOND_US;
}

static bool
is_expired(const Session *session, const SessionPolicy *policy, Instant now)
{
    int64_t age = seconds_since(session->created_at, now);

    if (session->remember)
        return age >= policy->remembered_seconds;
    if (age >= policy->max_seconds)
        return true;
    return policy->idle_seconds > 0 &&
           seconds_since(session->last_active_at, now) >= policy->idle_seconds;
}

static bool
no_session(Error *err)
{
    return error_set(err, ERR_UNAUTHENTICATED, "the session is unknown or has ended");
}

bool
session_find(Store *store, Arena *arena, const char *token, const SessionPolicy *policy,
             Session *session, Error *err)
{
    Instant now = time_now();
    Session found;
    Rows rows;

    if (!store_query(store, arena, sql_session_find, VALUES(value_of_hash(arena, token)), &rows,
                     err))
        return false;
    if (rows.count == 0)
        return no_session(err);
    found = read_session(arena, rows.row[0]);
    if (is_expired(&found, policy, now))
        return no_session(err);
    if (seconds_since(found.last_active_at, now) >= TOUCH_SECONDS)
    {
        found.last_active_at = time_text(arena, now);
        if (!store_query(store, arena, sql_session_touch,
                         VALUES(VALUE_OF_TEXT(found.id), VALUE_OF_TEXT(found.last_active_at)), NULL,
                         err))
            return false;
    }
    *session = found;
    return true;
}

bool
session_list(Store *store, Arena *arena, int64_t user_id, SessionList *list, Error *err)
{
    SessionList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_session_list, VALUES(VALUE_OF_INT(user_id)), &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Session);
    for (; made.count < rows.count; made.count++)
        made.items[made.count] = read_session(arena, rows.row[made.count]);
    *list = made;
    return true;
}

bool
session_end(Store *store, Arena *arena, const char *token, bool *existed, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_session_end, VALUES(value_of_hash(arena, token)), &rows,
                     err))
        return false;
    if (existed != NULL)
        *existed = rows.count > 0;
    return true;
}

bool
session_end_all(Store *store, Arena *arena, int64_t user_id, const char *except_id, int64_t *ended,
                Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_session_end_all,
                     VALUES(value_of_id(user_id), VALUE_OF_TEXT(except_id)), &rows, err))
        return false;
    if (ended != NULL)
        *ended = (int64_t) rows.count;
    return true;
}

static Value
value_of_ago(Arena *arena, int64_t seconds)
{
    return VALUE_OF_TEXT(time_text(arena, time_now() - seconds * SECOND_US));
}

bool
session_sweep(Store *store, Arena *arena, const SessionPolicy *policy, int64_t *removed, Error *err)
{
    /* Without a limit of idle time the age of the session alone counts. */
    int64_t idle = policy->idle_seconds > 0 ? policy->idle_seconds : policy->max_seconds;
    Rows rows;

    if (!store_query(store, arena, sql_session_sweep,
                     VALUES(value_of_ago(arena, policy->remembered_seconds),
                            value_of_ago(arena, policy->max_seconds), value_of_ago(arena, idle)),
                     &rows, err))
        return false;
    *removed = (int64_t) rows.count;
    return true;
}

/* ------------------------------------------------------------------------------- log-in history */

bool
login_list(Store *store, Arena *arena, int64_t user_id, int64_t limit, LoginList *list, Error *err)
{
    LoginList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_login_list,
                     VALUES(VALUE_OF_INT(user_id), VALUE_OF_INT(limit)), &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Login);
    for (; made.count < rows.count; made.count++)
    {
        RowReader reader = { arena, rows.row[made.count] };
        Login *it = &made.items[made.count];

        it->id = row_int(&reader);
        it->user_id = row_int(&reader);
        it->timestamp = row_text(&reader);
        it->device_id = row_text(&reader);
        it->device_description = row_text(&reader);
        it->ip_address = row_text(&reader);
        it->active = row_bool(&reader);
    }
    *list = made;
    return true;
}

bool
login_knows_device(Store *store, Arena *arena, int64_t user_id, const char *device_id, bool *known,
                   Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_login_knows_device,
                     VALUES(VALUE_OF_INT(user_id), VALUE_OF_TEXT(device_id)), &rows, err))
        return false;
    *known = value_to_int(&rows.row[0][0], 0) > 0;
    return true;
}

/* ---------------------------------------------------------------------------------------- tokens
 */

static const char *
token_kind_name(TokenKind kind)
{
    return kind == TOKEN_INVITE ? "invite" : "reset";
}

bool
token_create(Store *store, Arena *arena, TokenKind kind, int64_t user_id, int64_t seconds,
             const char **text, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const Value user = VALUE_OF_INT(user_id);
    const Value name = VALUE_OF_TEXT(token_kind_name(kind));
    Instant now = time_now();
    const char *secret =
        arena_format(arena, "%lld_%s", (long long) user_id, random_token(arena, TOKEN_BYTES));

    if (!store_join(store, &tx, err) ||
        !store_query(tx, arena, sql_token_delete_open, VALUES(user, name), NULL, err) ||
        !store_query(tx, arena, sql_token_create,
                     VALUES(name, user, value_of_hash(arena, secret),
                            VALUE_OF_TEXT(time_text(arena, now)),
                            VALUE_OF_TEXT(time_text(arena, now + seconds * SECOND_US))),
                     NULL, err) ||
        !store_commit(&tx, err))
        return false;
    *text = secret;
    return true;
}

static bool
bad_token(Error *err)
{
    (void) error_field(err, "token", "this link is not valid any more");
    return error_hint(err, "Ask for a new one.");
}

bool
token_find(Store *store, Arena *arena, const char *text, int64_t *user_id, TokenKind *kind,
           Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_token_find, VALUES(value_of_hash(arena, text)), &rows, err))
        return false;
    if (rows.count == 0 || seconds_since(value_to_text(arena, &rows.row[0][2]), time_now()) >= 0)
        return bad_token(err);
    *user_id = value_to_int(&rows.row[0][0], 0);
    *kind =
        strcmp(value_to_text(arena, &rows.row[0][1]), "invite") == 0 ? TOKEN_INVITE : TOKEN_RESET;
    return true;
}

bool
token_use(Store *store, Arena *arena, const char *text, int64_t *user_id, TokenKind *kind,
          Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    TokenKind found_kind;
    int64_t found;
    Rows rows;

    if (!store_join(store, &tx, err) || !token_find(tx, arena, text, &found, &found_kind, err) ||
        !store_query(tx, arena, sql_token_use, VALUES(value_of_hash(arena, text)), &rows, err))
        return false;
    /* Somebody else took it between the two statements. */
    if (rows.count == 0)
        return bad_token(err);
    if (!store_commit(&tx, err))
        return false;
    *user_id = found;
    *kind = found_kind;
    return true;
}
