/*
 * Log-in with an OpenID Connect provider: the code flow with PKCE, state and nonce; the identity
 * token's signature, issuer, audience, times and nonce are checked. Addresses of the provider come
 * from its own description, never from a person.
 */
#ifndef AUTH_SSO_H
#define AUTH_SSO_H

#include "base/arena.h"
#include "base/json.h"
#include "config/config.h"
#include "store/user.h"

bool sso_is_on(const Config *config);
/* It is the only way in: nobody has a password. */
bool sso_is_only(const Config *config);

/* What a browser keeps between leaving and coming back. */
typedef struct SsoTrip
{
    const char *state;
    const char *nonce;
    const char *verifier;
    const char *back; /* path to which the person goes in the end */
} SsoTrip;

/* A new trip, and the address at the provider to go to. `back` is replaced when it is not a path
 * of this site. */
bool sso_start(const Config *config, Arena *arena, const char *redirect_uri, const char *back,
               SsoTrip *trip, const char **url, Error *err);
/* As kept in a cookie, and back: ERR_UNAUTHENTICATED when it is not one. */
const char *sso_pack(Arena *arena, const SsoTrip *trip);
bool sso_unpack(Arena *arena, const char *text, SsoTrip *trip, Error *err);

/* The claims of who came back with `code`. ERR_UNAUTHENTICATED, or ERR_UPSTREAM. */
bool sso_finish(const Config *config, Arena *arena, const char *redirect_uri, const char *code,
                const SsoTrip *trip, const Json **claims, Error *err);
/*
 * The account of these claims, made when that is allowed, with its names, attributes and groups
 * brought up to date. ERR_UNAUTHENTICATED says why not.
 */
bool sso_account(Store *store, const Config *config, Arena *arena, const Json *claims, User *user,
                 Error *err);

#endif
