/* Log in, log out, forgotten passwords and the links that reset them. */
#include "api/session.h"

#include "api/answer.h"
#include "api/letter.h"
#include "api/tables.h"
#include "base/crypto.h"
#include "base/log.h"

#include <string.h>

static SameSite
same_site(const Config *config)
{
    switch (config->cookie_samesite[0])
    {
        case 's':
            return SAME_SITE_STRICT;
        case 'n':
            return SAME_SITE_NONE;
        default:
            return SAME_SITE_LAX;
    }
}

static void
put_cookie(const Request *req, Response *res, const char *name, const char *value, int64_t max_age)
{
    HttpCookie cookie = {
        .name = name,
        .value = value,
        .path = req->app->config->base_path[0] == '\0' ? "/" : req->app->config->base_path,
        .max_age = max_age,
        .http_only = true,
        .secure = req->http->is_https,
        .same_site = same_site(req->app->config),
    };

    response_cookie(res, &cookie);
}

void
session_cookies_put(const Request *req, Response *res, const char *token, bool remember)
{
    put_cookie(req, res, SESSION_COOKIE, token,
               remember ? req->app->config->session_minutes * 60 : 0);
}

void
session_cookies_clear(const Request *req, Response *res)
{
    put_cookie(req, res, SESSION_COOKIE, "", -1);
}

bool
session_answer_success(Request *req, Response *res, const char *token, bool remember, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    session_cookies_put(req, res, token, remember);
    json_begin_object(w);
    json_put_bool(w, "success", true);
    json_put_text(w, "session_id", token);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

Device
session_device(Request *req, Response *res)
{
    const char *agent = request_header(req->http, "User-Agent");
    const char *id = request_cookie(req->http, DEVICE_COOKIE);

    if (id == NULL || strlen(id) != 36)
    {
        id = random_uuid(req->arena);
        put_cookie(req, res, DEVICE_COOKIE, id, INT64_C(20) * 365 * 86400);
    }
    return (Device){ .id = id,
                     .description = agent == NULL
                                        ? "unknown"
                                        : arena_text_n(req->arena, agent, strnlen(agent, 400)),
                     .address = req->http->client_address };
}

/* ------------------------------------------------------------------------------------------ log in
 */

static const Field login_fields[] = {
    FIELD(Credentials, username, .required = true, .not_blank = true, .max = 254),
    FIELD(Credentials, password, .required = true, .not_blank = true, .max = 1024, .secret = true),
    FIELD(Credentials, remember, .nullable = true),
    { 0 },
};

static bool
answer_session(Request *req, Response *res, const char *token, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    json_begin_object(w);
    json_put_text(w, "id", token);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static void
note_refusal(const Request *req, const Error *err)
{
    log_warn("login.refused", LOG_TEXT("address", req->http->client_address),
             LOG_TEXT("reason", err->message));
}

static bool
post_session(Request *req, Response *res, Error *err)
{
    const Credentials *input = req->input;
    Device device = session_device(req, res);
    const char *token;
    User user;

    if (!login(req->store, req->app->throttle, req->arena, input, &device, &user, &token, err))
    {
        note_refusal(req, err);
        return false;
    }
    req->who.user = user;
    if (!api_audit(req, req->store, "login", "User", user.id, NULL, err))
        return false;
    session_cookies_put(req, res, token, input->remember);
    return answer_session(req, res, token, err);
}

static bool
delete_session(Request *req, Response *res, Error *err)
{
    bool existed = false;

    if (req->who.session_token != NULL &&
        !session_end(req->store, req->arena, req->who.session_token, &existed, err))
        return false;
    session_cookies_clear(req, res);
    if (!existed)
        return error_set(err, ERR_NOT_FOUND, "there is no session");
    return answer_nothing(res);
}

/* ---------------------------------------------------------------------- forgotten passwords */

typedef struct ForgotInput
{
    const char *email;
} ForgotInput;

static const Field forgot_fields[] = {
    FIELD(ForgotInput, email, .required = true, .not_blank = true, .max = 254),
    { 0 },
};

/* Whether or not there is such a person, the answer is the same and comes at once. */
static bool
post_forgot_password(Request *req, Response *res, Error *err)
{
    const ForgotInput *input = req->input;
    Throttle *throttle = req->app->throttle;
    User user;

    if (!throttle_check(throttle, &throttle_mail, input->email, err) ||
        !throttle_check(throttle, &throttle_mail, req->http->client_address, err))
        return false;
    throttle_failed(throttle, &throttle_mail, input->email);
    throttle_failed(throttle, &throttle_mail, req->http->client_address);
    if (!user_find_by_email(req->store, req->arena, input->email, &user, err))
        return err->code == ERR_NOT_FOUND ? answer_nothing(res) : false;
    if (user.is_active && strcmp(user.type, "personal") == 0)
        letter_reset(req, &user);
    return answer_nothing(res);
}

typedef struct ResetInput
{
    const char *token;
    const char *password;
} ResetInput;

static const Field reset_fields[] = {
    FIELD(ResetInput, token, .required = true, .not_blank = true, .max = 200, .secret = true),
    FIELD(ResetInput, password, .required = true, .not_blank = true, .max = 1024, .secret = true),
    { 0 },
};

static bool
post_reset_password(Request *req, Response *res, Error *err)
{
    const ResetInput *input = req->input;
    Device device = session_device(req, res);
    const char *token;

    if (!throttle_check(req->app->throttle, &throttle_address, req->http->client_address, err))
        return false;
    if (!login_reset(req->store, req->app->config, req->arena, input->token, input->password,
                     &req->who.user, err))
    {
        throttle_failed(req->app->throttle, &throttle_address, req->http->client_address);
        return false;
    }
    if (!login_without_password(req->store, req->arena, req->who.user.id, false, &device, &token,
                                err) ||
        !api_audit(req, req->store, "password-reset", "User", req->who.user.id, NULL, err))
        return false;
    return session_answer_success(req, res, token, false, err);
}

typedef struct TokenQuery
{
    const char *token;
} TokenQuery;

static const Field token_query[] = {
    FIELD(TokenQuery, token, .required = true, .max = 200, .secret = true),
    { 0 },
};

static bool
get_token_valid(Request *req, Response *res, Error *err)
{
    const TokenQuery *query = req->query;
    int64_t user_id;
    TokenKind kind;
    Error why;
    bool valid = token_find(req->store, req->arena, query->token, &user_id, &kind, &why);

    if (!valid && why.code != ERR_INVALID)
    {
        *err = why;
        return false;
    }
    response_json(res, valid ? STR("{\"valid\":true}") : STR("{\"valid\":false}"));
    return true;
}

typedef struct PasswordInput
{
    const char *password;
} PasswordInput;

static const Field password_fields[] = {
    FIELD(PasswordInput, password, .required = true, .not_blank = true, .max = 1024,
          .secret = true),
    { 0 },
};

static bool
post_password_check(Request *req, Response *res, Error *err)
{
    const PasswordInput *input = req->input;

    if (!password_is_strong(req->app->config, "password", input->password, NULL, err))
        return false;
    response_json(res, STR("{\"valid\":true}"));
    return true;
}

// clang-format off
const Route session_routes[] = {
    ROUTE_ON(API, POST,   "/api/session",                            post_session,         NOTHING, "Log in", .body = login_fields, .password = true),
    ROUTE_ON(API, DELETE, "/api/session",                            delete_session,       NOTHING, "Log out"),
    ROUTE_ON(API, POST,   "/api/session/forgot_password",            post_forgot_password, NOTHING, "Ask for a link to reset a password", .body = forgot_fields, .password = true),
    ROUTE_ON(API, POST,   "/api/session/reset_password",             post_reset_password,  NOTHING, "Set a password by a link", .body = reset_fields, .password = true),
    ROUTE_ON(API, GET,    "/api/session/password_reset_token_valid", get_token_valid,      NOTHING, "Whether a link can still be used", .query = token_query, .password = true),
    ROUTE_ON(API, POST,   "/api/session/password-check",             post_password_check,  NOTHING, "Whether a password is strong enough", .body = password_fields, .password = true),
    ROUTE_ON(API, POST,   "/api/util/password_check",                post_password_check,  NOTHING, "The same under its old name", .body = password_fields, .password = true),
    { 0 },
};
// clang-format on
