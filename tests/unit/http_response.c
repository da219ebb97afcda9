/* How answers become bytes, and which content coding is chosen. Without sockets. */
#include "test.h"

#include "http/response_private.h"

#include <string.h>
#include <zlib.h>

typedef struct Made
{
    HttpRequest req;
    Response res;
} Made;

static Made *
make(Arena *arena, HttpMethod method, const char *name, const char *value)
{
    Made *made = ARENA_NEW(arena, Made);
    TextPair *header = ARENA_NEW(arena, TextPair);

    *header = (TextPair){ .key = name, .value = value };
    made->req = (HttpRequest){ .method = method,
                               .minor = 1,
                               .path = "/",
                               .headers = header,
                               .header_count = name == NULL ? 0 : 1,
                               .arena = arena };
    response_init(&made->res, &made->req);
    return made;
}

static const char *
head_of(Made *made)
{
    response_finish(&made->res, true);
    return made->res.head.ptr;
}

static bool
has(Made *made, const char *line)
{
    return strstr(made->res.head.ptr, line) != NULL;
}

TEST(encoding_is_chosen_by_quality)
{
    const unsigned all = 15;
    const unsigned made_here =
        ENCODING_BIT(ENCODING_IDENTITY) | ENCODING_BIT(ENCODING_GZIP) | ENCODING_BIT(ENCODING_ZSTD);
    static const struct
    {
        const char *accept;
        HttpEncoding of_all, of_dynamic;
    } rows[] = {
        { NULL, ENCODING_IDENTITY, ENCODING_IDENTITY },
        { "", ENCODING_IDENTITY, ENCODING_IDENTITY },
        { "gzip, deflate, br, zstd", ENCODING_BR, ENCODING_ZSTD },
        { "gzip, deflate, br", ENCODING_BR, ENCODING_GZIP },
        { "gzip;q=1.0, br;q=0.5", ENCODING_GZIP, ENCODING_GZIP },
        { "gzip;q=0", ENCODING_IDENTITY, ENCODING_IDENTITY },
        { "gzip;q=0.000, *;q=0.5", ENCODING_BR, ENCODING_ZSTD },
        { "*", ENCODING_BR, ENCODING_ZSTD },
        { "*;q=0, gzip", ENCODING_GZIP, ENCODING_GZIP },
        { "GZIP ; Q=0.3", ENCODING_GZIP, ENCODING_GZIP },
        { "x-gzip", ENCODING_GZIP, ENCODING_GZIP },
        { "identity, gzip;q=0.5", ENCODING_IDENTITY, ENCODING_IDENTITY },
        { "gzip;q=2", ENCODING_IDENTITY, ENCODING_IDENTITY },
        { "gzip;q=0.5x", ENCODING_IDENTITY, ENCODING_IDENTITY },
        { "deflate", ENCODING_IDENTITY, ENCODING_IDENTITY },
        { ",,;,=;q=", ENCODING_IDENTITY, ENCODING_IDENTITY },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (encoding_choose(rows[i].accept, all) != rows[i].of_all ||
            encoding_choose(rows[i].accept, made_here) != rows[i].of_dynamic)
            fail_msg("%s", rows[i].accept);
}

TEST(encoding_helps_text_only)
{
    CHECK(encoding_helps("application/json;charset=utf-8"));
    CHECK(encoding_helps("Text/HTML"));
    CHECK(encoding_helps("image/svg+xml"));
    CHECK(!encoding_helps("image/png"));
    CHECK(!encoding_helps("font/woff2"));
    CHECK(!encoding_helps("application/octet-stream"));
    CHECK(!encoding_helps(""));
}

TEST(response_compresses_large_text)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char *text = arena_alloc(arena, 5001);
    char plain[5001];
    uLongf plain_len = sizeof(plain);
    z_stream z = { .next_out = (Bytef *) plain, .avail_out = sizeof(plain) };
    Made *made;
    Str body;

    memset(text, 'x', 5000);
    made = make(arena, GET, "Accept-Encoding", "gzip");
    response_json(&made->res, (Str){ text, 5000 });
    (void) response_header(&made->res, "ETag", "\"strong\"");
    (void) head_of(made);
    CHECK(has(made, "Content-Encoding: gzip\r\n"));
    CHECK(has(made, "Vary: Accept-Encoding\r\n"));
    CHECK(has(made, "ETag: W/\"strong\"\r\n"));
    body = response_sent_body(&made->res);
    CHECK(body.len < 200);
    CHECK_INT(inflateInit2(&z, 15 + 16), Z_OK);
    z.next_in = (Bytef *) body.ptr;
    z.avail_in = (uInt) body.len;
    CHECK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
    (void) inflateEnd(&z);
    plain_len = z.total_out;
    CHECK_INT(plain_len, 5000);
    made = make(arena, GET, "Accept-Encoding", "gzip");
    response_json(&made->res, (Str){ text, 500 });
    (void) head_of(made);
    CHECK(!has(made, "Content-Encoding"));
    made = make(arena, GET, "Accept-Encoding", "gzip");
    response_json(&made->res, (Str){ text, 5000 });
    response_keep_plain(&made->res);
    (void) head_of(made);
    CHECK(!has(made, "Content-Encoding"));
    made = make(arena, GET, "Accept-Encoding", "gzip");
    response_body(&made->res, "image/png", (Str){ text, 5000 });
    (void) head_of(made);
    CHECK(!has(made, "Content-Encoding"));
    CHECK(!has(made, "Vary"));
    made = make(arena, GET, NULL, NULL);
    response_json(&made->res, (Str){ text, 5000 });
    (void) head_of(made);
    CHECK(!has(made, "Content-Encoding"));
    CHECK(has(made, "Vary: Accept-Encoding\r\n"));
}

TEST(response_asset_has_one_tag_per_form)
{
    static const HttpAsset asset = {
        .type = "text/css",
        .etag = "abc",
        .cache_control = "public, max-age=31536000, immutable",
        .forms = { [ENCODING_IDENTITY] = { "plain", 5 },
                   [ENCODING_GZIP] = { "gz", 2 },
                   [ENCODING_BR] = { "b", 1 } },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    Made *made = make(arena, GET, "Accept-Encoding", "gzip, br");

    response_asset(&made->res, &asset);
    (void) head_of(made);
    CHECK(has(made, "ETag: \"abc-br\"\r\n"));
    CHECK(has(made, "Content-Encoding: br\r\n"));
    CHECK(has(made, "Content-Length: 1\r\n"));
    CHECK(has(made, "Vary: Accept-Encoding\r\n"));
    CHECK(has(made, "Cache-Control: public, max-age=31536000, immutable\r\n"));
    made = make(arena, GET, "If-None-Match", "\"abc\"");
    response_asset(&made->res, &asset);
    CHECK(strncmp(head_of(made), "HTTP/1.1 304 Not Modified\r\n", 27) == 0);
    CHECK(has(made, "Vary: Accept-Encoding\r\n"));
    CHECK(!has(made, "Content-Length"));
    made = make(arena, GET, "If-None-Match", "\"abc-br\"");
    response_asset(&made->res, &asset);
    (void) head_of(made);
    CHECK(has(made, "Content-Length: 5\r\n"));
    made = make(arena, HEAD, NULL, NULL);
    response_asset(&made->res, &asset);
    (void) head_of(made);
    CHECK(has(made, "Content-Length: 5\r\n"));
    CHECK_INT(response_sent_body(&made->res).len, 0);
}

TEST(response_refuses_headers_that_would_break_out)
{
    static const struct
    {
        const char *name, *value;
    } rows[] = {
        { "X", "a\r\nSet-Cookie: b" },
        { "X", "a\nb" },
        { "X", "a\rb" },
        { "X", "a\x01"
               "b" },
        { "X", "a\x7f" },
        { "X Y", "a" },
        { "X:", "a" },
        { "", "a" },
        { "X\r\n", "a" },
        { "content-length", "5" },
        { "Connection", "close" },
        { "Transfer-Encoding", "chunked" },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(rows); i++)
    {
        Made *made = make(arena, GET, NULL, NULL);

        response_text(&made->res, 200, "secret");
        CHECK(!response_header(&made->res, rows[i].name, rows[i].value));
        CHECK(strncmp(head_of(made), "HTTP/1.1 500 ", 13) == 0);
        CHECK(strstr(response_sent_body(&made->res).ptr, "secret") == NULL);
    }
}

TEST(response_sets_cookies)
{
    static const HttpCookie wrong[] = {
        { .name = "", .value = "v" },
        { .name = "a b", .value = "v" },
        { .name = "a", .value = "v; Path=/x" },
        { .name = "a", .value = "v\r\nX: y" },
        { .name = "a", .value = "v", .path = "/;x" },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    Made *made = make(arena, GET, NULL, NULL);
    const HttpCookie session = { .name = "metabase.SESSION",
                                 .value = "x",
                                 .max_age = 1209600,
                                 .http_only = true,
                                 .secure = true };
    const HttpCookie gone = { .name = "b", .value = "", .max_age = -1, .path = "/s" };
    const HttpCookie embedded = { .name = "c", .value = "1", .same_site = SAME_SITE_NONE };

    response_empty(&made->res, 204);
    response_cookie(&made->res, &session);
    response_cookie(&made->res, &gone);
    response_cookie(&made->res, &embedded);
    (void) head_of(made);
    CHECK(has(made, "Set-Cookie: metabase.SESSION=x; Path=/; Max-Age=1209600; HttpOnly; "
                    "SameSite=Lax; Secure\r\n"));
    CHECK(has(made, "Set-Cookie: b=; Path=/s; Max-Age=0; "
                    "Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax\r\n"));
    CHECK(has(made, "Set-Cookie: c=1; Path=/; SameSite=None; Secure\r\n"));
    CHECK(!has(made, "Content-Length"));
    CHECK(!has(made, "Content-Type"));
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
    {
        made = make(arena, GET, NULL, NULL);
        response_empty(&made->res, 204);
        response_cookie(&made->res, &wrong[i]);
        CHECK(strncmp(head_of(made), "HTTP/1.1 500 ", 13) == 0);
    }
}

TEST(response_names_files_and_redirects)
{
    static const char *const wrong[] = { "//evil.org", "/\\evil.org", "javascript:alert(1)", "",
                                         "/a\r\nX: y" };
    CLEANUP(arena_free) Arena *arena = arena_new();
    Made *made = make(arena, GET, NULL, NULL);

    response_body(&made->res, "text/csv", STR("a"));
    response_attachment(&made->res, "\xc3\x89t\xc3\xa9 \"24\".csv");
    (void) head_of(made);
    CHECK(has(made, "Content-Disposition: attachment; filename=\"_t_ _24_.csv\"; "
                    "filename*=UTF-8''%C3%89t%C3%A9%20%2224%22.csv\r\n"));
    made = make(arena, GET, NULL, NULL);
    response_redirect(&made->res, 302, "/auth/login?x=1");
    CHECK(strncmp(head_of(made), "HTTP/1.1 302 Found\r\n", 20) == 0);
    CHECK(has(made, "Location: /auth/login?x=1\r\nContent-Length: 0\r\n"));
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
    {
        made = make(arena, GET, NULL, NULL);
        response_redirect(&made->res, 302, wrong[i]);
        CHECK(strncmp(head_of(made), "HTTP/1.1 500 ", 13) == 0);
    }
}

static void
count_release(void *owner)
{
    (*(int *) owner)++;
}

TEST(response_gives_shared_memory_back_once)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const HttpAsset page = { .type = "text/html", .etag = "a", .forms = { { "page", 4 } } };
    Made *made = make(arena, GET, NULL, NULL);
    int released = 0;

    response_body_shared(&made->res, "text/plain", STR("shared"), count_release, &released);
    (void) head_of(made);
    CHECK_INT(released, 0);
    response_dispose(&made->res);
    response_dispose(&made->res);
    CHECK_INT(released, 1);
    made = make(arena, GET, NULL, NULL);
    response_body_shared(&made->res, "text/plain", STR("shared"), count_release, &released);
    CHECK(response_restart(&made->res));
    CHECK_INT(released, 2);
    CHECK_INT(response_get_status(&made->res), 0);
    made = make(arena, GET, "If-None-Match", "\"a\"");
    response_asset_shared(&made->res, &page, count_release, &released);
    CHECK(strncmp(head_of(made), "HTTP/1.1 304 ", 13) == 0);
    response_dispose(&made->res);
    CHECK_INT(released, 3);
}

TEST(response_header_replaces_but_some_add_up)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Made *made = make(arena, GET, NULL, NULL);

    response_json(&made->res, STR("{}"));
    (void) response_header(&made->res, "X-Frame-Options", "DENY");
    (void) response_header(&made->res, "x-frame-options", "SAMEORIGIN");
    (void) response_header(&made->res, "Vary", "Origin");
    (void) response_header(&made->res, "Vary", "Cookie");
    (void) head_of(made);
    CHECK(!has(made, "DENY"));
    CHECK(has(made, "SAMEORIGIN\r\n"));
    CHECK(has(made, "Vary: Origin\r\nVary: Cookie\r\n"));
    CHECK(has(made, "Content-Type: application/json;charset=utf-8\r\n"));
    for (int i = 0; i < RESPONSE_FIELDS_MAX; i++)
        (void) response_header(&made->res, "Link", "</a>; rel=preload");
    CHECK(strncmp(head_of(made), "HTTP/1.1 500 ", 13) == 0);
}
