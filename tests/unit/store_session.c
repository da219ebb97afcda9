/* Sessions, log-ins, tokens and API keys. */
#include "store/session.h"

#include "store/group.h"
#include "store/user.h"
#include "store_setup.h"

#include <string.h>

static const SessionPolicy policy = { .remembered_seconds = 14 * 86400,
                                      .max_seconds = 86400,
                                      .idle_seconds = 3600 };

static int64_t
make_user(Store *store, Arena *arena, const char *email)
{
    User user = { .email = email, .first_name = "Ada", .last_name = "Martin" };
    Error err;

    CHECK_OK(user_create(store, arena, &user, NULL, &err), &err);
    return user.id;
}

static const char *
open_session(Store *store, Arena *arena, int64_t user_id, bool remember)
{
    Session session = { .user_id = user_id, .remember = remember, .ip_address = "10.0.0.1" };
    const char *token = NULL;
    Error err;

    CHECK_OK(session_create(store, arena, &session, "device", &token, &err), &err);
    return token;
}

/* Moves the two times of every session into the past. */
static void
age(Store *store, Arena *arena, int64_t created_ago, int64_t active_ago)
{
    const char *created = time_text(arena, time_now() - created_ago * SECOND_US);
    const char *active = time_text(arena, time_now() - active_ago * SECOND_US);
    Error err;

    CHECK_OK(store_query(store, arena,
                         "update core_session set created_at = $1, vigie_last_active_at = $2",
                         VALUES(VALUE_OF_TEXT(created), VALUE_OF_TEXT(active)), NULL, &err),
             &err);
}

STORE_TEST(store_session_is_found_by_its_token_which_is_not_kept)
{
    int64_t user = make_user(store, arena, "a@b.fr");
    const char *token = open_session(store, arena, user, true);
    Session found;
    Error err;

    CHECK_INT(strlen(token), 36);
    CHECK_OK(session_find(store, arena, token, &policy, &found, &err), &err);
    CHECK_INT(found.user_id, user);
    CHECK(found.remember);
    CHECK_STR(found.ip_address, "10.0.0.1");
    CHECK(strcmp(found.id, token) != 0);
    CHECK_INT(strlen(ask_text(store, arena, "select key_hashed from core_session")), 64);
    CHECK_ERROR(session_find(store, arena, found.id, &policy, &found, &err), &err,
                ERR_UNAUTHENTICATED);
    CHECK_ERROR(session_find(store, arena, "", &policy, &found, &err), &err, ERR_UNAUTHENTICATED);
}

STORE_TEST(store_session_ends_by_age_and_by_idleness)
{
    int64_t user = make_user(store, arena, "a@b.fr");
    const char *remembered = open_session(store, arena, user, true);
    const char *other = open_session(store, arena, user, false);
    int64_t removed = 0;
    Session found;
    Error err;

    age(store, arena, 7200, 3700);
    CHECK_OK(session_find(store, arena, remembered, &policy, &found, &err), &err);
    CHECK_ERROR(session_find(store, arena, other, &policy, &found, &err), &err,
                ERR_UNAUTHENTICATED);
    age(store, arena, 86500, 10);
    CHECK_OK(session_find(store, arena, remembered, &policy, &found, &err), &err);
    CHECK_ERROR(session_find(store, arena, other, &policy, &found, &err), &err,
                ERR_UNAUTHENTICATED);
    age(store, arena, 86000, 3000);
    CHECK_OK(session_find(store, arena, other, &policy, &found, &err), &err);
    age(store, arena, 86500, 10);
    CHECK_OK(session_sweep(store, arena, &policy, &removed, &err), &err);
    CHECK_INT(removed, 1);
    age(store, arena, 14 * 86400 + 1, 10);
    CHECK_ERROR(session_find(store, arena, remembered, &policy, &found, &err), &err,
                ERR_UNAUTHENTICATED);
    CHECK_OK(session_sweep(store, arena, &policy, &removed, &err), &err);
    CHECK_INT(removed, 1);
}

STORE_TEST(store_session_notes_its_last_request_at_most_once_a_minute)
{
    int64_t user = make_user(store, arena, "a@b.fr");
    const char *token = open_session(store, arena, user, false);
    const char *before;
    Session found;
    Error err;

    age(store, arena, 100, 30);
    before = ask_text(store, arena, "select vigie_last_active_at from core_session");
    CHECK_OK(session_find(store, arena, token, &policy, &found, &err), &err);
    CHECK_STR(ask_text(store, arena, "select vigie_last_active_at from core_session"), before);
    age(store, arena, 100, 90);
    CHECK_OK(session_find(store, arena, token, &policy, &found, &err), &err);
    CHECK(strcmp(ask_text(store, arena, "select vigie_last_active_at from core_session"), before) >
          0);
}

STORE_TEST(store_sessions_are_listed_and_ended)
{
    int64_t user = make_user(store, arena, "a@b.fr");
    int64_t other = make_user(store, arena, "c@d.fr");
    const char *first = open_session(store, arena, user, false);
    const char *second = open_session(store, arena, user, false);
    SessionList list;
    LoginList logins;
    Session found;
    int64_t ended = 0;
    bool existed = true;
    Error err;

    (void) open_session(store, arena, other, false);
    CHECK_OK(session_list(store, arena, user, &list, &err), &err);
    CHECK_INT(list.count, 2);
    CHECK_OK(session_end(store, arena, first, &existed, &err), &err);
    CHECK(existed);
    CHECK_OK(session_end(store, arena, first, &existed, &err), &err);
    CHECK(!existed);
    CHECK_OK(session_find(store, arena, second, &policy, &found, &err), &err);
    CHECK_OK(session_end_all(store, arena, user, found.id, &ended, &err), &err);
    CHECK_INT(ended, 0);
    CHECK_OK(session_end_all(store, arena, user, NULL, &ended, &err), &err);
    CHECK_INT(ended, 1);
    CHECK_OK(login_list(store, arena, user, 10, &logins, &err), &err);
    CHECK_INT(logins.count, 2);
    CHECK(!logins.items[0].active);
    CHECK_STR(logins.items[0].ip_address, "10.0.0.1");
    CHECK_OK(login_knows_device(store, arena, user, "device", &existed, &err), &err);
    CHECK(existed);
    CHECK_OK(login_knows_device(store, arena, user, "new", &existed, &err), &err);
    CHECK(!existed);
    CHECK_OK(session_end_all(store, arena, 0, NULL, &ended, &err), &err);
    CHECK_INT(ended, 1);
}

STORE_TEST(store_token_opens_once_and_not_for_ever)
{
    int64_t user = make_user(store, arena, "a@b.fr");
    const char *first = NULL;
    const char *second = NULL;
    const char *reset = NULL;
    int64_t id = 0;
    TokenKind kind;
    Error err;

    CHECK_OK(token_create(store, arena, TOKEN_INVITE, user, 60, &first, &err), &err);
    CHECK_OK(token_create(store, arena, TOKEN_INVITE, user, 60, &second, &err), &err);
    CHECK_OK(token_create(store, arena, TOKEN_RESET, user, 60, &reset, &err), &err);
    CHECK_ERROR(token_find(store, arena, first, &id, &kind, &err), &err, ERR_INVALID);
    CHECK_STR(err.field, "token");
    CHECK_OK(token_find(store, arena, second, &id, &kind, &err), &err);
    CHECK_INT(id, user);
    CHECK_INT(kind, TOKEN_INVITE);
    CHECK_OK(token_use(store, arena, second, &id, &kind, &err), &err);
    CHECK_ERROR(token_use(store, arena, second, &id, &kind, &err), &err, ERR_INVALID);
    CHECK_OK(token_find(store, arena, reset, &id, &kind, &err), &err);
    CHECK_INT(kind, TOKEN_RESET);
    CHECK_INT(strlen(ask_text(store, arena, "select token_hash from vigie_token")), 64);
    CHECK_OK(token_create(store, arena, TOKEN_RESET, user, 0, &reset, &err), &err);
    CHECK_ERROR(token_use(store, arena, reset, &id, &kind, &err), &err, ERR_INVALID);
}

STORE_TEST(store_api_key_acts_as_a_hidden_user_of_one_group)
{
    int64_t admin = make_user(store, arena, "a@b.fr");
    ApiKey key;
    ApiKey found;
    ApiKeyList list;
    UserList users;
    User hidden;
    const char *text = NULL;
    const char *other = NULL;
    Error err;

    CHECK_OK(api_key_create(store, arena, "dbt", GROUP_ADMINISTRATORS, admin, &key, &text, &err),
             &err);
    CHECK(strncmp(text, "mb_", 3) == 0 && strlen(text) > 40);
    CHECK(strncmp(key.masked_key, text, 7) == 0 && strstr(key.masked_key, "***") != NULL);
    CHECK_STR(key.group_name, "Administrators");
    CHECK_STR(key.updated_by_name, "Ada Martin");
    CHECK_OK(api_key_find_by_text(store, arena, text, &found, &err), &err);
    CHECK_INT(found.id, key.id);
    CHECK_OK(user_find(store, arena, key.user_id, &hidden, &err), &err);
    CHECK(hidden.is_superuser);
    CHECK_STR(hidden.type, "api-key");
    CHECK_OK(user_list(store, arena, &(UserFilter){ .status = USER_ALL }, &users, &err), &err);
    CHECK_INT(users.total, 1);
    CHECK_ERROR(api_key_create(store, arena, "dbt", 1, admin, &found, &other, &err), &err,
                ERR_INVALID);
    CHECK_STR(err.field, "name");
    CHECK_ERROR(api_key_create(store, arena, "x", 99, admin, &found, &other, &err), &err,
                ERR_NOT_FOUND);
    CHECK_OK(api_key_update(store, arena, key.id, "etl", GROUP_ALL_USERS, admin, &key, &err), &err);
    CHECK_STR(key.name, "etl");
    CHECK_INT(key.group_id, GROUP_ALL_USERS);
    CHECK_OK(user_find(store, arena, key.user_id, &hidden, &err), &err);
    CHECK(!hidden.is_superuser);
    CHECK_OK(api_key_regenerate(store, arena, key.id, admin, &key, &other, &err), &err);
    CHECK_ERROR(api_key_find_by_text(store, arena, text, &found, &err), &err, ERR_UNAUTHENTICATED);
    CHECK_OK(api_key_find_by_text(store, arena, other, &found, &err), &err);
    CHECK_OK(api_key_list(store, arena, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_OK(api_key_delete(store, arena, key.id, &err), &err);
    CHECK_ERROR(api_key_find_by_text(store, arena, other, &found, &err), &err, ERR_UNAUTHENTICATED);
    CHECK_ERROR(api_key_delete(store, arena, key.id, &err), &err, ERR_NOT_FOUND);
    CHECK_OK(user_find(store, arena, key.user_id, &hidden, &err), &err);
    CHECK(!hidden.is_active);
}

STORE_TEST(store_group_of_an_api_key_stays)
{
    int64_t admin = make_user(store, arena, "a@b.fr");
    Group group = { .name = "Robots" };
    ApiKey key;
    const char *text = NULL;
    Error err;

    CHECK_OK(group_create(store, arena, &group, &err), &err);
    CHECK_OK(api_key_create(store, arena, "dbt", group.id, admin, &key, &text, &err), &err);
    CHECK_ERROR(group_delete(store, arena, group.id, &err), &err, ERR_INVALID);
    CHECK_OK(api_key_delete(store, arena, key.id, &err), &err);
    CHECK_OK(group_delete(store, arena, group.id, &err), &err);
}
