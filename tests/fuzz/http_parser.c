/*
 * Heads and chunked bodies. A head that is accepted must be accepted as well when its bytes arrive
 * one by one, and must become a request or a refusal.
 */
#include "http/request.h"
#include "http/server.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool condition)
{
    if (!condition)
        abort();
}

static ParseResult
find(Str bytes, size_t step, size_t *head_len)
{
    HeadScan scan = { 0 };
    HttpRefusal refusal = { 0 };
    ParseResult result = PARSE_MORE;

    for (size_t have = 0; result == PARSE_MORE && have < bytes.len;)
    {
        have = bytes.len - have < step ? bytes.len : have + step;
        result = parser_find_head(&scan, (Str){ bytes.ptr, have }, &http_limits_default, head_len,
                                  &refusal);
    }
    check(result != PARSE_REFUSED || (refusal.status >= 400 && refusal.reason != NULL));
    return result;
}

static void
read_chunks(Str bytes)
{
    ChunkReader reader = { 0 };
    ParseResult result = PARSE_MORE;
    HttpRefusal refusal;
    size_t used = 1;
    Str data;

    while (result == PARSE_MORE && used > 0)
    {
        result = parser_read_chunk(&reader, bytes, &data, &used, &refusal);
        check(used <= bytes.len);
        check(data.len == 0 || (data.ptr >= bytes.ptr && data.len <= bytes.len));
        bytes = (Str){ bytes.ptr + used, bytes.len - used };
    }
}

static void
use(Arena *arena, const HttpHead *head)
{
    NetworkList trusted;
    Address peer;
    RequestOrigin origin = { .base_path = "/b", .trusted = &trusted, .peer_text = "127.0.0.1" };
    HttpRefusal refusal = { 0 };
    HttpRequest req;
    Error err;

    check(address_parse(STR("127.0.0.1"), &peer));
    check(networks_parse(arena, "127.0.0.0/8 10.0.0.0/8", &trusted, &err));
    origin.peer = &peer;
    if (!request_from_head(arena, head, &origin, &req, &refusal))
    {
        check(refusal.status >= 400);
        return;
    }
    check(req.path[0] == '/' || strcmp(req.path, "*") == 0);
    check(strstr(req.path, "//") == NULL || strcasestr(req.raw_path, "%2f") != NULL);
    (void) request_cookie(&req, "a");
    (void) request_header_all(&req, "X");
    (void) request_has_etag(&req, "a");
    (void) request_query_all(&req, "a");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Str bytes = { arena_text_n(arena, (const char *) data, size), size };
    static HttpHead head;
    HttpRefusal refusal;
    size_t whole_len = 0;
    size_t piece_len = 0;
    ParseResult whole = find(bytes, size, &whole_len);

    if (size < 4096)
        check(find(bytes, 1, &piece_len) == whole && piece_len == whole_len);
    if (whole == PARSE_DONE && parser_read_head((Str){ bytes.ptr, whole_len }, &http_limits_default,
                                                &head, &refusal) == PARSE_DONE)
    {
        check(!head.chunked || head.length == 0);
        use(arena, &head);
    }
    read_chunks(bytes);
    return 0;
}
