/* Query strings, forms, parts, cookies, conditions and codings. The first byte chooses. */
#include "http/encoding.h"
#include "http/request.h"
#include "http/url.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_parts(HttpRequest *req)
{
    FormPart *parts;
    size_t count;
    Error err;

    if (!request_multipart(req, 20, &parts, &count, &err))
        return;
    for (size_t i = 0; i < count; i++)
    {
        if (parts[i].name == NULL || parts[i].type == NULL || parts[i].body.ptr < req->body.ptr ||
            parts[i].body.ptr + parts[i].body.len > req->body.ptr + req->body.len)
            abort();
        if (parts[i].filename != NULL && strpbrk(parts[i].filename, "/\\") != NULL)
            abort();
    }
}

static void
read_text(Arena *arena, Str text)
{
    NetworkList list;
    Address address;
    const char *decoded;
    Error err;

    (void) address_parse(text, &address);
    (void) networks_parse(arena, str_copy(arena, text), &list, &err);
    (void) encoding_choose(str_copy(arena, text), 15);
    (void) encoding_helps(str_copy(arena, text));
    if (url_decode(arena, text, true, &decoded))
    {
        Buf again = buf_new(arena, text.len * 3 + 16);
        const char *back;

        url_add(&again, decoded);
        if (!url_decode(arena, buf_slice(&again), false, &back) || strcmp(back, decoded) != 0)
            abort();
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const types[] = { "multipart/form-data; boundary=b",
                                         "application/x-www-form-urlencoded", "application/json" };
    CLEANUP(arena_free) Arena *arena = arena_new();
    TextPair headers[4] = { { .key = "Content-Type" } };
    HttpRequest req = { .method = POST, .headers = headers, .header_count = 4, .arena = arena };
    TextPair *pairs;
    size_t count;
    Error err;
    char *text;

    if (size == 0)
        return 0;
    text = arena_text_n(arena, (const char *) data + 1, size - 1);
    headers[0].value = data[0] % 4 == 3 ? text : types[data[0] % 4];
    headers[1] = (TextPair){ .key = "Cookie", .value = text };
    headers[2] = (TextPair){ .key = "If-None-Match", .value = text };
    headers[3] = (TextPair){ .key = "Accept", .value = text };
    req.body = (Str){ text, size - 1 };
    read_parts(&req);
    if (request_form(&req, &pairs, &count, &err))
        for (size_t i = 0; i < count; i++)
            if (!str_is_utf8(str_of(pairs[i].key)) || !str_is_utf8(str_of(pairs[i].value)))
                abort();
    (void) request_cookie(&req, "a");
    (void) request_has_etag(&req, "a");
    (void) request_wants_html(&req);
    (void) request_has_json(&req);
    read_text(arena, req.body);
    return 0;
}
