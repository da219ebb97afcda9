/* The first set-up: one administrator, the name and the language of the site. It happens once. */
#include "api/setup.h"

#include "api/answer.h"
#include "api/session.h"
#include "api/tables.h"
#include "base/crypto.h"
#include "mail/mail.h"
#include "store/setting.h"

#include <string.h>

static const char token_key[] = "setup-token";

bool
setup_is_done(Request *req, bool *done, Error *err)
{
    App *app = req->app;

    *done = app->has_user;
    if (*done)
        return true;
    if (!user_exists_any(req->store, req->arena, done, err))
        return false;
    app->has_user = *done;
    return true;
}

/* Kept in the app database, so that two copies of the server agree. */
bool
setup_token(Request *req, const char **token, Error *err)
{
    const Config *config = req->app->config;
    bool done;

    *token = NULL;
    if (!setup_is_done(req, &done, err))
        return false;
    if (done)
        return true;
    if (config->setup_token[0] != '\0')
    {
        *token = config->setup_token;
        return true;
    }
    if (!setting_get(req->store, req->arena, token_key, token, err))
        return false;
    if (*token != NULL)
        return true;
    *token = random_uuid(req->arena);
    return setting_put(req->store, req->arena, token_key, *token, false, err);
}

bool
setup_token_shown(Request *req, const char **token, Error *err)
{
    if (!setup_token(req, token, err))
        return false;
    if (req->app->config->setup_token[0] != '\0')
        *token = NULL;
    return true;
}

typedef struct SetupUser
{
    const char *email;
    const char *password;
    const char *first_name;
    const char *last_name;
    const char *site_name;
} SetupUser;

typedef struct SetupPrefs
{
    const char *site_name;
    const char *site_locale;
} SetupPrefs;

typedef struct SetupInput
{
    const char *token;
    SetupUser user;
    SetupPrefs prefs;
} SetupInput;

static const Field user_fields[] = {
    FIELD(SetupUser, email, .required = true, .not_blank = true, .max = 254),
    FIELD(SetupUser, password, .required = true, .not_blank = true, .max = 1024, .secret = true),
    FIELD(SetupUser, first_name, .nullable = true, .max = 254),
    FIELD(SetupUser, last_name, .nullable = true, .max = 254),
    FIELD(SetupUser, site_name, .nullable = true, .max = 254),
    FIELD_SKIP("password_confirm"),
    { 0 },
};

static const Field prefs_fields[] = {
    FIELD(SetupPrefs, site_name, .nullable = true, .max = 254),
    FIELD(SetupPrefs, site_locale, .nullable = true, .choices = "en|fr"),
    FIELD_SKIP("allow_tracking"),
    { 0 },
};

static const Field setup_fields[] = {
    FIELD(SetupInput, token, .required = true, .not_blank = true, .max = 200, .secret = true),
    FIELD_STRUCT(SetupInput, user, user_fields, .required = true),
    FIELD_STRUCT(SetupInput, prefs, prefs_fields, .required = true),
    FIELD_SKIP("database"),
    FIELD_SKIP("invite"),
    { 0 },
};

static bool
check_token(Request *req, const char *given, Error *err)
{
    const char *token, *address = req->http->client_address;

    if (!throttle_check(req->app->throttle, &throttle_address, address, err) ||
        !setup_token(req, &token, err))
        return false;
    if (token == NULL)
        return error_set(err, ERR_DENIED, "the set-up was done already");
    if (crypto_equal(str_of(given), str_of(token)))
        return true;
    throttle_failed(req->app->throttle, &throttle_address, address);
    return error_field(err, "token", "Token does not match the setup token.");
}

static bool
check_user(Request *req, const SetupUser *user, Error *err)
{
    if (!mail_address_is_valid(user->email))
        return error_field(err, "email", "value must be a valid email address.");
    return password_is_strong(req->app->config, "password", user->password, user->email, err);
}

/* In a transaction that holds a counter's row: of two set-ups at once, the second sees the first.
 */
static bool
create_first_user(Request *req, Store *tx, const SetupInput *input, User *user, Error *err)
{
    const char *hash = login_hash(req->arena, input->user.password);
    int64_t turn;
    bool exists;

    if (!counter_move(tx, req->arena, "setup", &turn, err) ||
        !user_exists_any(tx, req->arena, &exists, err))
        return false;
    if (exists)
        return error_set(err, ERR_DENIED, "the set-up was done already");
    *user = (User){ .email = input->user.email,
                    .first_name = input->user.first_name,
                    .last_name = input->user.last_name,
                    .is_superuser = true };
    return user_create(tx, req->arena, user, hash, err) &&
           setting_put(tx, req->arena, token_key, NULL, false, err);
}

static bool
keep_setting(Request *req, LiveKey live, const char *value, Error *err)
{
    return value == NULL || value[0] == '\0' || settings_is_fixed(req->settings, live) ||
           settings_put_text(req->settings, live, value, err);
}

static bool
keep_settings(Request *req, const SetupInput *input, Error *err)
{
    const char *name =
        input->prefs.site_name != NULL ? input->prefs.site_name : input->user.site_name;
    const char *locale = input->prefs.site_locale;

    return keep_setting(req, LIVE_site_name, name, err) &&
           keep_setting(req, LIVE_site_locale, locale, err) &&
           keep_setting(req, LIVE_admin_email, input->user.email, err) &&
           keep_setting(req, LIVE_start_of_week,
                        locale != NULL && strcmp(locale, "fr") == 0 ? "monday" : NULL, err);
}

static bool
post_setup(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const SetupInput *input = req->input;
    Device device = session_device(req, res);
    const char *token;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    if (!check_token(req, input->token, err) || !check_user(req, &input->user, err) ||
        !store_begin(req->store, &tx, err) ||
        !create_first_user(req, tx, input, &req->who.user, err) ||
        !api_audit(req, tx, "setup", "User", req->who.user.id, NULL, err) ||
        !store_commit(&tx, err))
        return false;
    req->app->has_user = true;
    if (!keep_settings(req, input, err) ||
        !login_without_password(req->store, req->arena, req->who.user.id, true, &device, &token,
                                err))
        return false;
    session_cookies_put(req, res, token, true);
    json_begin_object(w);
    json_put_text(w, "id", token);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route setup_routes[] = {
    ROUTE_ON(ADMIN, POST, "/api/setup", post_setup, NOTHING, "The first set-up", .body = setup_fields),
    { 0 },
};
// clang-format on
