/* Outgoing calls, against a scripted server on loopback. */
#include "test.h"

#include "base/time.h"
#include "http/client.h"
#include "http/server.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

typedef struct Upstream
{
    HttpServer *server;
    WorkerPool *pool;
    Arena *arena;
    const char *base; /* "http://127.0.0.1:1234" */
    atomic_int calls;
    atomic_int failures_left; /* of /flaky */
} Upstream;

static void
answer_stall(HttpRequest *req, Response *res)
{
    Error err;

    while (cancel_check(req->cancel, &err))
        (void) usleep(5000);
    response_text(res, 503, "stopped");
}

static void
answer(void *app, HttpRequest *req, Response *res)
{
    Upstream *up = app;
    const char *path = req->path;
    const char *authorization = request_header(req, "Authorization");

    (void) atomic_fetch_add(&up->calls, 1);
    if (strcmp(path, "/echo") == 0)
        response_text(
            res, 200,
            arena_format(
                req->arena, "%s %s %s %s %.*s", method_name(req->method),
                authorization == NULL ? "-" : authorization,
                request_header(req, "Content-Type") == NULL ? "-"
                                                            : request_header(req, "Content-Type"),
                request_header(req, "X-Api-Key") == NULL ? "-" : request_header(req, "X-Api-Key"),
                (int) req->body.len, req->body.ptr));
    else if (strcmp(path, "/flaky") == 0 && atomic_fetch_sub(&up->failures_left, 1) > 0)
    {
        response_text(res, 503, "not now");
        (void) response_header(res, "Retry-After", "0");
    }
    else if (strcmp(path, "/flaky") == 0)
        response_text(res, 200, "at last");
    else if (strcmp(path, "/redirect") == 0)
        response_redirect(res, 302, request_query(req, "to"));
    else if (strcmp(path, "/loop") == 0)
        response_redirect(res, 302, "/loop");
    else if (strcmp(path, "/large") == 0)
        response_body(res, "text/plain", (Str){ arena_alloc(req->arena, 100000), 100000 });
    else if (strcmp(path, "/stall") == 0)
        answer_stall(req, res);
    else
        response_text(res, 404, "nothing here");
}

static void
upstream_start(Upstream *up)
{
    const WorkerLimits workers[WORKER_CLASSES] = { { 8, 64 }, { 1, 1 }, { 1, 1 } };
    const HttpListen listen = { .address = "127.0.0.1:0" };
    HttpServerOptions options = { .listens = &listen, .listen_count = 1, .loops = 1 };
    Error err;

    client_setup();
    *up = (Upstream){ .pool = worker_pool_new(workers), .arena = arena_new() };
    options.pool = up->pool;
    options.app.app = up;
    options.app.handle = answer;
    options.limits.drain_ms = 50;
    up->server = server_open(&options, &err);
    CHECK(up->server != NULL);
    up->base = arena_format(up->arena, "http://%s", server_address(up->server, 0));
}

static void
upstream_stop(Upstream *up)
{
    server_close(&up->server);
    worker_pool_free(&up->pool);
    arena_free(&up->arena);
}

static const char *
url(Upstream *up, const char *path)
{
    return arena_format(up->arena, "%s%s", up->base, path);
}

TEST(client_sends_and_receives)
{
    Upstream up;
    HttpReply reply;
    Error err;
    const TextPair header = { .key = "X-Api-Key", .value = "k" };
    HttpCall call = { .headers = &header, .header_count = 1 };

    upstream_start(&up);
    call.url = url(&up, "/echo");
    CHECK_OK(client_fetch(up.arena, &call, &reply, &err), &err);
    CHECK_INT(reply.status, 200);
    CHECK_STR(reply.body.ptr, "GET - - k ");
    CHECK_STR(reply_header(&reply, "content-type"), "text/plain;charset=utf-8");
    CHECK(reply_header(&reply, "nothing") == NULL);
    call.method = POST;
    call.body = STR("{\"a\":1}");
    call.body_type = "application/json";
    call.user = "user";
    call.password = "secret";
    CHECK_OK(client_fetch(up.arena, &call, &reply, &err), &err);
    CHECK_STR(reply.body.ptr, "POST Basic dXNlcjpzZWNyZXQ= application/json k {\"a\":1}");
    call.method = DELETE;
    CHECK_OK(client_fetch(up.arena, &call, &reply, &err), &err);
    CHECK(strncmp(reply.body.ptr, "DELETE ", 7) == 0);
    call = (HttpCall){ .url = url(&up, "/none?password=secret") };
    CHECK_OK(client_call(up.arena, &call, &reply, &err), &err);
    CHECK_INT(reply.status, 404);
    CHECK_STR(reply.body.ptr, "nothing here");
    CHECK_ERROR(client_fetch(up.arena, &call, &reply, &err), &err, ERR_UPSTREAM);
    CHECK_STR(err.message, "127.0.0.1 answered with the status 404");
    upstream_stop(&up);
}

TEST(client_refuses_addresses_that_are_not_for_it)
{
    static const char *const wrong[] = {
        "ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1",          "",
        "http://",          "gopher://a",         "http://u:p@a.org/x", "http://a b/",
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    const TextPair header = { .key = "X", .value = "a\r\nY: b" };
    HttpReply reply;
    Error err;

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
    {
        HttpCall call = { .url = wrong[i] };

        CHECK_ERROR(client_call(arena, &call, &reply, &err), &err, ERR_INVALID);
        CHECK(strstr(err.message, "u:p") == NULL);
    }
    CHECK_ERROR(
        client_call(
            arena,
            &(HttpCall){ .url = "http://127.0.0.1:1/", .headers = &header, .header_count = 1 },
            &reply, &err),
        &err, ERR_INVALID);
}

TEST(client_refuses_private_addresses_when_told)
{
    static const char *const hosts[] = { "127.0.0.1", "localhost", "0177.1", "2130706433",
                                         "[::ffff:127.0.0.1]" };
    Upstream up;
    HttpReply reply;
    Error err;

    upstream_start(&up);
    for (size_t i = 0; i < COUNT_OF(hosts); i++)
    {
        HttpCall call = { .public_only = true, .retries = 2 };

        call.url = arena_format(up.arena, "http://%s%s/echo", hosts[i], strrchr(up.base, ':'));
        CHECK_ERROR(client_call(up.arena, &call, &reply, &err), &err, ERR_DENIED);
    }
    CHECK_INT(atomic_load(&up.calls), 0);
    upstream_stop(&up);
}

TEST(client_follows_redirects_only_when_asked)
{
    Upstream up;
    Upstream other;
    HttpReply reply;
    Error err;
    const TextPair header = { .key = "X-Api-Key", .value = "k" };
    HttpCall call = { .headers = &header, .header_count = 1, .user = "u", .password = "p" };

    upstream_start(&up);
    upstream_start(&other);
    call.url = url(&up, "/redirect?to=/echo");
    CHECK_OK(client_call(up.arena, &call, &reply, &err), &err);
    CHECK_INT(reply.status, 302);
    call.redirects = 3;
    CHECK_OK(client_call(up.arena, &call, &reply, &err), &err);
    CHECK_STR(reply.body.ptr, "GET Basic dTpw - k ");
    call.url = url(&up, arena_format(up.arena, "/redirect?to=%s/echo", other.base));
    CHECK_OK(client_call(up.arena, &call, &reply, &err), &err);
    CHECK_STR(reply.body.ptr, "GET - - - ");
    call.url = url(&up, "/loop");
    CHECK_OK(client_call(up.arena, &call, &reply, &err), &err);
    CHECK_INT(reply.status, 302);
    CHECK_INT(atomic_load(&up.calls), 1 + 2 + 1 + 4);
    upstream_stop(&other);
    upstream_stop(&up);
}

TEST(client_tries_again_when_it_is_worth_it)
{
    Upstream up;
    HttpReply reply;
    Error err;
    HttpCall call = { .retries = 2 };

    upstream_start(&up);
    call.url = url(&up, "/flaky");
    atomic_store(&up.failures_left, 2);
    CHECK_OK(client_call(up.arena, &call, &reply, &err), &err);
    CHECK_STR(reply.body.ptr, "at last");
    CHECK_INT(atomic_load(&up.calls), 3);
    atomic_store(&up.failures_left, 10);
    call.retries = 1;
    CHECK_OK(client_call(up.arena, &call, &reply, &err), &err);
    CHECK_INT(reply.status, 503);
    CHECK_INT(atomic_load(&up.calls), 5);
    call.method = POST;
    CHECK_OK(client_call(up.arena, &call, &reply, &err), &err);
    CHECK_INT(atomic_load(&up.calls), 6);
    call = (HttpCall){ .url = "http://127.0.0.1:1/", .retries = 1 };
    CHECK_ERROR(client_call(up.arena, &call, &reply, &err), &err, ERR_UPSTREAM);
    upstream_stop(&up);
}

static bool
take_some(void *arg, const char *bytes, size_t len, Error *err)
{
    size_t *total = arg;

    (void) bytes;
    *total += len;
    if (*total > 200000)
        return error_set(err, ERR_CONFLICT, "enough");
    return true;
}

TEST(client_bounds_what_it_takes)
{
    Upstream up;
    HttpReply reply;
    Error err;
    size_t total = 0;
    HttpCall call = { .max_bytes = 50000 };

    upstream_start(&up);
    call.url = url(&up, "/large");
    CHECK_ERROR(client_call(up.arena, &call, &reply, &err), &err, ERR_TOO_LARGE);
    call.receive = take_some;
    call.receive_arg = &total;
    CHECK_OK(client_call(up.arena, &call, &reply, &err), &err);
    CHECK_INT(total, 100000);
    CHECK_INT(reply.body.len, 0);
    total = 150000;
    CHECK_ERROR(client_call(up.arena, &call, &reply, &err), &err, ERR_CONFLICT);
    call = (HttpCall){ .url = url(&up, "/stall"), .total_ms = 100 };
    CHECK_ERROR(client_call(up.arena, &call, &reply, &err), &err, ERR_TIMEOUT);
    upstream_stop(&up);
}

static void *
cancel_soon(void *arg)
{
    (void) usleep(50 * 1000);
    cancel_now(arg);
    return NULL;
}

TEST(client_stops_when_it_is_cancelled)
{
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    Upstream up;
    HttpReply reply;
    Error err;
    pthread_t thread;
    int64_t before = time_monotonic();
    HttpCall call = { .cancel = cancel };

    upstream_start(&up);
    call.url = url(&up, "/stall");
    CHECK_INT(pthread_create(&thread, NULL, cancel_soon, cancel), 0);
    CHECK_ERROR(client_call(up.arena, &call, &reply, &err), &err, ERR_CANCELLED);
    CHECK(time_monotonic() - before < 3 * SECOND_US);
    CHECK_INT(pthread_join(thread, NULL), 0);
    upstream_stop(&up);
}
