/*
 * One request and its answer: from the bytes of a head to a handler, and to the observer at the
 * end. No socket is touched here.
 */
#include "http/server_private.h"

#include "base/heap.h"

#include <string.h>

enum
{
    BODY_FIRST_BYTES = 16 * 1024
};

static Exchange *
make(Connection *connection)
{
    Loop *loop = connection->loop;
    SpareArena spare = loop_take_arena(loop);
    Exchange *exchange = ARENA_NEW(spare.arena, Exchange);

    exchange->arena = spare.arena;
    exchange->mark = spare.mark;
    exchange->loop = loop;
    exchange->connection = connection;
    exchange->req = (HttpRequest){ .method = GET,
                                   .minor = 1,
                                   .path = "",
                                   .body = { "", 0 },
                                   .started_us = loop->now,
                                   .arena = spare.arena };
    response_init(&exchange->res, &exchange->req);
    return exchange;
}

void
exchange_refuse(Exchange *exchange, int status, const char *reason)
{
    Response *res = &exchange->res;

    exchange->refusal = (HttpRefusal){ .status = status, .reason = reason };
    COUNT(exchange->loop, refused, 1);
    response_dispose(res);
    response_init(res, &exchange->req);
    response_text(res, status, arena_format(exchange->arena, "%s.\n", reason));
    if (status == 503)
        (void) response_header(res, "Retry-After", "2"); /* valid as it stands */
    res->close = true;
    response_finish(res, false);
}

Exchange *
exchange_refused(Connection *connection, int status, const char *reason)
{
    Exchange *exchange = make(connection);

    exchange_refuse(exchange, status, reason);
    return exchange;
}

Exchange *
exchange_new(Connection *connection, Str head)
{
    Exchange *exchange = make(connection);
    HttpServer *server = exchange->loop->server;
    HttpHead *parsed = &exchange->loop->head;
    Str copy = { arena_text_n(exchange->arena, head.ptr, head.len), head.len };
    RequestOrigin origin = { .base_path = server->base_path,
                             .trusted = &server->trusted,
                             .peer = connection->is_unix ? NULL : &connection->peer,
                             .peer_text = connection->peer_text,
                             .plane_mask = connection->plane_mask };
    HttpRefusal refusal;

    if (parser_read_head(copy, &server->limits, parsed, &refusal) != PARSE_DONE ||
        !request_from_head(exchange->arena, parsed, &origin, &exchange->req, &refusal))
    {
        exchange->req = (HttpRequest){
            .method = GET, .minor = 1, .path = "", .body = { "", 0 }, .arena = exchange->arena
        };
        exchange_refuse(exchange, refusal.status, refusal.reason);
        return exchange;
    }
    exchange->req.started_us = exchange->loop->now;
    exchange->understood = true;
    exchange->keep_alive = parsed->keep_alive;
    exchange->chunked = parsed->chunked;
    exchange->length = parsed->length;
    exchange->expect_continue = parsed->expect_continue;
    return exchange;
}

/* --- The body ------------------------------------------------------------------------------- */

bool
exchange_wants_body(Exchange *exchange)
{
    HttpServer *server = exchange->loop->server;

    if (!exchange->chunked && exchange->length == 0)
        return false;
    exchange->body_max = server->limits.body_bytes;
    if (server->app.max_body != NULL)
        exchange->body_max = server->app.max_body(server->app.app, &exchange->req);
    if (exchange->length > exchange->body_max)
        exchange_refuse(exchange, 413, "the body is too large");
    return exchange->refusal.status == 0;
}

/* What is announced is not believed: memory grows with what has arrived. */
static bool
make_room(Exchange *exchange, size_t len)
{
    size_t needed = exchange->body_len + len;
    size_t size = exchange->body_size == 0 ? BODY_FIRST_BYTES : exchange->body_size * 2;

    if (needed > exchange->body_max)
    {
        exchange_refuse(exchange, 413, "the body is too large");
        return false;
    }
    if (needed <= exchange->body_size)
        return true;
    if (size < needed)
        size = needed;
    if (!exchange->chunked && size > exchange->length)
        size = (size_t) exchange->length;
    if (!server_hold(exchange->loop->server, size - exchange->body_size))
    {
        COUNT(exchange->loop, overload, 1);
        exchange_refuse(exchange, 503, "the server has too much to read");
        return false;
    }
    exchange->body = heap_grow(exchange->body, size, 1);
    exchange->body_size = size;
    return true;
}

static ParseResult
add_body(Exchange *exchange, Str data)
{
    if (data.len == 0)
        return PARSE_MORE;
    if (!make_room(exchange, data.len))
        return PARSE_REFUSED;
    memcpy(exchange->body + exchange->body_len, data.ptr, data.len);
    exchange->body_len += data.len;
    return PARSE_MORE;
}

ParseResult
exchange_take_body(Exchange *exchange, Str bytes, size_t *used)
{
    HttpRefusal refusal;
    ParseResult result;
    size_t step;
    Str data;

    *used = 0;
    if (!exchange->chunked)
    {
        uint64_t left = exchange->length - exchange->body_len;

        data = (Str){ bytes.ptr, bytes.len < left ? bytes.len : (size_t) left };
        *used = data.len;
        result = add_body(exchange, data);
        return result == PARSE_MORE && exchange->body_len == exchange->length ? PARSE_DONE : result;
    }
    while (*used < bytes.len)
    {
        Str rest = { bytes.ptr + *used, bytes.len - *used };

        result = parser_read_chunk(&exchange->chunks, rest, &data, &step, &refusal);
        if (result == PARSE_REFUSED)
            exchange_refuse(exchange, refusal.status, refusal.reason);
        if (result == PARSE_REFUSED || add_body(exchange, data) == PARSE_REFUSED)
            return PARSE_REFUSED;
        *used += step;
        if (result == PARSE_DONE)
            return PARSE_DONE;
    }
    return PARSE_MORE;
}

/* --- Running -------------------------------------------------------------------------------- */

static void
wake_loop(void *arg)
{
    loop_post(arg, false);
}

/* On a worker. After the post the exchange may be gone. */
static void
run_on_worker(void *arg)
{
    Exchange *exchange = arg;
    const HttpApp *app = &exchange->loop->server->app;

    if (!cancel_is_set(exchange->cancel))
        app->handle(app->app, &exchange->req, &exchange->res);
    response_finish(&exchange->res, !cancel_is_set(exchange->cancel));
    loop_post(exchange, true);
}

static void
start_answer(Exchange *exchange)
{
    HttpServer *server = exchange->loop->server;

    response_dispose(&exchange->res);
    response_init(&exchange->res, &exchange->req);
    exchange->res.close = !exchange->keep_alive ||
                          exchange->connection->requests >= server->limits.requests ||
                          atomic_load_explicit(&server->stopping, memory_order_relaxed);
}

static bool
lend(Exchange *exchange)
{
    HttpServer *server = exchange->loop->server;
    WorkerClass class = WORKER_INTERACTIVE;
    Error err;

    exchange->cancel = cancel_new();
    exchange->req.cancel = exchange->cancel;
    if (server->limits.handle_ms > 0)
        cancel_set_deadline(exchange->cancel,
                            exchange->loop->now + (int64_t) server->limits.handle_ms * 1000);
    exchange->res.wake = wake_loop;
    exchange->res.wake_arg = exchange;
    if (server->app.classify != NULL)
        class = server->app.classify(server->app.app, &exchange->req);
    /* Set before: the worker may be done before worker_submit returns. */
    exchange->lent = true;
    exchange->loop->lent++;
    COUNT(exchange->loop, running, 1);
    if (worker_submit(server->pool, class, run_on_worker, exchange, &err))
        return true;
    exchange->lent = false;
    exchange->loop->lent--;
    COUNT(exchange->loop, running, -1);
    COUNT(exchange->loop, overload, 1);
    return false;
}

bool
exchange_run(Exchange *exchange)
{
    const HttpApp *app = &exchange->loop->server->app;
    Response *res = &exchange->res;

    COUNT(exchange->loop, requests, 1);
    if (exchange->body_len > 0)
        exchange->req.body = (Str){ exchange->body, exchange->body_len };
    start_answer(exchange);
    if (app->quick != NULL)
    {
        if (app->quick(app->app, &exchange->req, res))
        {
            response_finish(res, false);
            return true;
        }
        start_answer(exchange);
    }
    if (lend(exchange))
        return false;
    response_text(res, 503, "The server is busy. Try again in a moment.\n");
    (void) response_header(res, "Retry-After", "2"); /* valid as it stands */
    response_finish(res, false);
    return true;
}

void
exchange_end(Exchange *exchange, bool cut)
{
    Loop *loop = exchange->loop;
    const HttpApp *app = &loop->server->app;
    bool answered = exchange->sent > 0;

    if (app->observe != NULL)
    {
        HttpOutcome outcome = { .req = exchange->understood ? &exchange->req : NULL,
                                .status = answered ? exchange->res.status : 499,
                                .bytes = exchange->sent,
                                .micros = loop->now - exchange->req.started_us,
                                .cut = cut };

        app->observe(app->app, &outcome);
    }
    server_release(loop->server, exchange->body_size);
    heap_free(exchange->body);
    cancel_free(&exchange->cancel);
    response_dispose(&exchange->res);
    loop_give_arena(loop, exchange->arena, exchange->mark);
}
