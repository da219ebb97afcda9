#include "auth/token.h"

#include "base/crypto.h"
#include "test.h"

#include <string.h>

static const char secret[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

static const char *
reason(Arena *arena, const char *token, const char *key)
{
    const Json *claims;
    Error err;

    return token_read(arena, token, key, 1700000000 * SECOND_US, &claims, &err)
               ? "ok"
               : arena_text(arena, err.message);
}

static const char *
token_of(Arena *arena, const char *claims)
{
    Json *tree = NULL;

    CHECK(json_parse(arena, str_of(claims), NULL, &tree, &(Error){ 0 }));
    return token_make(arena, tree, secret);
}

TEST(auth_tokens_are_read_back)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Json *claims = NULL;
    Error err;

    CHECK(token_read(arena, token_of(arena, "{\"resource\":{\"question\":7}}"), secret, 0, &claims,
                     &err));
    CHECK_INT(json_int_or(json_path(claims, "resource", "question", NULL), 0), 7);
}

TEST(auth_tokens_that_are_not_signed_are_refused)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char corrupt[] = "Message seems corrupt or manipulated";
    const char *good = token_of(arena, "{}");
    char *bad = arena_text(arena, good);
    const char *none = base64url_encode(arena, "{\"alg\":\"none\"}", 14);

    bad[strlen(bad) - 2] = bad[strlen(bad) - 2] == 'A' ? 'B' : 'A';
    CHECK_STR(reason(arena, good, secret), "ok");
    CHECK_STR(reason(arena, bad, secret), corrupt);
    CHECK_STR(reason(arena, good, "another"), corrupt);
    CHECK_STR(reason(arena, good, ""), corrupt);
    CHECK_STR(reason(arena, "", secret), corrupt);
    CHECK_STR(reason(arena, "a.b", secret), corrupt);
    CHECK_STR(reason(arena, arena_format(arena, "%s.x", good), secret), corrupt);
    CHECK_STR(reason(arena, arena_format(arena, "%s.e30.", none), secret), corrupt);
}

TEST(auth_tokens_end_at_their_time)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    CHECK_STR(reason(arena, token_of(arena, "{\"exp\":1699999999.5}"), secret), "ok");
    CHECK_STR(reason(arena, token_of(arena, "{\"exp\":1699999000}"), secret),
              "Token is expired (1699999000)");
    CHECK_STR(reason(arena, token_of(arena, "{\"nbf\":1700001000}"), secret),
              "Token is not yet valid (1700001000)");
    CHECK_STR(reason(arena, token_of(arena, "{\"exp\":\"soon\"}"), secret),
              "Message seems corrupt or manipulated");
    CHECK_STR(reason(arena, token_of(arena, "{\"exp\":null}"), secret), "ok");
}
