/*
 * How an answer becomes bytes: compression, the head, and streams. Runs on the thread that runs
 * the handler; the server only sends what is made here.
 */
#include "http/response_private.h"

#include "base/time.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

enum
{
    COMPRESS_MIN_BYTES = 1024, /* below, the head weighs more than what is won */
    COLLECT_BYTES = RING_PIECE_BYTES
};

const char *
response_reason(int status)
{
    static const struct
    {
        int status;
        const char *reason;
    } reasons[] = {
        { 200, "OK" },
        { 201, "Created" },
        { 202, "Accepted" },
        { 204, "No Content" },
        { 206, "Partial Content" },
        { 301, "Moved Permanently" },
        { 302, "Found" },
        { 303, "See Other" },
        { 304, "Not Modified" },
        { 307, "Temporary Redirect" },
        { 308, "Permanent Redirect" },
        { 400, "Bad Request" },
        { 401, "Unauthorized" },
        { 402, "Payment Required" },
        { 403, "Forbidden" },
        { 404, "Not Found" },
        { 405, "Method Not Allowed" },
        { 406, "Not Acceptable" },
        { 408, "Request Timeout" },
        { 409, "Conflict" },
        { 410, "Gone" },
        { 412, "Precondition Failed" },
        { 413, "Content Too Large" },
        { 414, "URI Too Long" },
        { 415, "Unsupported Media Type" },
        { 417, "Expectation Failed" },
        { 422, "Unprocessable Content" },
        { 429, "Too Many Requests" },
        { 431, "Request Header Fields Too Large" },
        { 499, "Client Closed Request" },
        { 500, "Internal Server Error" },
        { 501, "Not Implemented" },
        { 502, "Bad Gateway" },
        { 503, "Service Unavailable" },
        { 504, "Gateway Timeout" },
        { 505, "HTTP Version Not Supported" },
    };

    for (size_t i = 0; i < COUNT_OF(reasons); i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "Status";
}

/* --- The head ------------------------------------------------------------------------------- */

/* The text changes once a second; each thread keeps its own. */
static const char *
date_text(void)
{
    static _Thread_local char text[TIME_TEXT_SIZE];
    static _Thread_local Instant second = -1;
    Instant now = time_now() / SECOND_US;

    if (now != second)
    {
        time_format_http(now * SECOND_US, text);
        second = now;
    }
    return text;
}

static void
add_field(Buf *head, const char *name, const char *value)
{
    buf_text(head, name);
    buf_add(head, ": ", 2);
    buf_text(head, value);
    buf_add(head, "\r\n", 2);
}

static bool
status_has_body(int status)
{
    return status != 204 && status != 304;
}

static void
add_framing(const Response *res, bool chunked, Buf *head)
{
    if (chunked)
    {
        if (res->req->minor == 1)
            add_field(head, "Transfer-Encoding", "chunked");
    }
    else if (status_has_body(res->status))
    {
        buf_text(head, "Content-Length: ");
        buf_int(head, (int64_t) res->length);
        buf_add(head, "\r\n", 2);
    }
    if (res->close)
        add_field(head, "Connection", "close");
    else if (res->req->minor == 0)
        add_field(head, "Connection", "keep-alive");
}

/* False when it is too large. */
static bool
make_head(Response *res, bool chunked)
{
    Buf head = buf_new(res->req->arena, RESPONSE_HEAD_BYTES_MAX);

    buf_text(&head, "HTTP/1.1 ");
    buf_int(&head, res->status);
    buf_char(&head, ' ');
    buf_text(&head, response_reason(res->status));
    buf_add(&head, "\r\n", 2);
    add_field(&head, "Date", date_text());
    if (res->type != NULL && status_has_body(res->status))
        add_field(&head, "Content-Type", res->type);
    for (size_t i = 0; i < res->field_count; i++)
        add_field(&head, res->fields[i].key, res->fields[i].value);
    add_framing(res, chunked, &head);
    buf_add(&head, "\r\n", 2);
    if (head.failed)
        return false;
    res->head = buf_slice(&head);
    return true;
}

static void
forget(Response *res)
{
    if (res->release != NULL)
        res->release(res->owner);
    res->release = NULL;
    res->status = 0;
    res->field_count = 0;
    res->broken = false;
    res->type = NULL;
    res->body = (Str){ NULL, 0 };
    res->plain = false;
    res->stream = STREAM_NONE;
    buf_clear(&res->collected);
}

static void
become_500(Response *res)
{
    forget(res);
    response_text(res, 500, "The answer could not be sent.\n");
}

/* --- Compression ---------------------------------------------------------------------------- */

static HttpEncoding
negotiate(Response *res)
{
    const unsigned offered =
        ENCODING_BIT(ENCODING_IDENTITY) | ENCODING_BIT(ENCODING_GZIP) | ENCODING_BIT(ENCODING_ZSTD);

    if (res->plain || res->type == NULL || !status_has_body(res->status) ||
        !encoding_helps(res->type) || response_has_header(res, "Content-Encoding"))
        return ENCODING_IDENTITY;
    (void) response_header(res, "Vary", "Accept-Encoding"); /* marks by itself */
    return encoding_choose(request_header_all(res->req, "Accept-Encoding"), offered);
}

/* A strong tag would promise the same bytes to clients that decode and to those that do not. */
static void
weaken_etag(Response *res)
{
    for (size_t i = 0; i < res->field_count; i++)
        if (strcasecmp(res->fields[i].key, "ETag") == 0 && res->fields[i].value[0] == '"')
            res->fields[i].value = arena_format(res->req->arena, "W/%s", res->fields[i].value);
}

static void
compress_body(Response *res)
{
    Buf out = buf_new(res->req->arena, res->body.len);
    HttpEncoding encoding;
    Error err;

    if (res->body.len < COMPRESS_MIN_BYTES)
        return;
    encoding = negotiate(res);
    /* A body that does not shrink is sent as it is. */
    if (encoding == ENCODING_IDENTITY || !encoding_compress(encoding, 0, res->body, &out, &err))
        return;
    weaken_etag(res);
    (void) response_header(res, "Content-Encoding", encoding_name(encoding)); /* marks by itself */
    if (res->release != NULL)
        res->release(res->owner);
    res->release = NULL;
    res->body = buf_slice(&out);
}

/* --- Around the handler --------------------------------------------------------------------- */

void
response_finish(Response *res, bool may_compress)
{
    if (res->stream == STREAM_LEFT)
    {
        response_abort(res);
        return;
    }
    if (res->ring != NULL)
        return;
    if (res->stream == STREAM_ABORTED)
        return;
    if (res->stream == STREAM_COLLECTING || res->status == 0)
        res->broken = true;
    if (may_compress && !res->broken)
        compress_body(res);
    if (res->broken)
        become_500(res);
    res->length = res->body.len;
    if (make_head(res, false))
        return;
    become_500(res);
    res->length = res->body.len;
    (void) make_head(res, false); /* three short fields: it fits */
}

Str
response_sent_body(const Response *res)
{
    if (res->req->method == HEAD || !status_has_body(res->status))
        return (Str){ NULL, 0 };
    return res->body;
}

void
response_dispose(Response *res)
{
    if (res->release != NULL)
        res->release(res->owner);
    res->release = NULL;
    encoder_free(&res->encoder);
    ring_free(&res->ring);
}

/* --- Streams -------------------------------------------------------------------------------- */

void
response_begin_stream(Response *res, const char *type, bool compress)
{
    assert(res->wake != NULL && res->stream == STREAM_NONE);
    response_body(res, type, (Str){ NULL, 0 });
    res->collected = buf_new(res->req->arena, COLLECT_BYTES);
    res->compress = compress;
    res->stream = STREAM_COLLECTING;
}

static bool
into_ring(void *arg, const char *bytes, size_t len, Error *err)
{
    Response *res = arg;

    return ring_write(res->ring, bytes, len, err);
}

static bool
write_on(Response *res, const char *bytes, size_t len, Error *err)
{
    if (res->req->method == HEAD)
        return true;
    return res->encoder != NULL ? encoder_write(res->encoder, bytes, len, err)
                                : ring_write(res->ring, bytes, len, err);
}

/* The head leaves, and what was collected goes first into the ring. */
static bool
let_leave(Response *res, Error *err)
{
    HttpEncoding encoding = res->compress ? negotiate(res) : ENCODING_IDENTITY;

    if (encoding != ENCODING_IDENTITY)
    {
        res->encoder = encoder_new(encoding, into_ring, res);
        if (res->encoder != NULL)
        {
            weaken_etag(res);
            (void) response_header(res, "Content-Encoding", encoding_name(encoding));
        }
    }
    /* Without chunks, only the end of the connection ends the body. */
    if (res->req->minor == 0)
        res->close = true;
    if (res->broken || !make_head(res, true))
        return error_set(err, ERR_INTERNAL, "a header of the answer is not valid");
    res->ring = ring_new(res->req->minor == 1 && res->req->method != HEAD, res->req->cancel,
                         res->wake, res->wake_arg);
    res->stream = STREAM_LEFT;
    res->wake(res->wake_arg);
    return write_on(res, res->collected.ptr, res->collected.len, err);
}

bool
response_write(Response *res, const char *bytes, size_t len, Error *err)
{
    assert(res->stream == STREAM_COLLECTING || res->stream == STREAM_LEFT);
    if (!cancel_check(res->req->cancel, err))
        return false;
    if (res->stream == STREAM_COLLECTING)
    {
        if (res->collected.len + len <= COLLECT_BYTES)
        {
            buf_add(&res->collected, bytes, len);
            return true;
        }
        if (!let_leave(res, err))
            return false;
    }
    return write_on(res, bytes, len, err);
}

bool
response_flush(Response *res, Error *err)
{
    assert(res->stream == STREAM_COLLECTING || res->stream == STREAM_LEFT);
    if (res->stream == STREAM_COLLECTING && !let_leave(res, err))
        return false;
    if (res->encoder != NULL && res->req->method != HEAD && !encoder_flush(res->encoder, err))
        return false;
    return ring_publish(res->ring, err);
}

bool
response_end_stream(Response *res, Error *err)
{
    assert(res->stream == STREAM_COLLECTING || res->stream == STREAM_LEFT);
    if (res->stream == STREAM_COLLECTING)
    {
        res->body = buf_slice(&res->collected);
        res->plain = res->plain || !res->compress;
        res->stream = STREAM_ENDED;
        return true;
    }
    if (res->encoder != NULL && res->req->method != HEAD && !encoder_end(res->encoder, err))
        return false;
    if (!ring_end(res->ring, err))
        return false;
    res->stream = STREAM_ENDED;
    return true;
}

void
response_abort(Response *res)
{
    if (res->ring != NULL)
        ring_abort(res->ring);
    res->stream = STREAM_ABORTED;
}

bool
response_has_left(const Response *res)
{
    return res->ring != NULL;
}

bool
response_restart(Response *res)
{
    if (res->ring != NULL)
        return false;
    forget(res);
    return true;
}
