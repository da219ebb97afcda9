/* People: list, make, change, deactivate; one's own account; the history of log-ins. */
#include "api/answer.h"
#include "api/letter.h"
#include "api/session.h"
#include "api/tables.h"
#include "api/user_json.h"

#include <string.h>

enum
{
    MAX_GROUPS = 200,
    LOGINS_SHOWN = 50
};

static const Field user_fields[] = {
    FIELD(User, id),
    FIELD(User, email),
    FIELD(User, first_name),
    FIELD(User, last_name),
    FIELD(User, common_name),
    FIELD(User, is_superuser),
    FIELD(User, is_active),
    FIELD(User, is_qbnewb),
    FIELD(User, is_data_analyst),
    FIELD(User, locale),
    FIELD(User, sso_source),
    FIELD(User, login_attributes),
    FIELD(User, jwt_attributes),
    FIELD(User, tenant_id),
    FIELD(User, entity_id),
    FIELD(User, date_joined),
    FIELD(User, first_login),
    FIELD(User, last_login),
    FIELD(User, updated_at),
    { 0 },
};

/* A key is in the group that it was made for, without being a member of it. */
static bool
list_memberships(Request *req, int64_t user_id, MembershipList *list, Error *err)
{
    const IntList *groups = &req->who.groups;

    if (req->who.means != MEANS_API_KEY || user_id != req->who.user.id)
        return membership_list(req->store, req->arena, 0, user_id, list, err);
    *list = (MembershipList){ .items = ARENA_ARRAY(req->arena, groups->count, Membership) };
    for (; list->count < groups->count; list->count++)
        list->items[list->count] = (Membership){ .group_id = groups->items[list->count] };
    return true;
}

static bool
write_memberships(Request *req, JsonWriter *w, int64_t user_id, Error *err)
{
    MembershipList list;

    if (!list_memberships(req, user_id, &list, err))
        return false;
    json_key(w, "user_group_memberships");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        json_begin_object(w);
        json_put_int(w, "id", list.items[i].group_id);
        json_put_bool(w, "is_group_manager", list.items[i].is_group_manager);
        json_end_object(w);
    }
    json_end_array(w);
    json_key(w, "group_ids");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
        json_int(w, list.items[i].group_id);
    json_end_array(w);
    return true;
}

/* One's own is made when one first asks for oneself. */
static bool
write_personal_collection(Request *req, JsonWriter *w, const User *user, Error *err)
{
    Collection collection = { 0 };
    bool own = user->id == req->who.user.id && strcmp(user->type, "personal") == 0;

    if (own ? !collection_personal(req->store, req->arena, user->id, &collection, err)
            : !collection_personal_id(req->store, req->arena, user->id, &collection.id, err))
        return false;
    json_key(w, "personal_collection_id");
    collection.id == 0 ? json_null(w) : json_int(w, collection.id);
    return true;
}

bool
user_write(Request *req, JsonWriter *w, const User *user, Error *err)
{
    bind_write(w, user_fields, user);
    json_put_bool(w, "google_auth", false);
    json_key(w, "structured_attributes");
    json_begin_object(w);
    json_end_object(w);
    return write_personal_collection(req, w, user, err) && write_memberships(req, w, user->id, err);
}

void
user_write_short(JsonWriter *w, const User *user)
{
    if (user == NULL)
    {
        json_null(w);
        return;
    }
    json_begin_object(w);
    json_put_int(w, "id", user->id);
    json_put_text(w, "email", user->email);
    json_put_text(w, "first_name", user->first_name);
    json_put_text(w, "last_name", user->last_name);
    json_put_text(w, "common_name", user->common_name);
    json_end_object(w);
}

static bool
answer_user(Request *req, Response *res, const User *user, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    json_begin_object(w);
    if (!user_write(req, w, user, err))
        return false;
    json_end_object(w);
    return answer_send(&answer, res, err);
}

/* People only: the hidden users behind API keys are not for these routes. */
static bool
find_person(Request *req, int64_t id, User *user, Error *err)
{
    if (!user_find(req->store, req->arena, id, user, err))
        return false;
    if (strcmp(user->type, "personal") != 0)
        return error_set(err, ERR_INVALID, "Not able to modify the internal user");
    return true;
}

static bool
find_active(Request *req, int64_t id, User *user, Error *err)
{
    if (!find_person(req, id, user, err))
        return false;
    return user->is_active || error_set(err, ERR_NOT_FOUND, "this account is deactivated");
}

/* ------------------------------------------------------------------------------------------ lists
 */

typedef struct ListQuery
{
    const char *status;
    bool include_deactivated;
    const char *query;
    int64_t group_id;
    OptInt limit;
    OptInt offset;
} ListQuery;

static const Field list_query[] = {
    FIELD(ListQuery, status, .choices = "active|deactivated|all"),
    FIELD(ListQuery, include_deactivated),
    FIELD(ListQuery, query, .max = 254),
    FIELD(ListQuery, group_id, .min = 1),
    FIELD(ListQuery, limit, .min = 1, .max = 100000),
    FIELD(ListQuery, offset, .min = 0, .max = INT32_MAX),
    { 0 },
};

static UserStatus
status_of(const ListQuery *query)
{
    if (query->status != NULL && strcmp(query->status, "deactivated") == 0)
        return USER_DEACTIVATED;
    if (query->include_deactivated || (query->status != NULL && strcmp(query->status, "all") == 0))
        return USER_ALL;
    return USER_ACTIVE;
}

static bool
list_users(Request *req, Response *res, Error *err)
{
    const ListQuery *query = req->query;
    UserFilter filter = { .status = status_of(query),
                          .query = query->query,
                          .group_id = query->group_id,
                          .limit = query->limit.set ? query->limit.value : 0,
                          .offset = query->offset.set ? query->offset.value : 0 };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    UserList list;

    if (!user_list(req->store, req->arena, &filter, &list, err))
        return false;
    json_begin_object(w);
    json_key(w, "data");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        json_begin_object(w);
        if (!user_write(req, w, &list.items[i], err))
            return false;
        json_end_object(w);
    }
    json_end_array(w);
    answer_page_end(w, list.total, (Page){ query->limit, query->offset });
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
list_recipients(Request *req, Response *res, Error *err)
{
    UserFilter filter = { .status = USER_ACTIVE };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    UserList list;

    if (!user_list(req->store, req->arena, &filter, &list, err))
        return false;
    json_begin_object(w);
    json_key(w, "data");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
        user_write_short(w, &list.items[i]);
    json_end_array(w);
    answer_page_end(w, list.total, (Page){ 0 });
    json_end_object(w);
    return answer_send(&answer, res, err);
}

/* -------------------------------------------------------------------------------------- one person
 */

bool
user_write_current(Request *req, JsonWriter *w, Error *err)
{
    const User *user = &req->who.user;
    bool admin = access_need(&req->who, NEED_ADMIN, &(Error){ 0 });
    UserFilter filter = { .status = USER_ALL, .limit = 1 };
    UserList list;

    if (!user_list(req->store, req->arena, &filter, &list, err))
        return false;
    json_begin_object(w);
    if (!user_write(req, w, user, err))
        return false;
    json_put_tree(w, "settings", user->settings);
    json_put_bool(w, "is_installer", user->id == 1);
    json_put_bool(w, "has_invited_second_user", list.total > 1);
    json_put_bool(w, "has_question_and_dashboard", false);
    json_put_bool(w, "can_write_any_collection", admin);
    json_put_null(w, "custom_homepage");
    json_key(w, "permissions");
    json_begin_object(w);
    json_put_bool(w, "can_access_setting", admin);
    json_put_bool(w, "can_access_subscription", true);
    json_put_bool(w, "can_access_monitoring", admin);
    json_put_bool(w, "is_group_manager", false);
    json_end_object(w);
    json_end_object(w);
    return true;
}

static bool
get_current(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    return user_write_current(req, w, err) && answer_send(&answer, res, err);
}

static bool
get_user(Request *req, Response *res, Error *err)
{
    User user;

    return access_to_user(&req->who, req->id, err) && find_active(req, req->id, &user, err) &&
           answer_user(req, res, &user, err);
}

typedef struct UserInput
{
    const char *email;
    const char *first_name;
    const char *last_name;
    const char *locale;
    const char *theme;
    OptBool is_superuser;
    OptBool is_data_analyst;
    const Json *user_group_memberships;
    const Json *login_attributes;
} UserInput;

#define PERSON_FIELDS                                                                              \
    FIELD(UserInput, first_name, .nullable = true, .max = 254),                                    \
        FIELD(UserInput, last_name, .nullable = true, .max = 254),                                 \
        FIELD(UserInput, locale, .nullable = true, .choices = "en|fr"),                            \
        FIELD(UserInput, is_superuser, .nullable = true),                                          \
        FIELD(UserInput, is_data_analyst, .nullable = true),                                       \
        FIELD(UserInput, user_group_memberships, .nullable = true, .shapes = SHAPE(JSON_ARRAY)),   \
        FIELD(UserInput, login_attributes, .nullable = true, .shapes = SHAPE(JSON_OBJECT))

static const Field create_fields[] = {
    FIELD(UserInput, email, .required = true, .not_blank = true, .max = 254),
    PERSON_FIELDS,
    FIELD_SKIP("password"),
    FIELD_SKIP("group_ids"),
    FIELD_SKIP("source"),
    { 0 },
};

static const Field update_fields[] = {
    FIELD(UserInput, email, .nullable = true, .not_blank = true, .max = 254),
    PERSON_FIELDS,
    FIELD(UserInput, theme, .nullable = true, .choices = "light|dark|auto"),
    { 0 },
};

static bool
email_is_valid(const char *email, Error *err)
{
    const char *at = strchr(email, '@');

    if (at != NULL && at != email && strchr(at + 1, '@') == NULL && strchr(at + 1, '.') != NULL &&
        email[strcspn(email, " \t\r\n<>,;\"")] == '\0' && email[strlen(email) - 1] != '.')
        return true;
    return error_field(err, "email", "value must be a valid email address.");
}

static bool
read_memberships(Request *req, const Json *list, GroupChoice **choices, size_t *count, Error *err)
{
    size_t at = 0;

    if (list->count > MAX_GROUPS)
        return error_field(err, "user_group_memberships", "value must have at most %d items.",
                           MAX_GROUPS);
    *choices = ARENA_ARRAY(req->arena, list->count, GroupChoice);
    for (const Json *item = list->first; item != NULL; item = item->next, at++)
    {
        const Json *manager = json_get(item, "is_group_manager");

        if (item->kind != JSON_OBJECT || !json_to_int(json_get(item, "id"), &(*choices)[at].id) ||
            (manager != NULL && manager->kind != JSON_BOOL && manager->kind != JSON_NULL))
            return error_field(err, "user_group_memberships",
                               "value must be an array of {id, is_group_manager}.");
        (*choices)[at].is_group_manager = json_bool_or(manager, false);
    }
    *count = list->count;
    return true;
}

/* A list without All Users is refused, as clients expect; Administrators go with is_superuser. */
static bool
set_memberships(Request *req, Store *tx, User *user, const Json *list, Error *err)
{
    GroupChoice *choices = NULL;
    size_t count = 0;

    return read_memberships(req, list, &choices, &count, err) &&
           membership_set(tx, req->arena, user->id, choices, count, err) &&
           user_find(tx, req->arena, user->id, user, err);
}

static bool
answer_new_user(Request *req, Response *res, const User *user, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Invitation sent;

    if (!letter_invite(req, user, &sent, err))
        return false;
    json_begin_object(w);
    if (!user_write(req, w, user, err))
        return false;
    json_put_text(w, "invite_url", sent.url);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
post_user(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const UserInput *input = req->input;
    User user = { .email = input->email,
                  .first_name = input->first_name,
                  .last_name = input->last_name,
                  .locale = input->locale,
                  .is_superuser = input->is_superuser.value,
                  .login_attributes = input->login_attributes };

    if (!email_is_valid(input->email, err) || !store_begin(req->store, &tx, err) ||
        !user_create(tx, req->arena, &user, NULL, err))
        return false;
    if (input->user_group_memberships != NULL &&
        !set_memberships(req, tx, &user, input->user_group_memberships, err))
        return false;
    if (!api_audit(req, tx, "user-create", "User", user.id, api_detail(req, "email", user.email),
                   err) ||
        !store_commit(&tx, err))
        return false;
    return answer_new_user(req, res, &user, err);
}

/* A link for somebody who lost theirs: by mail, else to be handed over. */
static bool
post_invite(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Invitation sent;
    User user;

    if (!find_active(req, req->id, &user, err) || !letter_invite(req, &user, &sent, err) ||
        !api_audit(req, req->store, "user-invite", "User", user.id,
                   api_detail(req, "email", user.email), err))
        return false;
    json_begin_object(w);
    json_put_bool(w, "sent", sent.sent);
    json_put_text(w, "url", sent.url);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static Json *
settings_with_theme(Request *req, const User *user, const char *theme)
{
    Json *settings = json_new(req->arena, JSON_OBJECT);

    for (const Json *item = user->settings == NULL ? NULL : user->settings->first; item != NULL;
         item = item->next)
    {
        Json *copy = json_new(req->arena, item->kind);

        *copy = *item;
        copy->next = NULL;
        (void) json_put(req->arena, settings, item->key, copy);
    }
    (void) json_put(req->arena, settings, "theme", json_new_text(req->arena, theme));
    return settings;
}

/* Only what was sent changes; rights are for administrators, the rest for oneself too. */
static bool
apply_input(Request *req, User *user, Error *err)
{
    const UserInput *input = req->input;
    bool rights = input->is_superuser.set || input->is_data_analyst.set ||
                  input->user_group_memberships != NULL || input->login_attributes != NULL;

    if (rights && !access_need(&req->who, NEED_ADMIN, err))
        return false;
    if (input->email != NULL)
    {
        if (!email_is_valid(input->email, err))
            return false;
        user->email = input->email;
    }
    if (json_get(req->json, "first_name") != NULL)
        user->first_name = input->first_name;
    if (json_get(req->json, "last_name") != NULL)
        user->last_name = input->last_name;
    if (json_get(req->json, "locale") != NULL)
        user->locale = input->locale;
    if (json_get(req->json, "login_attributes") != NULL)
        user->login_attributes = input->login_attributes;
    if (json_get(req->json, "theme") != NULL)
        user->settings = settings_with_theme(req, user, input->theme);
    if (input->is_superuser.set)
        user->is_superuser = input->is_superuser.value;
    if (input->is_data_analyst.set)
        user->is_data_analyst = input->is_data_analyst.value;
    return true;
}

static bool
put_user(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const UserInput *input = req->input;
    User user;

    if (!access_to_user(&req->who, req->id, err) || !find_active(req, req->id, &user, err) ||
        !apply_input(req, &user, err))
        return false;
    if (!store_begin(req->store, &tx, err) || !user_update(tx, req->arena, &user, err))
        return false;
    if (input->user_group_memberships != NULL &&
        !set_memberships(req, tx, &user, input->user_group_memberships, err))
        return false;
    if (!api_audit(req, tx, "user-update", "User", user.id, api_detail(req, "email", user.email),
                   err) ||
        !store_commit(&tx, err))
        return false;
    return answer_user(req, res, &user, err);
}

static bool
delete_user(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    User user;

    if (!find_active(req, req->id, &user, err) || !store_begin(req->store, &tx, err) ||
        !user_deactivate(tx, req->arena, req->id, err) ||
        !api_audit(req, tx, "user-deactivate", "User", req->id,
                   api_detail(req, "email", user.email), err) ||
        !store_commit(&tx, err))
        return false;
    return answer_success(res);
}

static bool
put_reactivate(Request *req, Response *res, Error *err)
{
    User user;

    if (!find_person(req, req->id, &user, err) ||
        !user_reactivate(req->store, req->arena, req->id, err) ||
        !user_find(req->store, req->arena, req->id, &user, err) ||
        !api_audit(req, req->store, "user-reactivate", "User", req->id,
                   api_detail(req, "email", user.email), err))
        return false;
    return answer_user(req, res, &user, err);
}

/* ---------------------------------------------------------------------------------------- password
 */

typedef struct PasswordInput
{
    const char *password;
    const char *old_password;
} PasswordInput;

static const Field password_fields[] = {
    FIELD(PasswordInput, password, .required = true, .not_blank = true, .max = 1024,
          .secret = true),
    FIELD(PasswordInput, old_password, .nullable = true, .max = 1024, .secret = true),
    { 0 },
};

/* Whoever changes their own password shows the old one, so that an open screen is not enough. */
static bool
old_password_is_right(Request *req, const PasswordInput *input, Error *err)
{
    const char *key = arena_format(req->arena, "password of %lld", (long long) req->id);
    bool right = false;

    if (!throttle_check(req->app->throttle, &throttle_account, key, err))
        return false;
    if (input->old_password != NULL &&
        !login_password_is(req->store, req->arena, req->id, input->old_password, &right, err))
        return false;
    if (right)
        return true;
    throttle_failed(req->app->throttle, &throttle_account, key);
    return error_field(err, "old_password", "Invalid password");
}

static bool
answer_own_password(Request *req, Response *res, Error *err)
{
    Device device = session_device(req, res);
    bool remember = req->who.session.remember;
    const char *token;

    return login_without_password(req->store, req->arena, req->id, remember, &device, &token,
                                  err) &&
           session_answer_success(req, res, token, remember, err);
}

static bool
put_password(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const PasswordInput *input = req->input;
    bool own = req->who.user.id == req->id;
    const char *hash;
    int64_t ended;
    User user;

    if (!access_to_user(&req->who, req->id, err) || !find_active(req, req->id, &user, err) ||
        (own && !old_password_is_right(req, input, err)) ||
        !password_is_strong(req->app->config, "password", input->password, user.email, err))
        return false;
    hash = login_hash(req->arena, input->password);
    if (!store_begin(req->store, &tx, err) ||
        !user_set_password(tx, req->arena, req->id, hash, err) ||
        !session_end_all(tx, req->arena, req->id, NULL, &ended, err) ||
        !api_audit(req, tx, "password-change", "User", req->id,
                   api_detail(req, "email", user.email), err) ||
        !store_commit(&tx, err))
        return false;
    return own ? answer_own_password(req, res, err) : answer_nothing(res);
}

/* ----------------------------------------------------------------------------------- log-in
 * history */

static bool
list_logins(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    LoginList list;

    if (!login_list(req->store, req->arena, req->who.user.id, LOGINS_SHOWN, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        json_begin_object(w);
        json_put_text(w, "timestamp", list.items[i].timestamp);
        json_put_text(w, "device_description", list.items[i].device_description);
        json_put_text(w, "ip_address", list.items[i].ip_address);
        json_put_null(w, "location");
        json_put_bool(w, "active", list.items[i].active);
        json_put_text(w, "timezone", "UTC");
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route user_routes[] = {
    ROUTE_ON(ADMIN, GET,    "/api/user",                  list_users,      ADMIN, "People", .query = list_query),
    ROUTE_ON(ADMIN, POST,   "/api/user",                  post_user,       ADMIN, "Invite somebody", .body = create_fields),
    ROUTE_ON(API,   GET,    "/api/user/current",          get_current,     USER,  "Oneself"),
    ROUTE_ON(API,   GET,    "/api/user/recipients",       list_recipients, USER,  "People to whom something can be sent"),
    ROUTE_ON(API,   GET,    "/api/user/:id",              get_user,        USER,  "One person"),
    ROUTE_ON(API,   PUT,    "/api/user/:id",              put_user,        USER,  "Change somebody, or oneself", .body = update_fields),
    ROUTE_ON(ADMIN, DELETE, "/api/user/:id",              delete_user,     ADMIN, "Deactivate somebody"),
    ROUTE_ON(API,   PUT,    "/api/user/:id/password",     put_password,    USER,  "Change a password", .body = password_fields, .password = true),
    ROUTE_ON(ADMIN, PUT,    "/api/user/:id/reactivate",   put_reactivate,  ADMIN, "Let somebody in again"),
    ROUTE_ON(ADMIN, POST,   "/api/user/:id/send_invite",  post_invite,     ADMIN, "Make a new link for somebody", .password = true),
    ROUTE_ON(ADMIN, POST,   "/api/user/:id/invite",       post_invite,     ADMIN, "Make a new link for somebody", .password = true),
    ROUTE_ON(API,   GET,    "/api/login-history/current", list_logins,     USER,  "One's own log-ins"),
    { 0 },
};
// clang-format on
