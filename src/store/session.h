/*
 * Ways in: sessions, API keys, invitation and reset tokens, and the history of log-ins. Only hashes
 * of tokens and keys are kept; the text is given once, when made.
 */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include "store/store.h"

/* How long sessions live, in seconds. */
typedef struct SessionPolicy
{
    int64_t remembered_seconds; /* after log-in with "remember me" */
    int64_t max_seconds;        /* after log-in without */
    int64_t idle_seconds;       /* after the last request, without "remember me"; 0: no limit */
} SessionPolicy;

typedef struct Session
{
    const char *id; /* names it in lists and logs; not the token */
    int64_t user_id;
    bool remember;
    const char *anti_csrf_token; /* NULL unless it was asked for */
    const char *created_at;
    const char *last_active_at;
    const char *ip_address;
    const char *device_description;
} Session;

typedef struct SessionList
{
    Session *items;
    size_t count;
} SessionList;

/* `session` gives user_id, remember, ip_address, device_description, anti_csrf_token. *token is a
 * UUID, as clients expect; it goes to the client and nowhere else. Writes the login history. */
bool session_create(Store *store, Arena *arena, Session *session, const char *device_id,
                    const char **token, Error *err);
/*
 * ERR_UNAUTHENTICATED when unknown, too old, idle for too long, or of somebody deactivated. The
 * time of the last request is written at most once a minute.
 */
bool session_find(Store *store, Arena *arena, const char *token, const SessionPolicy *policy,
                  Session *session, Error *err);
bool session_list(Store *store, Arena *arena, int64_t user_id, SessionList *list, Error *err);
/* *existed (may be NULL) tells whether there was one. */
bool session_end(Store *store, Arena *arena, const char *token, bool *existed, Error *err);
/* All of one person but `except_id` (NULL: none kept). user_id 0: of everybody. */
bool session_end_all(Store *store, Arena *arena, int64_t user_id, const char *except_id,
                     int64_t *ended, Error *err);
/* Removes what no policy would accept any more. */
bool session_sweep(Store *store, Arena *arena, const SessionPolicy *policy, int64_t *removed,
                   Error *err);

typedef struct Login
{
    int64_t id;
    int64_t user_id;
    const char *timestamp;
    const char *device_id;
    const char *device_description;
    const char *ip_address;
    bool active; /* its session is still there */
} Login;

typedef struct LoginList
{
    Login *items;
    size_t count;
} LoginList;

/* Newest first. */
bool login_list(Store *store, Arena *arena, int64_t user_id, int64_t limit, LoginList *list,
                Error *err);
/* Has this person logged in from that device before? */
bool login_knows_device(Store *store, Arena *arena, int64_t user_id, const char *device_id,
                        bool *known, Error *err);

typedef struct ApiKey
{
    int64_t id;
    const char *name;
    int64_t user_id; /* the hidden user it acts as */
    int64_t group_id;
    const char *group_name;
    const char *masked_key; /* "mb_1234**********" */
    int64_t updated_by_id;
    const char *updated_by_name;
    const char *created_at;
    const char *updated_at;
} ApiKey;

typedef struct ApiKeyList
{
    ApiKey *items;
    size_t count;
} ApiKeyList;

bool api_key_list(Store *store, Arena *arena, ApiKeyList *list, Error *err);
bool api_key_find(Store *store, Arena *arena, int64_t id, ApiKey *key, Error *err);
/* The key that a request carries; ERR_UNAUTHENTICATED when there is none. */
bool api_key_find_by_text(Store *store, Arena *arena, const char *text, ApiKey *key, Error *err);
/* A taken name is ERR_INVALID on "name". *text is "mb_..." and shown once. */
bool api_key_create(Store *store, Arena *arena, const char *name, int64_t group_id, int64_t by_user,
                    ApiKey *key, const char **text, Error *err);
/* name NULL and group_id 0 leave as it is. */
bool api_key_update(Store *store, Arena *arena, int64_t id, const char *name, int64_t group_id,
                    int64_t by_user, ApiKey *key, Error *err);
bool api_key_regenerate(Store *store, Arena *arena, int64_t id, int64_t by_user, ApiKey *key,
                        const char **text, Error *err);
bool api_key_delete(Store *store, Arena *arena, int64_t id, Error *err);

typedef enum TokenKind
{
    TOKEN_INVITE,
    TOKEN_RESET
} TokenKind;

/* Replaces open ones of the same kind and person. *text is "<user id>_<random>", given once. */
bool token_create(Store *store, Arena *arena, TokenKind kind, int64_t user_id, int64_t seconds,
                  const char **text, Error *err);
/* Both kinds open the same door. ERR_INVALID on field "token" when unknown, used or too old. */
bool token_find(Store *store, Arena *arena, const char *text, int64_t *user_id, TokenKind *kind,
                Error *err);
/* The same, and nobody can use it a second time, also when two try at once. */
bool token_use(Store *store, Arena *arena, const char *text, int64_t *user_id, TokenKind *kind,
               Error *err);

#endif
