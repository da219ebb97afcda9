/* Signed tokens of frames (JWT, HS256): what another site, which knows the secret, vouches for. */
#ifndef AUTH_TOKEN_H
#define AUTH_TOKEN_H

#include "base/json.h"
#include "base/time.h"

enum
{
    TOKEN_MAX_BYTES = 16 * 1024,
    TOKEN_LEEWAY_SECONDS = 60 /* clocks differ */
};

/* The claims. ERR_INVALID in the words that clients know: no other algorithm is read, whatever the
 * head of the token says. */
bool token_read(Arena *arena, const char *token, const char *secret, Instant now,
                const Json **claims, Error *err);
/* And back, for previews and tests. */
char *token_make(Arena *arena, const Json *claims, const char *secret);

#endif
