/* Recognises who asks, and decides about routes. Content is decided in access_content.c, data in
 * access_data.c, nowhere else. */
#include "auth/access.h"

#include <string.h>

SessionPolicy
session_policy(const Config *config)
{
    int64_t seconds = config->session_minutes * 60;

    /* Without "remember me" the browser forgets the cookie when it closes; programs keep theirs. */
    return (SessionPolicy){
        .remembered_seconds = seconds,
        .max_seconds = seconds,
        .idle_seconds = 0,
    };
}

static bool
identify_key(Store *store, Arena *arena, const char *text, Identity *who, Error *err)
{
    if (!api_key_find_by_text(store, arena, text, &who->key, err) ||
        !user_find(store, arena, who->key.user_id, &who->user, err))
        return false;
    who->means = MEANS_API_KEY;
    return true;
}

static bool
identify_session(Store *store, const Config *config, Arena *arena, const char *token, Means means,
                 Identity *who, Error *err)
{
    SessionPolicy policy = session_policy(config);

    if (!session_find(store, arena, token, &policy, &who->session, err) ||
        !user_find(store, arena, who->session.user_id, &who->user, err))
        return false;
    who->means = means;
    who->session_token = token;
    return true;
}

static bool
identify_any(Store *store, const Config *config, Arena *arena, const HttpRequest *req,
             Identity *who, Error *err)
{
    const char *key = request_header(req, API_KEY_HEADER);
    const char *header = request_header(req, SESSION_HEADER);
    const char *cookie = request_cookie(req, SESSION_COOKIE);

    if (key != NULL)
        return identify_key(store, arena, key, who, err);
    if (header != NULL)
        return identify_session(store, config, arena, header, MEANS_HEADER, who, err);
    if (cookie != NULL)
        return identify_session(store, config, arena, cookie, MEANS_COOKIE, who, err);
    return true;
}

bool
access_identify(Store *store, const Config *config, Arena *arena, const HttpRequest *req,
                bool strict, Identity *who, Error *err)
{
    Identity found = { 0 };
    Error why = { 0 };

    if (!identify_any(store, config, arena, req, &found, &why))
    {
        bool wrong = why.code == ERR_UNAUTHENTICATED || why.code == ERR_NOT_FOUND;

        if (!wrong)
        {
            *err = why;
            return false;
        }
        if (strict)
            return error_set(err, ERR_UNAUTHENTICATED, "the session or the key is not valid");
        *who = (Identity){ 0 };
        return true;
    }
    if (found.user.id != 0 && !membership_ids(store, arena, found.user.id, &found.groups, err))
        return false;
    *who = found;
    return true;
}

/* A key acts with the rights of its group: in Administrators it administers. */
bool
access_is_admin(const Identity *who)
{
    for (size_t i = 0; i < who->groups.count; i++)
        if (who->groups.items[i] == GROUP_ADMINISTRATORS)
            return true;
    return who->user.is_superuser;
}

bool
access_need(const Identity *who, Need need, Error *err)
{
    if (need == NEED_NOTHING)
        return true;
    if (who->user.id == 0)
        return error_set(err, ERR_UNAUTHENTICATED, "log in first");
    if (need == NEED_USER || access_is_admin(who))
        return true;
    return error_set(err, ERR_DENIED, "only administrators may do this");
}

bool
access_same_site(const HttpRequest *req, const Identity *who, Error *err)
{
    const char *site = request_header(req, "Sec-Fetch-Site");

    if (who->means != MEANS_COOKIE || req->method == GET || req->method == HEAD || site == NULL)
        return true;
    if (strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0)
        return true;
    return error_set(err, ERR_DENIED, "another site may not change anything here");
}

bool
access_to_user(const Identity *who, int64_t user_id, Error *err)
{
    return who->user.id == user_id ? access_need(who, NEED_USER, err)
                                   : access_need(who, NEED_ADMIN, err);
}

const char *
identity_name(Arena *arena, const Identity *who)
{
    if (who->means == MEANS_API_KEY)
        return arena_format(arena, "API key %s", who->key.name);
    return who->user.id == 0 ? "nobody" : who->user.email;
}
