/* Every kind of request that two programs could read differently is refused, by a row here. */
#include "test.h"

#include "http/parser.h"
#include "http/server.h"

#include <string.h>

#define HOST "Host: example.org\r\n"

static const struct
{
    const char *what;
    int status; /* 0: accepted */
    const char *request;
} cases[] = {
    // clang-format off
    { "plain", 0, "GET / HTTP/1.1\r\n" HOST "\r\n" },
    { "1.0 without Host", 0, "GET / HTTP/1.0\r\n\r\n" },
    { "host with port", 0, "GET / HTTP/1.1\r\nHost: [::1]:3000\r\n\r\n" },
    { "absolute form", 0, "GET http://example.org/a?b HTTP/1.1\r\n" HOST "\r\n" },
    { "absolute form, no path", 0, "GET http://example.org HTTP/1.1\r\n" HOST "\r\n" },
    { "asterisk", 0, "OPTIONS * HTTP/1.1\r\n" HOST "\r\n" },
    { "length", 0, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\n" },
    { "chunked", 0, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: Chunked\r\n\r\n" },
    { "letters of Latin-1 in a value", 0, "GET / HTTP/1.1\r\n" HOST "X: caf\xe9\r\n\r\n" },
    { "what browsers leave in a query", 0, "GET /?a={b}|[c]\\^`' HTTP/1.1\r\n" HOST "\r\n" },
    { "empty value", 0, "GET / HTTP/1.1\r\n" HOST "X:\r\n\r\n" },

    { "no Host", 400, "GET / HTTP/1.1\r\n\r\n" },
    { "empty Host", 400, "GET / HTTP/1.1\r\nHost:\r\n\r\n" },
    { "two Hosts", 400, "GET / HTTP/1.1\r\n" HOST HOST "\r\n" },
    { "two Hosts in 1.0", 400, "GET / HTTP/1.0\r\n" HOST HOST "\r\n" },
    { "Host with a path", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n" },
    { "Host with a user", 400, "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n" },
    { "Host with a space", 400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n" },
    { "Host list", 400, "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n" },
    { "Host with letters as port", 400, "GET / HTTP/1.1\r\nHost: a:http\r\n\r\n" },
    { "Host and address differ", 400, "GET http://other.org/ HTTP/1.1\r\n" HOST "\r\n" },

    { "two lengths", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 6\r\n\r\n" },
    { "the same length twice", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\n" },
    { "a list of lengths", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5, 5\r\n\r\n" },
    { "negative length", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\n" },
    { "length with a sign", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\n" },
    { "hexadecimal length", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 0x5\r\n\r\n" },
    { "empty length", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\n" },
    { "length that overflows", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 18446744073709551621\r\n\r\n" },
    { "length and chunks", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" },
    { "chunks and length", 400, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" },
    { "unknown coding", 400, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip\r\n\r\n" },
    { "two codings", 400, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n" },
    { "coding twice", 400, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" },
    { "identity", 400, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: identity\r\n\r\n" },
    { "vertical tab before the coding", 400, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: \vchunked\r\n\r\n" },
    { "chunks in 1.0", 400, "POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n" },

    { "control character in a value", 400, "GET / HTTP/1.1\r\n" HOST "X: a\x01" "b\r\n\r\n" },
    { "delete character in a value", 400, "GET / HTTP/1.1\r\n" HOST "X: a\x7f\r\n\r\n" },
    { "bare CR in a value", 400, "GET / HTTP/1.1\r\n" HOST "X: a\rb\r\n\r\n" },
    { "space before the colon", 400, "GET / HTTP/1.1\r\n" HOST "X : a\r\n\r\n" },
    { "tab before the colon", 400, "GET / HTTP/1.1\r\n" HOST "X\t: a\r\n\r\n" },
    { "no colon", 400, "GET / HTTP/1.1\r\n" HOST "X\r\n\r\n" },
    { "no name", 400, "GET / HTTP/1.1\r\n" HOST ": a\r\n\r\n" },
    { "name with a bracket", 400, "GET / HTTP/1.1\r\n" HOST "X(: a\r\n\r\n" },
    { "name that is not ASCII", 400, "GET / HTTP/1.1\r\n" HOST "\xc3\xa9: a\r\n\r\n" },
    { "folded field", 400, "GET / HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n" },
    { "space before the first field", 400, "GET / HTTP/1.1\r\n " HOST "\r\n" },
    { "bare LF after the request line", 400, "GET / HTTP/1.1\n" HOST "\r\n" },
    { "bare LF after a field", 400, "GET / HTTP/1.1\r\nHost: a\n\r\n" },
    { "bare LF at the end", 400, "GET / HTTP/1.1\r\n" HOST "\n" },
    { "empty line first", 400, "\r\nGET / HTTP/1.1\r\n" HOST "\r\n" },

    { "lower-case method", 400, "get / HTTP/1.1\r\n" HOST "\r\n" },
    { "mixed-case method", 400, "Get / HTTP/1.1\r\n" HOST "\r\n" },
    { "unknown method", 501, "BREW / HTTP/1.1\r\n" HOST "\r\n" },
    { "TRACE", 501, "TRACE / HTTP/1.1\r\n" HOST "\r\n" },
    { "CONNECT", 501, "CONNECT a:443 HTTP/1.1\r\n" HOST "\r\n" },
    { "over-long method", 400, "GETGETGETGETGETGETGETGET / HTTP/1.1\r\n" HOST "\r\n" },
    { "two spaces", 400, "GET  / HTTP/1.1\r\n" HOST "\r\n" },
    { "tab in the request line", 400, "GET\t/ HTTP/1.1\r\n" HOST "\r\n" },
    { "space at the end of the line", 400, "GET / HTTP/1.1 \r\n" HOST "\r\n" },
    { "no version", 400, "GET /\r\n" HOST "\r\n" },
    { "lower-case version", 400, "GET / http/1.1\r\n" HOST "\r\n" },
    { "HTTP/2 preface", 505, "PRI * HTTP/2.0\r\n\r\n" },
    { "HTTP/1.2", 505, "GET / HTTP/1.2\r\n" HOST "\r\n" },
    { "HTTP/0.9", 505, "GET / HTTP/0.9\r\n" HOST "\r\n" },
    { "HTTP/1.10", 400, "GET / HTTP/1.10\r\n" HOST "\r\n" },
    { "not HTTP", 400, "\x16\x03\x01\x02" },
    { "unknown expectation", 417, "GET / HTTP/1.1\r\n" HOST "Expect: cake\r\n\r\n" },

    { "fragment", 400, "GET /a#b HTTP/1.1\r\n" HOST "\r\n" },
    { "fragment in the query", 400, "GET /a?b#c HTTP/1.1\r\n" HOST "\r\n" },
    { "relative path", 400, "GET a HTTP/1.1\r\n" HOST "\r\n" },
    { "asterisk with GET", 400, "GET * HTTP/1.1\r\n" HOST "\r\n" },
    { "authority form", 400, "GET example.org:80 HTTP/1.1\r\n" HOST "\r\n" },
    { "another scheme", 400, "GET ftp://example.org/ HTTP/1.1\r\n" HOST "\r\n" },
    { "user in the address", 400, "GET http://a@example.org/ HTTP/1.1\r\n" HOST "\r\n" },
    { "cut escape", 400, "GET /a% HTTP/1.1\r\n" HOST "\r\n" },
    { "cut escape, one digit", 400, "GET /a%4 HTTP/1.1\r\n" HOST "\r\n" },
    { "escape that is not hexadecimal", 400, "GET /%zz HTTP/1.1\r\n" HOST "\r\n" },
    { "escape in the query that is not", 400, "GET /?a=%u1234 HTTP/1.1\r\n" HOST "\r\n" },
    { "NUL escape", 400, "GET /a%00 HTTP/1.1\r\n" HOST "\r\n" },
    { "NUL escape in the query", 400, "GET /?a=%00 HTTP/1.1\r\n" HOST "\r\n" },
    { "line end escape in the path", 400, "GET /a%0d%0aX HTTP/1.1\r\n" HOST "\r\n" },
    { "delete escape in the path", 400, "GET /a%7F HTTP/1.1\r\n" HOST "\r\n" },
    { "dot segments", 400, "GET /a/../b HTTP/1.1\r\n" HOST "\r\n" },
    { "dot segment at the end", 400, "GET /a/.. HTTP/1.1\r\n" HOST "\r\n" },
    { "single dot", 400, "GET /./a HTTP/1.1\r\n" HOST "\r\n" },
    { "escaped dots", 400, "GET /a/%2e%2E/b HTTP/1.1\r\n" HOST "\r\n" },
    { "half escaped dots", 400, "GET /a/.%2e/b HTTP/1.1\r\n" HOST "\r\n" },
    { "dots and an escaped slash", 400, "GET /a/..%2fb HTTP/1.1\r\n" HOST "\r\n" },
    { "escaped slash and dots", 400, "GET /a%2F%2e%2e/b HTTP/1.1\r\n" HOST "\r\n" },
    { "backslash", 400, "GET /a\\b HTTP/1.1\r\n" HOST "\r\n" },
    { "escaped backslash", 400, "GET /a%5cb HTTP/1.1\r\n" HOST "\r\n" },
    { "raw bytes in the path", 400, "GET /caf\xc3\xa9 HTTP/1.1\r\n" HOST "\r\n" },
    { "raw bytes in the query", 400, "GET /?\xc3\xa9 HTTP/1.1\r\n" HOST "\r\n" },
    { "angle bracket", 400, "GET /<a> HTTP/1.1\r\n" HOST "\r\n" },
    // clang-format on
};

/* As a server does: first the end, then the content. `step` bytes arrive at a time. */
static ParseResult
parse(const char *bytes, size_t len, size_t step, HttpHead *head, HttpRefusal *refusal)
{
    HeadScan scan = { 0 };
    size_t head_len = 0;

    for (size_t have = step < len ? step : len;; have = have + step < len ? have + step : len)
    {
        ParseResult result =
            parser_find_head(&scan, (Str){ bytes, have }, &http_limits_default, &head_len, refusal);

        if (result == PARSE_DONE)
            return parser_read_head((Str){ bytes, head_len }, &http_limits_default, head, refusal);
        if (result == PARSE_REFUSED || have == len)
            return result;
    }
}

TEST(parser_accepts_what_is_clear_and_refuses_what_is_not)
{
    static HttpHead head;

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        for (size_t step = 1; step <= 4096; step *= 64)
        {
            HttpRefusal refusal = { 0 };
            size_t len = strlen(cases[i].request);
            ParseResult result = parse(cases[i].request, len, step, &head, &refusal);

            if (result != (cases[i].status == 0 ? PARSE_DONE : PARSE_REFUSED) ||
                refusal.status != cases[i].status)
                fail_msg("%s (%zu bytes at a time): %d %d %s", cases[i].what, step, (int) result,
                         refusal.status, refusal.reason == NULL ? "" : refusal.reason);
        }
}

TEST(parser_refuses_nul_anywhere)
{
    static const char request[] = "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\r\n";
    static HttpHead head;

    for (size_t i = 1; i < sizeof(request) - 5; i++)
    {
        char copy[sizeof(request)];
        HttpRefusal refusal = { 0 };

        memcpy(copy, request, sizeof(request));
        if (copy[i] == '\r' || copy[i] == '\n')
            continue;
        copy[i] = '\0';
        CHECK_INT(parse(copy, sizeof(request) - 1, 4096, &head, &refusal), PARSE_REFUSED);
    }
}

TEST(parser_waits_for_the_rest_of_a_head)
{
    static const char request[] = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
    HeadScan scan = { 0 };
    HttpRefusal refusal;
    size_t head_len = 0;

    for (size_t len = 0; len < sizeof(request) - 1; len++)
        CHECK_INT(parser_find_head(&scan, (Str){ request, len }, &http_limits_default, &head_len,
                                   &refusal),
                  PARSE_MORE);
    CHECK_INT(parser_find_head(&scan, (Str){ request, sizeof(request) - 1 }, &http_limits_default,
                               &head_len, &refusal),
              PARSE_DONE);
    CHECK_INT(head_len, sizeof(request) - 1);
}

TEST(parser_reads_line_and_fields)
{
    static const char request[] = "PUT /a%20b?c=d?e HTTP/1.1\r\nHost: h:1\r\nX-Y: \t v w \t\r\n"
                                  "Connection: Keep-Alive, close\r\nExpect: 100-continue\r\n"
                                  "Content-Length: 0012\r\n\r\n";
    static HttpHead head;
    HttpRefusal refusal;

    CHECK_INT(parse(request, sizeof(request) - 1, 4096, &head, &refusal), PARSE_DONE);
    CHECK_INT(head.method, PUT);
    CHECK(str_is(head.path, "/a%20b"));
    CHECK(str_is(head.query, "c=d?e"));
    CHECK(str_is(head.target, "/a%20b?c=d?e"));
    CHECK(str_is(head.host, "h:1"));
    CHECK_INT(head.field_count, 5);
    CHECK(str_is(head.fields[1].name, "X-Y"));
    CHECK(str_is(head.fields[1].value, "v w"));
    CHECK_INT(head.length, 12);
    CHECK(!head.keep_alive);
    CHECK(head.expect_continue);
    CHECK(!head.chunked);
}

TEST(parser_knows_when_a_connection_stays)
{
    static const struct
    {
        const char *request;
        bool keep;
    } rows[] = {
        { "GET / HTTP/1.1\r\nHost: a\r\n\r\n", true },
        { "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false },
        { "GET / HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n\r\n", false },
        { "GET / HTTP/1.0\r\n\r\n", false },
        { "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true },
    };
    static HttpHead head;
    HttpRefusal refusal;

    for (size_t i = 0; i < COUNT_OF(rows); i++)
    {
        CHECK_INT(parse(rows[i].request, strlen(rows[i].request), 4096, &head, &refusal),
                  PARSE_DONE);
        CHECK_INT(head.keep_alive, rows[i].keep);
    }
}

static int
status_of_long(const char *start, char filler, size_t count, const char *end)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Buf text = buf_new(arena, 1024 * 1024);
    HttpRefusal refusal = { 0 };
    static HttpHead head;

    buf_text(&text, start);
    for (size_t i = 0; i < count; i++)
        buf_char(&text, filler);
    buf_text(&text, end);
    (void) parse(text.ptr, text.len, 1000, &head, &refusal);
    return refusal.status;
}

TEST(parser_bounds_the_head)
{
    CHECK_INT(status_of_long("GET /", 'a', 16000, " HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
    CHECK_INT(status_of_long("GET /", 'a', 16 * 1024, " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
    CHECK_INT(status_of_long("GET /", 'a', 200000, ""), 414);
    CHECK_INT(status_of_long("GET / HTTP/1.1\r\nHost: a\r\nX: ", 'a', 200000, "\r\n\r\n"), 431);
    CHECK_INT(status_of_long("GET / HTTP/1.1\r\nHost: a\r\nX: ", 'a', 200000, ""), 431);
}

TEST(parser_bounds_the_number_of_fields)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Buf text = buf_new(arena, 1024 * 1024);
    HttpRefusal refusal = { 0 };
    static HttpHead head;

    buf_text(&text, "GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 99; i++)
        buf_text(&text, "X: a\r\n");
    buf_text(&text, "\r\n");
    CHECK_INT(parse(text.ptr, text.len, 4096, &head, &refusal), PARSE_DONE);
    text.len -= 2;
    buf_text(&text, "X: a\r\n\r\n");
    CHECK_INT(parse(text.ptr, text.len, 4096, &head, &refusal), PARSE_REFUSED);
    CHECK_INT(refusal.status, 431);
}

/* --- Chunks --------------------------------------------------------------------------------- */

static ParseResult
read_chunks(const char *bytes, size_t step, Buf *out, size_t *used)
{
    ChunkReader reader = { 0 };
    size_t len = strlen(bytes);
    ParseResult result = PARSE_MORE;

    *used = 0;
    while (result == PARSE_MORE && *used < len)
    {
        HttpRefusal refusal;
        Str data;
        size_t now;
        size_t left = len - *used;

        result = parser_read_chunk(&reader, (Str){ bytes + *used, left < step ? left : step },
                                   &data, &now, &refusal);
        if (result != PARSE_REFUSED)
            buf_str(out, data);
        *used += now;
    }
    return result;
}

TEST(chunks_become_one_body)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char body[] = "5\r\nhello\r\n00A\r\n, world!!!\r\n0\r\n\r\nGET";

    for (size_t step = 1; step < 50; step++)
    {
        Buf out = buf_new(arena, 100);
        size_t used;

        CHECK_INT(read_chunks(body, step, &out, &used), PARSE_DONE);
        CHECK_STR(buf_cstr(&out), "hello, world!!!");
        CHECK_INT(used, sizeof(body) - 4);
    }
}

TEST(chunks_that_are_not_clear_are_refused)
{
    static const char *const bodies[] = {
        "\r\n",
        "g\r\n",
        "-1\r\n",
        "0x5\r\nhello\r\n",
        " 5\r\nhello\r\n",
        "5 \r\nhello\r\n",
        "5;a=b\r\nhello\r\n",
        "5\nhello\r\n",
        "5\r\nhello\n",
        "5\r\nhelloX\r\n",
        "5\r\nhello\rX",
        "FFFFFFFFFFFFFFFFF\r\n",
        "100000000\r\n",
        "000000005\r\nhello\r\n",
        "0\r\nX: trailer\r\n\r\n",
        "0\r\n\n",
        "0\n\r\n",
    };
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(bodies); i++)
        for (size_t step = 1; step < 20; step += 18)
        {
            Buf out = buf_new(arena, 100);
            size_t used;

            if (read_chunks(bodies[i], step, &out, &used) != PARSE_REFUSED)
                fail_msg("accepted: %s", bodies[i]);
        }
}
