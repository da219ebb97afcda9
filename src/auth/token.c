/* The signature is checked before anything in the token is read. */
#include "auth/token.h"

#include "base/crypto.h"

#include <string.h>

static const char *const head_text = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

static bool
corrupt(Error *err)
{
    return error_set(err, ERR_INVALID, "Message seems corrupt or manipulated");
}

static bool
is_signed(Str signed_part, Str signature, const char *secret)
{
    uint8_t digest[SHA256_BYTES];

    hmac_sha256(str_of(secret), signed_part, digest);
    return crypto_equal(signature, (Str){ (const char *) digest, sizeof(digest) });
}

static bool
read_part(Arena *arena, Str text, Json **tree)
{
    static const JsonLimits limits = { TOKEN_MAX_BYTES, 8, 2000 };
    Str bytes;

    return base64url_decode(arena, text, &bytes) &&
           json_parse(arena, bytes, &limits, tree, &(Error){ 0 });
}

/* Seconds, perhaps with a fraction. */
static bool
check_times(const Json *claims, Instant now, Error *err)
{
    double seconds = (double) now / (double) SECOND_US;
    const Json *end = json_get(claims, "exp"), *begin = json_get(claims, "nbf");
    double last = json_double_or(end, 0);

    if (end != NULL && end->kind == JSON_NUMBER && last + TOKEN_LEEWAY_SECONDS < seconds)
        return error_set(err, ERR_INVALID, "Token is expired (%lld)", (long long) last);
    if (end != NULL && end->kind != JSON_NUMBER && end->kind != JSON_NULL)
        return corrupt(err);
    if (begin != NULL && begin->kind == JSON_NUMBER &&
        json_double_or(begin, 0) - TOKEN_LEEWAY_SECONDS > seconds)
        return error_set(err, ERR_INVALID, "Token is not yet valid (%lld)",
                         (long long) json_double_or(begin, 0));
    return true;
}

bool
token_read(Arena *arena, const char *token, const char *secret, Instant now, const Json **claims,
           Error *err)
{
    Str rest = str_of(token), head, body, mark, signature;
    Json *made, *tree;

    if (rest.len > TOKEN_MAX_BYTES || secret[0] == '\0' || !str_split(&rest, '.', &head) ||
        !str_split(&rest, '.', &body) || !str_split(&rest, '.', &mark) || rest.ptr != NULL ||
        !base64url_decode(arena, mark, &signature))
        return corrupt(err);
    if (!is_signed((Str){ head.ptr, head.len + 1 + body.len }, signature, secret) ||
        !read_part(arena, head, &made) ||
        strcmp(json_text_or(json_get(made, "alg"), ""), "HS256") != 0 ||
        !read_part(arena, body, &tree) || tree->kind != JSON_OBJECT)
        return corrupt(err);
    if (!check_times(tree, now, err))
        return false;
    *claims = tree;
    return true;
}

char *
token_make(Arena *arena, const Json *claims, const char *secret)
{
    const char *body = json_print(arena, claims);
    char *text = arena_format(arena, "%s.%s", base64url_encode(arena, head_text, strlen(head_text)),
                              base64url_encode(arena, body, strlen(body)));
    uint8_t digest[SHA256_BYTES];

    hmac_sha256(str_of(secret), str_of(text), digest);
    return arena_format(arena, "%s.%s", text, base64url_encode(arena, digest, sizeof(digest)));
}
