#include "http_peer.h"

#include "base/time.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* --- The application ------------------------------------------------------------------------ */

static bool
app_quick(void *app, HttpRequest *req, Response *res)
{
    (void) app;
    if (strcmp(req->path, "/quick") != 0)
        return false;
    response_text(res, 200, "quick\n");
    return true;
}

static void
echo(HttpRequest *req, Response *res)
{
    Buf out = buf_new(req->arena, 64 * 1024 * 1024);

    buf_format(&out, "%s %s\n", method_name(req->method), req->path);
    for (size_t i = 0; i < req->query_count; i++)
        buf_format(&out, "%s=%s\n", req->query[i].key, req->query[i].value);
    buf_str(&out, req->body);
    response_body(res, "application/octet-stream", buf_slice(&out));
}

static void
stream(HttpRequest *req, Response *res)
{
    const char *pieces = request_query(req, "pieces");
    char piece[1000];
    Error err;

    memset(piece, 's', sizeof(piece));
    response_begin_stream(res, "text/plain", request_query(req, "compress") != NULL);
    for (int i = 0; i < (pieces == NULL ? 1 : atoi(pieces)); i++)
    {
        if (!response_write(res, piece, sizeof(piece), &err))
            return;
        if (request_query(req, "flush") != NULL && !response_flush(res, &err))
            return;
    }
    (void) response_end_stream(res, &err);
}

static void
endless(TestServer *test, Response *res)
{
    static char piece[8192];
    Error err;

    response_begin_stream(res, "application/octet-stream", false);
    while (response_write(res, piece, sizeof(piece), &err))
        (void) atomic_fetch_add(&test->written, sizeof(piece));
    if (err.code == ERR_CANCELLED)
        (void) atomic_fetch_add(&test->cancelled, 1);
}

static void
wait_to_go(TestServer *test, HttpRequest *req, Response *res)
{
    Error err;

    while (!atomic_load(&test->go))
    {
        if (!cancel_check(req->cancel, &err))
        {
            (void) atomic_fetch_add(&test->cancelled, 1);
            response_text(res, error_http_status(err.code), "cancelled\n");
            return;
        }
        (void) usleep(5000);
    }
    response_text(res, 200, "went\n");
}

static void
abort_stream(Response *res)
{
    char piece[100 * 1000];
    Error err;

    memset(piece, 'a', sizeof(piece));
    response_begin_stream(res, "text/csv", false);
    if (response_write(res, piece, sizeof(piece), &err))
        response_abort(res);
}

static void
large(HttpRequest *req, Response *res)
{
    Buf out = buf_new(req->arena, 100000);

    for (int i = 0; i < 3000; i++)
        buf_text(&out, "repeated, ");
    response_body(res, "text/plain", buf_slice(&out));
}

static void
app_handle(void *app, HttpRequest *req, Response *res)
{
    TestServer *test = app;
    const char *path = req->path;

    (void) atomic_fetch_add(&test->started, 1);
    if (strcmp(path, "/echo") == 0)
        echo(req, res);
    else if (strcmp(path, "/who") == 0)
        response_text(res, 200,
                      arena_format(req->arena, "%s %s %s %u %s", req->peer_address,
                                   req->client_address, req->is_https ? "https" : "http",
                                   req->plane_mask, req->host));
    else if (strcmp(path, "/large") == 0)
        large(req, res);
    else if (strcmp(path, "/etag") == 0)
    {
        if (!response_is_fresh(res, "v1"))
            large(req, res);
    }
    else if (strcmp(path, "/stream") == 0)
        stream(req, res);
    else if (strcmp(path, "/endless") == 0)
        endless(test, res);
    else if (strcmp(path, "/wait") == 0)
        wait_to_go(test, req, res);
    else if (strcmp(path, "/abort") == 0)
        abort_stream(res);
    else if (strcmp(path, "/bad-header") == 0)
    {
        response_text(res, 200, "never seen");
        (void) response_header(res, "X-Name", request_query(req, "name"));
    }
    else if (strcmp(path, "/nothing") != 0)
        response_text(res, 404, "no such path\n");
}

static void
app_observe(void *app, const HttpOutcome *outcome)
{
    TestServer *test = app;

    atomic_store(&test->last_status, outcome->status);
    (void) atomic_fetch_add(&test->cut, outcome->cut);
    (void) atomic_fetch_add(&test->observed, 1);
}

void
test_server_start(TestServer *test, HttpServerOptions options)
{
    static const HttpListen anywhere = { .address = "127.0.0.1:0", .plane_mask = 5 };
    const WorkerLimits workers[WORKER_CLASSES] = { { TEST_WORKERS, TEST_QUEUE },
                                                   { 2, 2 },
                                                   { 1, 1 } };
    Error err;

    *test = (TestServer){ .pool = worker_pool_new(workers) };
    options.app.app = test;
    options.app.quick = app_quick;
    options.app.handle = app_handle;
    options.app.observe = app_observe;
    options.pool = test->pool;
    if (options.listen_count == 0 && !options.inherit)
    {
        options.listens = &anywhere;
        options.listen_count = 1;
    }
    test->server = server_open(&options, &err);
    if (test->server == NULL)
        fail_msg("%s", err.message);
    test->address = server_address(test->server, 0);
}

void
test_server_stop(TestServer *test)
{
    server_close(&test->server);
    worker_pool_free(&test->pool);
}

/* --- Clients -------------------------------------------------------------------------------- */

static int
connect_unix(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    memcpy(address.sun_path, path, strlen(path));
    CHECK_INT(connect(fd, (struct sockaddr *) &address, sizeof(address)), 0);
    return fd;
}

static int
connect_with(const char *text, int receive_bytes)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    struct timeval limit = { .tv_sec = 5 };
    const char *colon = strrchr(text, ':');
    int fd;

    if (strncmp(text, "unix:", 5) == 0)
        return connect_unix(text + 5);
    fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_bytes > 0)
        (void) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof(receive_bytes));
    (void) setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    address.sin_port = htons((uint16_t) strtoul(colon + 1, NULL, 10));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK_INT(connect(fd, (struct sockaddr *) &address, sizeof(address)), 0);
    return fd;
}

int
peer_connect(const char *address)
{
    return connect_with(address, 0);
}

int
peer_connect_small(const char *address)
{
    return connect_with(address, 4096);
}

void
peer_send(int fd, const char *bytes, size_t len)
{
    while (len > 0)
    {
        ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);

        if (sent <= 0)
            return;
        bytes += sent;
        len -= (size_t) sent;
    }
}

void
peer_say(int fd, const char *text)
{
    peer_send(fd, text, strlen(text));
}

char *
peer_read_all(Arena *arena, int fd, size_t *len)
{
    Buf out = buf_new(arena, 256 * 1024 * 1024);
    char piece[16384];
    ssize_t got;

    for (got = recv(fd, piece, sizeof(piece), 0); got > 0; got = recv(fd, piece, sizeof(piece), 0))
        buf_add(&out, piece, (size_t) got);
    if (len != NULL)
        *len = out.len;
    return (char *) buf_cstr(&out);
}

static bool
add_bytes(Buf *out, int fd, size_t count)
{
    char piece[4096];

    while (count > 0)
    {
        ssize_t got = recv(fd, piece, count < sizeof(piece) ? count : sizeof(piece), 0);

        if (got <= 0)
            return false;
        buf_add(out, piece, (size_t) got);
        count -= (size_t) got;
    }
    return true;
}

/* Byte by byte, so that nothing of the next answer is taken. */
static bool
add_line(Buf *out, int fd)
{
    char c = '\0';

    while (c != '\n')
    {
        if (recv(fd, &c, 1, 0) != 1)
            return false;
        buf_char(out, c);
    }
    return true;
}

char *
peer_read_answer(Arena *arena, int fd, bool head_only)
{
    Buf out = buf_new(arena, 64 * 1024 * 1024);
    size_t line = 0;
    const char *length;

    do
    {
        line = out.len;
        if (!add_line(&out, fd))
            return (char *) buf_cstr(&out);
    } while (out.len - line > 2);
    if (head_only)
        return (char *) buf_cstr(&out);
    length = strcasestr(out.ptr, "\r\nContent-Length: ");
    if (length != NULL)
        (void) add_bytes(&out, fd, strtoul(length + 18, NULL, 10));
    while (strcasestr(out.ptr, "\r\nTransfer-Encoding: chunked") != NULL)
    {
        size_t size;

        line = out.len;
        if (!add_line(&out, fd))
            break;
        size = strtoul(out.ptr + line, NULL, 16);
        if (!add_bytes(&out, fd, size + 2) || size == 0)
            break;
    }
    return (char *) buf_cstr(&out);
}

char *
peer_ask(Arena *arena, const char *address, const char *request)
{
    int fd = peer_connect(address);
    char *answer;

    peer_say(fd, request);
    answer = peer_read_all(arena, fd, NULL);
    (void) close(fd);
    return answer;
}

bool
peer_is_closed(int fd, int ms)
{
    int64_t until = time_monotonic() + (int64_t) ms * 1000;
    char piece[4096];

    while (time_monotonic() < until)
    {
        struct pollfd poller = { .fd = fd, .events = POLLIN };

        if (poll(&poller, 1, 20) > 0 && recv(fd, piece, sizeof(piece), MSG_DONTWAIT) <= 0 &&
            errno != EAGAIN)
            return true;
        errno = 0;
    }
    return false;
}

bool
wait_for(const atomic_int *value, int least)
{
    int64_t until = time_monotonic() + 5 * SECOND_US;

    while (atomic_load(value) < least)
    {
        if (time_monotonic() > until)
            return false;
        (void) usleep(2000);
    }
    return true;
}

int
status_in(const char *answer)
{
    return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? atoi(answer + 9) : 0;
}

const char *
body_in(const char *answer)
{
    const char *end = strstr(answer, "\r\n\r\n");

    return end == NULL ? "" : end + 4;
}

bool
has_line(const char *answer, const char *line)
{
    const char *end = strstr(answer, "\r\n\r\n");
    const char *at = strcasestr(answer, line);

    return at != NULL && end != NULL && at < end && at[-1] == '\n' && at[strlen(line)] == '\r';
}
