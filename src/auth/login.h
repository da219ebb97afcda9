/*
 * Passwords and ways in: log-in, rules for passwords, invitation and reset links. Guessing is
 * throttled per account and per address; at most two passwords are hashed at one time, so that a
 * flood of log-ins cannot take the memory of the machine.
 */
#ifndef AUTH_LOGIN_H
#define AUTH_LOGIN_H

#include "auth/throttle.h"
#include "base/arena.h"
#include "base/error.h"
#include "config/config.h"
#include "store/session.h"
#include "store/user.h"

/* The machine from which somebody logs in. */
typedef struct Device
{
    const char *id; /* a cookie of ours, or "" */
    const char *description;
    const char *address;
} Device;

typedef struct Credentials
{
    const char *username;
    const char *password;
    bool remember;
} Credentials;

/* ERR_INVALID on `field` when the password is too weak. `email` may be NULL. */
bool password_is_strong(const Config *config, const char *field, const char *password,
                        const char *email, Error *err);
/* What the rules ask for: {"total": 8, "digit": 1}. */
void password_rules_write(const Config *config, JsonWriter *w);
/* password_hash, with the limit on how many run at once. */
char *login_hash(Arena *arena, const char *password);
/* Is this the person's password? Bcrypt hashes are replaced when it is. */
bool login_password_is(Store *store, Arena *arena, int64_t user_id, const char *password,
                       bool *right, Error *err);

/*
 * Checks name and password, and opens a session. ERR_UNAUTHENTICATED on field "password", or
 * "_error" for a deactivated account; ERR_THROTTLED on field "username".
 */
bool login(Store *store, Throttle *throttle, Arena *arena, const Credentials *credentials,
           const Device *device, User *user, const char **token, Error *err);
/* A session for somebody who proved who they are in another way (a link, the set-up). */
bool login_without_password(Store *store, Arena *arena, int64_t user_id, bool remember,
                            const Device *device, const char **token, Error *err);

/* Sets the password by a link and ends all older sessions. */
bool login_reset(Store *store, const Config *config, Arena *arena, const char *token,
                 const char *password, User *user, Error *err);
/* "/auth/reset_password/<token>", with "#new" for an invitation. */
bool login_make_link(Store *store, Arena *arena, TokenKind kind, int64_t user_id, const char **path,
                     Error *err);

#endif
