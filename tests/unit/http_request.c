/* What handlers read of a request: paths, pairs, cookies, forms, who asked. Without sockets. */
#include "test.h"

#include "http/request.h"
#include "http/server.h"
#include "http/url.h"

#include <string.h>

/* Status 0 when the request was made. */
static int
make(Arena *arena, const char *text, const char *base, const char *proxies, HttpRequest *req)
{
    static HttpHead head;
    HttpRefusal refusal = { 0 };
    NetworkList trusted = { NULL, 0, false };
    Address peer;
    RequestOrigin origin = { .base_path = base, .trusted = &trusted, .peer_text = "10.0.0.1" };
    Str copy = { arena_text(arena, text), strlen(text) };
    Error err;

    CHECK(address_parse(STR("10.0.0.1"), &peer));
    origin.peer = &peer;
    CHECK_OK(networks_parse(arena, proxies, &trusted, &err), &err);
    if (parser_read_head(copy, &http_limits_default, &head, &refusal) != PARSE_DONE ||
        !request_from_head(arena, &head, &origin, req, &refusal))
        return refusal.status;
    return 0;
}

static HttpRequest
with(Arena *arena, const char *target, const char *fields)
{
    HttpRequest req;
    const char *text = arena_format(arena, "POST %s HTTP/1.1\r\nHost: a\r\n%s\r\n", target, fields);

    CHECK_INT(make(arena, text, "", "", &req), 0);
    return req;
}

static HttpRequest
with_body(Arena *arena, const char *type, const char *body)
{
    HttpRequest req = with(arena, "/", arena_format(arena, "Content-Type: %s\r\n", type));

    req.body = str_of(body);
    return req;
}

TEST(request_path_is_decoded_once_and_tidy)
{
    static const struct
    {
        const char *target, *base, *path, *raw;
    } rows[] = {
        { "/", "", "/", "/" },
        { "//", "", "/", "/" },
        { "//api///card/", "", "/api/card/", "/api/card/" },
        { "/caf%C3%A9%20a+b", "", "/caf\xc3\xa9 a+b", "/caf%C3%A9%20a+b" },
        { "/a%252Fb", "", "/a%2Fb", "/a%252Fb" },
        { "/stats", "/stats", "/", "/" },
        { "/stats/", "/stats", "/", "/" },
        { "/stats/api?x", "/stats", "/api", "/api" },
        { "http://a/b", "", "/b", "/b" },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    HttpRequest req;

    for (size_t i = 0; i < COUNT_OF(rows); i++)
    {
        const char *text =
            arena_format(arena, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", rows[i].target);

        CHECK_INT(make(arena, text, rows[i].base, "", &req), 0);
        CHECK_STR(req.path, rows[i].path);
        CHECK_STR(req.raw_path, rows[i].raw);
    }
    CHECK_INT(make(arena, "GET /statsx HTTP/1.1\r\nHost: a\r\n\r\n", "/stats", "", &req), 404);
    CHECK_INT(make(arena, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n", "/stats", "", &req), 404);
    CHECK_INT(make(arena, "GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", "", "", &req), 400);
    CHECK_INT(make(arena, "GET /?%ff HTTP/1.1\r\nHost: a\r\n\r\n", "", "", &req), 400);
}

TEST(request_query_keeps_order_and_repeated_keys)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    HttpRequest req = with(arena, "/?models=card&a=&models=dash+board&&b&%C3%A9=%3D%26&c=d=e", "");
    TextList list = request_query_all(&req, "models");

    CHECK_INT(req.query_count, 6);
    CHECK_STR(request_query(&req, "models"), "card");
    CHECK_STR(request_query(&req, "a"), "");
    CHECK_STR(request_query(&req, "b"), "");
    CHECK_STR(request_query(&req, "\xc3\xa9"), "=&");
    CHECK_STR(request_query(&req, "c"), "d=e");
    CHECK(request_query(&req, "d") == NULL);
    CHECK_INT(list.count, 2);
    CHECK_STR(list.items[1], "dash board");
    CHECK_INT(request_query_all(&req, "nothing").count, 0);
}

TEST(request_headers_and_cookies_are_found)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    HttpRequest req = with(arena, "/",
                           "x-API-key:  mb_1 \r\nAccept: a\r\nACCEPT: b\r\n"
                           "Cookie: a=1; metabase.SESSION=\"x y\" ; b=2;c\r\nCookie: d=4; a=9\r\n");

    CHECK_STR(request_header(&req, "X-Api-Key"), "mb_1");
    CHECK_STR(request_header_all(&req, "accept"), "a, b");
    CHECK(request_header(&req, "Nothing") == NULL);
    CHECK(request_header_all(&req, "Nothing") == NULL);
    CHECK_STR(request_cookie(&req, "a"), "1");
    CHECK_STR(request_cookie(&req, "metabase.SESSION"), "x y");
    CHECK_STR(request_cookie(&req, "d"), "4");
    CHECK(request_cookie(&req, "c") == NULL);
    CHECK(request_cookie(&req, "metabase.session") == NULL);
    CHECK_STR(req.host, "a");
    CHECK_STR(req.target, "/");
}

TEST(request_json_asks_for_its_type)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    HttpRequest req = with_body(arena, "application/json; charset=utf-8", "{\"a\": 1}");
    Json *tree = NULL;
    Error err;

    CHECK_OK(request_json(&req, NULL, &tree, &err), &err);
    CHECK_INT(json_int_or(json_get(tree, "a"), 0), 1);
    req = with_body(arena, "application/vnd.api+json", "[1]");
    CHECK_OK(request_json(&req, NULL, &tree, &err), &err);
    req = with_body(arena, "application/json", "");
    CHECK_OK(request_json(&req, NULL, &tree, &err), &err);
    CHECK(tree == NULL);
    req = with_body(arena, "application/json", "{");
    CHECK_ERROR(request_json(&req, NULL, &tree, &err), &err, ERR_INVALID);
    req = with_body(arena, "text/plain", "{}");
    CHECK_ERROR(request_json(&req, NULL, &tree, &err), &err, ERR_MEDIA);
    req = with(arena, "/", "");
    req.body = STR("{}");
    CHECK_ERROR(request_json(&req, NULL, &tree, &err), &err, ERR_MEDIA);
}

TEST(request_form_reads_pairs)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *type = "application/x-www-form-urlencoded";
    HttpRequest req = with_body(arena, type, "query=%7B%22a%22%3A1%7D&format_rows=true&x=a+b");
    TextPair *pairs;
    size_t count;
    Error err;

    CHECK_OK(request_form(&req, &pairs, &count, &err), &err);
    CHECK_INT(count, 3);
    CHECK_STR(pairs[0].value, "{\"a\":1}");
    CHECK_STR(pairs[2].value, "a b");
    req.body = STR("a=%0");
    CHECK_ERROR(request_form(&req, &pairs, &count, &err), &err, ERR_INVALID);
    req.body = STR("a=%00");
    CHECK_ERROR(request_form(&req, &pairs, &count, &err), &err, ERR_INVALID);
    req = with_body(arena, "application/json", "a=1");
    CHECK_ERROR(request_form(&req, &pairs, &count, &err), &err, ERR_MEDIA);
    req = with_body(arena, type, "");
    CHECK_OK(request_form(&req, &pairs, &count, &err), &err);
    CHECK_INT(count, 0);
}

#define PART "--b\r\nContent-Disposition: form-data; name="

TEST(request_multipart_reads_parts)
{
    static const char body[] =
        PART "\"file\"; filename=\"C:\\\\dir\\\\caf\xc3\xa9 \\\"1\\\".csv\"\r\n"
             "Content-Type: text/csv\r\n\r\na,b\r\n-b\r\n\r\n" PART "empty\r\n\r\n\r\n" PART
             "\"\"\r\n\r\n--not a boundary\r\n"
             "--b--\r\nafterwards";
    CLEANUP(arena_free) Arena *arena = arena_new();
    HttpRequest req = with_body(arena, "multipart/form-data; boundary=\"b\"", body);
    FormPart *parts;
    size_t count;
    Error err;

    CHECK_OK(request_multipart(&req, 3, &parts, &count, &err), &err);
    CHECK_INT(count, 3);
    CHECK_STR(parts[0].name, "file");
    CHECK_STR(parts[0].filename, "caf\xc3\xa9 \"1\".csv");
    CHECK_STR(parts[0].type, "text/csv");
    CHECK(str_is(parts[0].body, "a,b\r\n-b\r\n"));
    CHECK_STR(parts[1].name, "empty");
    CHECK(parts[1].filename == NULL);
    CHECK_STR(parts[1].type, "text/plain");
    CHECK_INT(parts[1].body.len, 0);
    CHECK_STR(parts[2].name, "");
    CHECK(str_is(parts[2].body, "--not a boundary"));
    CHECK_ERROR(request_multipart(&req, 2, &parts, &count, &err), &err, ERR_TOO_LARGE);
    req.body = STR("--b--");
    CHECK_OK(request_multipart(&req, 2, &parts, &count, &err), &err);
    CHECK_INT(count, 0);
}

TEST(request_multipart_refuses_what_is_malformed)
{
    static const char *const bodies[] = {
        "",
        "--b",
        "--b\r\n",
        "--c\r\n",
        PART "a\r\n\r\nbody",
        PART "a\r\n\r\nbody\r\n--b",
        PART "a\r\nbody\r\n--b--",
        PART "a\r\n\r\nbody\r\n--bx\r\n--b--",
        PART "\"a\r\n\r\nbody\r\n--b--",
        PART "\"a\" x\r\n\r\nbody\r\n--b--",
        PART "a; name=b\r\n\r\nbody\r\n--b--",
        "--b\r\nContent-Disposition: form-data\r\n\r\nbody\r\n--b--",
        "--b\r\nContent-Disposition: attachment; name=a\r\n\r\nbody\r\n--b--",
        "--b\r\nno colon\r\n\r\nbody\r\n--b--",
        PART "\"\xff\"\r\n\r\nbody\r\n--b--",
        "--b\n\nContent-Disposition: form-data; name=a\n\nbody\n--b--",
    };
    static const char *const types[] = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=a; boundary=b",
        ("multipart/form-data; boundary="
         "01234567890123456789012345678901234567890123456789012345678901234567890"),
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    HttpRequest req;
    FormPart *parts;
    size_t count;
    Error err;

    for (size_t i = 0; i < COUNT_OF(bodies); i++)
    {
        req = with_body(arena, "multipart/form-data; boundary=b", bodies[i]);
        if (request_multipart(&req, 10, &parts, &count, &err))
            fail_msg("accepted: %s", bodies[i]);
        CHECK_STR(error_name(err.code), "ERR_INVALID");
    }
    for (size_t i = 0; i < COUNT_OF(types); i++)
    {
        req = with_body(arena, types[i], "--b--");
        CHECK_ERROR(request_multipart(&req, 10, &parts, &count, &err), &err, ERR_INVALID);
    }
    req = with_body(arena, "text/plain", "--b--");
    CHECK_ERROR(request_multipart(&req, 10, &parts, &count, &err), &err, ERR_MEDIA);
}

TEST(request_compares_entity_tags_weakly)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    HttpRequest req =
        with(arena, "/", "If-None-Match: \"a\", W/\"b,c\"\r\nIf-None-Match: \"d\"\r\n");

    CHECK(request_has_etag(&req, "a"));
    CHECK(request_has_etag(&req, "b,c"));
    CHECK(request_has_etag(&req, "d"));
    CHECK(!request_has_etag(&req, "b"));
    CHECK(!request_has_etag(&req, ""));
    req = with(arena, "/", "If-None-Match: *\r\n");
    CHECK(request_has_etag(&req, "anything"));
    req = with(arena, "/", "If-None-Match: \"a\r\n");
    CHECK(!request_has_etag(&req, "a"));
}

TEST(client_address_is_the_nearest_hop_that_is_not_ours)
{
    static const struct
    {
        const char *proxies, *fields, *client;
        bool https;
    } rows[] = {
        { "", "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\n", "10.0.0.1", false },
        { "10.0.0.1", "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\n", "1.2.3.4", true },
        { "10.0.0.1", "X-Forwarded-For: 6.6.6.6, 1.2.3.4\r\n", "1.2.3.4", false },
        { "10.0.0.0/8", "X-Forwarded-For: 6.6.6.6, 1.2.3.4, 10.9.9.9\r\n", "1.2.3.4", false },
        { "10.0.0.0/8", "X-Forwarded-For: 10.1.1.1, 10.9.9.9\r\n", "10.1.1.1", false },
        { "10.0.0.0/8", "X-Forwarded-For: 1.2.3.4, nonsense\r\n", "10.0.0.1", false },
        { "10.0.0.0/8", "X-Forwarded-For: nonsense, 10.9.9.9\r\n", "10.9.9.9", false },
        { "10.0.0.0/8", "X-Forwarded-For: [2001:db8::7]:4711\r\n", "2001:db8::7", false },
        { "10.0.0.0/8", "X-Forwarded-For: 1.2.3.4:4711\r\n", "1.2.3.4", false },
        { "10.0.0.0/8", "X-Forwarded-For: \r\n", "10.0.0.1", false },
        { "10.0.0.0/8", "X-Forwarded-Proto: https, http\r\n", "10.0.0.1", false },
        { "::1 unix", "X-Forwarded-For: 1.2.3.4\r\n", "10.0.0.1", false },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(rows); i++)
    {
        HttpRequest req;

        CHECK_INT(make(arena,
                       arena_format(arena, "GET / HTTP/1.1\r\nHost: a\r\n%s\r\n", rows[i].fields),
                       "", rows[i].proxies, &req),
                  0);
        CHECK_STR(req.client_address, rows[i].client);
        CHECK_STR(req.peer_address, "10.0.0.1");
        CHECK_INT(req.is_https, rows[i].https);
    }
}

TEST(networks_are_read_and_compared)
{
    static const struct
    {
        const char *list, *address;
        bool inside;
    } rows[] = {
        { "10.0.0.0/8", "10.255.0.1", true },
        { "10.0.0.0/8", "11.0.0.1", false },
        { "10.0.0.0/9", "10.128.0.1", false },
        { "192.0.2.7", "192.0.2.7", true },
        { "192.0.2.7", "192.0.2.8", false },
        { "0.0.0.0/0", "8.8.8.8", true },
        { "0.0.0.0/0", "2001:db8::1", false },
        { "::/0", "2001:db8::1", true },
        { "2001:db8::/33", "2001:db8::1", true },
        { "2001:db8::/33", "2001:db8:8000::1", false },
        { "1.1.1.1, ::1", "::1", true },
        { "10.0.0.0/8", "::ffff:10.0.0.1", true },
        { "", "1.1.1.1", false },
    };
    static const char *const wrong[] = {
        "10.0.0.0/33", "10.0.0/8", "::/129", "a", "1.1.1.1/", "/8"
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    NetworkList list;
    Address address;
    Error err;

    for (size_t i = 0; i < COUNT_OF(rows); i++)
    {
        CHECK_OK(networks_parse(arena, rows[i].list, &list, &err), &err);
        CHECK(address_parse(str_of(rows[i].address), &address));
        if (networks_contain(&list, &address) != rows[i].inside)
            fail_msg("%s in %s", rows[i].address, rows[i].list);
    }
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        CHECK_ERROR(networks_parse(arena, wrong[i], &list, &err), &err, ERR_CONFIG);
    CHECK(!address_parse(STR("1.2.3.4.5"), &address));
    CHECK(!address_parse(STR("::1:80x"), &address));
    CHECK(!address_parse(STR("[::1"), &address));
    CHECK(!address_parse(STR(""), &address));
}

TEST(private_addresses_are_known)
{
    static const char *const hidden[] = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::7f00:1",
        "ff02::1",
    };
    static const char *const open[] = { "1.1.1.1", "8.8.8.8", "172.32.0.1", "2a01:cb00::1" };
    Address address;

    for (size_t i = 0; i < COUNT_OF(hidden); i++)
    {
        CHECK(address_parse(str_of(hidden[i]), &address));
        if (!address_is_private(&address))
            fail_msg("%s", hidden[i]);
    }
    for (size_t i = 0; i < COUNT_OF(open); i++)
    {
        CHECK(address_parse(str_of(open[i]), &address));
        if (address_is_private(&address))
            fail_msg("%s", open[i]);
    }
}

TEST(url_is_built_without_surprise)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Buf url = buf_new(arena, 1000);
    const char *back;

    buf_text(&url, "https://a/");
    url_add(&url, "caf\xc3\xa9/?");
    url_add_query(&url, "a b", "c&d");
    url_add_query(&url, "e", "");
    CHECK_STR(buf_cstr(&url), "https://a/caf%C3%A9%2F%3F?a%20b=c%26d&e=");
    CHECK(url_decode(arena, STR("caf%C3%A9%2F%3F"), false, &back));
    CHECK_STR(back, "caf\xc3\xa9/?");
}
