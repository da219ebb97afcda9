/* Passwords and ways in. Who may do what once inside is auth/access. */
#include "auth/login.h"

#include "base/crypto.h"

#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum
{
    MAX_HASHES = 2,
    RESET_SECONDS = 48 * 3600,
    INVITE_SECONDS = 7 * 24 * 3600
};

/* At most MAX_HASHES at once: each takes 19 MB for some 20 ms. */
static struct
{
    pthread_mutex_t lock;
    pthread_cond_t free;
    int running;
} hashing = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0 };

static void
hashing_begin(void)
{
    (void) pthread_mutex_lock(&hashing.lock);
    while (hashing.running >= MAX_HASHES)
        (void) pthread_cond_wait(&hashing.free, &hashing.lock);
    hashing.running++;
    (void) pthread_mutex_unlock(&hashing.lock);
}

static void
hashing_end(void)
{
    (void) pthread_mutex_lock(&hashing.lock);
    hashing.running--;
    (void) pthread_cond_signal(&hashing.free);
    (void) pthread_mutex_unlock(&hashing.lock);
}

char *
login_hash(Arena *arena, const char *password)
{
    char *hash;

    hashing_begin();
    hash = password_hash(arena, password);
    hashing_end();
    return hash;
}

static bool
verify(const char *password, const char *salt, const char *hash, bool *old)
{
    bool right;

    hashing_begin();
    right = password_verify(password, salt, hash, old);
    hashing_end();
    return right;
}

/* ------------------------------------------------------------------------- rules for passwords */

typedef struct Classes
{
    int64_t total, lower, upper, digit, special;
} Classes;

static Classes
wanted_classes(const Config *config)
{
    Classes wanted = { .total = config->password_length };

    if (strcmp(config->password_complexity, "weak") != 0)
        wanted.digit = 1;
    if (strcmp(config->password_complexity, "strong") == 0)
    {
        wanted.lower = 2;
        wanted.upper = 2;
        wanted.special = 1;
    }
    return wanted;
}

static Classes
classes_of(const char *password)
{
    Classes found = { .total = (int64_t) str_letters(str_of(password)) };

    for (const unsigned char *c = (const unsigned char *) password; *c != '\0'; c++)
    {
        found.lower += islower(*c) != 0;
        found.upper += isupper(*c) != 0;
        found.digit += isdigit(*c) != 0;
        found.special += *c < 0x80 && ispunct(*c) != 0;
    }
    return found;
}

static bool
is_common(const char *password)
{
    static const char *const common[] = {
#define COMMON(text) text,
#include "auth/common_passwords.def"
#undef COMMON
    };

    for (size_t i = 0; i < COUNT_OF(common); i++)
        if (str_is_nocase(str_of(password), common[i]))
            return true;
    return false;
}

bool
password_is_strong(const Config *config, const char *field, const char *password, const char *email,
                   Error *err)
{
    Classes wanted = wanted_classes(config), found = classes_of(password);

    if (found.total < wanted.total)
        return error_field(err, field, "password must have at least %lld characters.",
                           (long long) wanted.total);
    if (found.digit < wanted.digit)
        return error_field(err, field, "password must have at least one digit.");
    if (found.lower < wanted.lower || found.upper < wanted.upper)
        return error_field(err, field,
                           "password must have at least two lower-case and two capital letters.");
    if (found.special < wanted.special)
        return error_field(err, field, "password must have at least one special character.");
    if (is_common(password) || (email != NULL && str_is_nocase(str_of(password), email)))
        return error_field(err, field, "password is too common.");
    return true;
}

void
password_rules_write(const Config *config, JsonWriter *w)
{
    Classes wanted = wanted_classes(config);

    json_begin_object(w);
    json_put_int(w, "total", wanted.total);
    if (wanted.digit > 0)
        json_put_int(w, "digit", wanted.digit);
    if (wanted.upper > 0)
    {
        json_put_int(w, "lower", wanted.lower);
        json_put_int(w, "upper", wanted.upper);
        json_put_int(w, "special", wanted.special);
    }
    json_end_object(w);
}

/* --------------------------------------------------------------------------------------- log-in */

bool
login_password_is(Store *store, Arena *arena, int64_t user_id, const char *password, bool *right,
                  Error *err)
{
    const char *hash, *salt;
    bool old = false;

    if (!user_password(store, arena, user_id, &hash, &salt, err))
        return false;
    *right = hash != NULL && verify(password, salt, hash, &old);
    if (*right && old)
        return user_set_password(store, arena, user_id, login_hash(arena, password), err);
    return true;
}

/* As long as a real check, so that the time does not tell whether an account exists. */
static void
pretend_to_verify(Arena *arena, const char *password)
{
    (void) login_hash(arena, password);
}

static bool
wrong_password(Error *err)
{
    (void) error_field(err, "password", "did not match stored password");
    err->code = ERR_UNAUTHENTICATED;
    return false;
}

static bool
throttled(Error *err)
{
    (void) snprintf(err->field, sizeof(err->field), "username");
    return false;
}

/* The person whose password this is; ERR_UNAUTHENTICATED when there is none. */
static bool
find_person(Store *store, Arena *arena, const Credentials *credentials, User *user, Error *err)
{
    bool right = false;

    if (!user_find_by_email(store, arena, credentials->username, user, err))
    {
        if (err->code != ERR_NOT_FOUND)
            return false;
        pretend_to_verify(arena, credentials->password);
        return wrong_password(err);
    }
    if (strcmp(user->type, "personal") != 0)
        return wrong_password(err);
    if (!login_password_is(store, arena, user->id, credentials->password, &right, err))
        return false;
    if (!right)
        return wrong_password(err);
    if (!user->is_active)
    {
        (void) error_field(err, "_error", "Your account is disabled.");
        err->code = ERR_UNAUTHENTICATED;
        return false;
    }
    return true;
}

bool
login(Store *store, Throttle *throttle, Arena *arena, const Credentials *credentials,
      const Device *device, User *user, const char **token, Error *err)
{
    if (!throttle_check(throttle, &throttle_account, credentials->username, err) ||
        !throttle_check(throttle, &throttle_address, device->address, err))
        return throttled(err);
    if (!find_person(store, arena, credentials, user, err))
    {
        if (err->code == ERR_UNAUTHENTICATED)
        {
            throttle_failed(throttle, &throttle_account, credentials->username);
            throttle_failed(throttle, &throttle_address, device->address);
        }
        return false;
    }
    throttle_passed(throttle, &throttle_account, credentials->username);
    return login_without_password(store, arena, user->id, credentials->remember, device, token,
                                  err);
}

bool
login_without_password(Store *store, Arena *arena, int64_t user_id, bool remember,
                       const Device *device, const char **token, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Session session = { .user_id = user_id,
                        .remember = remember,
                        .ip_address = device->address,
                        .device_description = device->description };

    return store_join(store, &tx, err) &&
           session_create(tx, arena, &session, device->id, token, err) &&
           user_note_login(tx, arena, user_id, err) && store_commit(&tx, err);
}

/* ---------------------------------------------------------------------------------------- links */

bool
login_reset(Store *store, const Config *config, Arena *arena, const char *token,
            const char *password, User *user, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const char *hash;
    int64_t user_id, ended;
    TokenKind kind;

    if (!token_find(store, arena, token, &user_id, &kind, err) ||
        !user_find(store, arena, user_id, user, err) ||
        !password_is_strong(config, "password", password, user->email, err))
        return false;
    hash = login_hash(arena, password);
    return store_begin(store, &tx, err) && token_use(tx, arena, token, &user_id, &kind, err) &&
           user_set_password(tx, arena, user_id, hash, err) &&
           session_end_all(tx, arena, user_id, NULL, &ended, err) && store_commit(&tx, err);
}

bool
login_make_link(Store *store, Arena *arena, TokenKind kind, int64_t user_id, const char **path,
                Error *err)
{
    const char *text;

    if (!token_create(store, arena, kind, user_id,
                      kind == TOKEN_INVITE ? INVITE_SECONDS : RESET_SECONDS, &text, err))
        return false;
    *path =
        arena_format(arena, "/auth/reset_password/%s%s", text, kind == TOKEN_INVITE ? "#new" : "");
    return true;
}
