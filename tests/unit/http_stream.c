/* Streamed answers: chunks, back-pressure, clients that leave, cuts that are seen as cuts. */
#include "http_peer.h"

#include "base/time.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#define GET_CLOSE(path, more)                                                                      \
    "GET " path " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" more "\r\n"

/* Joins the chunks of a whole answer; NULL when it does not end as it should. */
static char *
unchunk(Arena *arena, const char *body, size_t len, size_t *out_len)
{
    Buf out = buf_new(arena, 64 * 1024 * 1024);
    ChunkReader reader = { 0 };
    size_t at = 0;

    for (;;)
    {
        HttpRefusal refusal;
        size_t used;
        Str data;
        ParseResult result =
            parser_read_chunk(&reader, (Str){ body + at, len - at }, &data, &used, &refusal);

        if (result == PARSE_REFUSED || (result == PARSE_MORE && used == 0))
            return NULL;
        buf_str(&out, data);
        at += used;
        if (result == PARSE_DONE)
            break;
    }
    *out_len = out.len;
    return (char *) buf_cstr(&out);
}

static char *
ask_stream(Arena *arena, const TestServer *test, const char *request, const char **head,
           size_t *len)
{
    int fd = peer_connect(test->address);
    size_t total;
    char *all;
    const char *body;

    peer_say(fd, request);
    all = peer_read_all(arena, fd, &total);
    (void) close(fd);
    body = body_in(all);
    *head = all;
    *len = 0;
    /* A reset may throw away even the head. */
    if (strstr(all, "\r\n\r\n") == NULL)
        return NULL;
    if (!has_line(all, "Transfer-Encoding: chunked"))
    {
        *len = total - (size_t) (body - all);
        return (char *) body;
    }
    return unchunk(arena, body, total - (size_t) (body - all), len);
}

TEST(stream_that_is_short_leaves_with_its_length)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    const char *head;
    size_t len;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    CHECK(ask_stream(arena, &test, GET_CLOSE("/stream?pieces=60", ""), &head, &len) != NULL);
    CHECK(has_line(head, "Content-Length: 60000"));
    CHECK(ask_stream(arena, &test, GET_CLOSE("/stream?pieces=0", ""), &head, &len) != NULL);
    CHECK(has_line(head, "Content-Length: 0"));
    test_server_stop(&test);
}

TEST(stream_that_is_long_leaves_in_chunks)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    const char *head;
    size_t len;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    CHECK(ask_stream(arena, &test, GET_CLOSE("/stream?pieces=3000", ""), &head, &len) != NULL);
    CHECK(has_line(head, "Transfer-Encoding: chunked"));
    CHECK_INT(len, 3000000);
    CHECK(ask_stream(arena, &test, GET_CLOSE("/stream?pieces=3&flush", ""), &head, &len) != NULL);
    CHECK(has_line(head, "Transfer-Encoding: chunked"));
    CHECK_INT(len, 3000);
    CHECK(wait_for(&test.observed, 2));
    CHECK_INT(atomic_load(&test.cut), 0);
    test_server_stop(&test);
}

static size_t
gunzip(const char *bytes, size_t len, char *out, size_t max)
{
    z_stream z = { .next_in = (Bytef *) bytes,
                   .avail_in = (uInt) len,
                   .next_out = (Bytef *) out,
                   .avail_out = (uInt) max };
    int code;

    CHECK_INT(inflateInit2(&z, 15 + 16), Z_OK);
    code = inflate(&z, Z_FINISH);
    (void) inflateEnd(&z);
    CHECK_INT(code, Z_STREAM_END);
    return z.total_out;
}

static size_t
unzstd(const char *bytes, size_t len, char *out, size_t max)
{
    ZSTD_DCtx *context = ZSTD_createDCtx();
    ZSTD_inBuffer input = { bytes, len, 0 };
    ZSTD_outBuffer output = { out, max, 0 };
    size_t left = ZSTD_decompressStream(context, &output, &input);

    (void) ZSTD_freeDCtx(context);
    CHECK_INT(left, 0);
    return output.pos;
}

TEST(stream_is_compressed_as_the_client_wishes)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char *plain = arena_alloc(arena, 1000000);
    TestServer test;
    const char *head;
    const char *body;
    size_t len;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    for (int i = 0; i < 3; i++)
    {
        static const char *const requests[] = {
            GET_CLOSE("/stream?pieces=500&compress", "Accept-Encoding: gzip\r\n"),
            GET_CLOSE("/stream?pieces=500&compress&flush", "Accept-Encoding: gzip\r\n"),
            GET_CLOSE("/stream?pieces=50&compress", "Accept-Encoding: gzip\r\n"),
        };

        body = ask_stream(arena, &test, requests[i], &head, &len);
        CHECK(body != NULL);
        CHECK(has_line(head, "Content-Encoding: gzip"));
        CHECK(has_line(head, "Vary: Accept-Encoding"));
        CHECK_INT(gunzip(body, len, plain, 1000000), i == 2 ? 50000 : 500000);
    }
    body = ask_stream(arena, &test,
                      GET_CLOSE("/stream?pieces=500&compress", "Accept-Encoding: gzip, zstd\r\n"),
                      &head, &len);
    CHECK(body != NULL);
    CHECK(has_line(head, "Content-Encoding: zstd"));
    CHECK_INT(unzstd(body, len, plain, 1000000), 500000);
    body = ask_stream(arena, &test, GET_CLOSE("/stream?pieces=500&compress", ""), &head, &len);
    CHECK(body != NULL);
    CHECK_INT(len, 500000);
    body = ask_stream(arena, &test,
                      "HEAD /stream?pieces=500&compress HTTP/1.1\r\nHost: a\r\n"
                      "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n",
                      &head, &len);
    CHECK(strcasestr(head, "content-encoding: gzip") != NULL);
    CHECK_STR(body_in(head), "");
    test_server_stop(&test);
}

TEST(stream_that_is_aborted_is_seen_as_broken)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    const char *head;
    size_t len;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    CHECK(ask_stream(arena, &test, GET_CLOSE("/abort", ""), &head, &len) == NULL);
    CHECK(wait_for(&test.observed, 1));
    CHECK_INT(atomic_load(&test.cut), 1);
    test_server_stop(&test);
}

TEST(stream_waits_for_readers_that_stall_in_bounded_memory)
{
    TestServer test;
    int fds[20];
    size_t before;
    size_t after;

    test_server_start(&test, (HttpServerOptions){ .loops = 2 });
    for (size_t i = 0; i < COUNT_OF(fds); i++)
    {
        fds[i] = peer_connect_small(test.address);
        peer_say(fds[i], "GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    CHECK(wait_for(&test.started, COUNT_OF(fds)));
    do
    {
        before = atomic_load(&test.written);
        (void) usleep(100 * 1000);
        after = atomic_load(&test.written);
    } while (after != before);
    /* Four pieces here, the rest in the socket buffers of the system. */
    CHECK(after < COUNT_OF(fds) * 8 * 1024 * 1024);
    for (size_t i = 0; i < COUNT_OF(fds); i++)
        (void) close(fds[i]);
    CHECK(wait_for(&test.cancelled, COUNT_OF(fds)));
    CHECK(wait_for(&test.observed, COUNT_OF(fds)));
    CHECK_INT(atomic_load(&test.cut), COUNT_OF(fds));
    test_server_stop(&test);
}

TEST(stream_evicts_a_reader_that_is_too_slow)
{
    TestServer test;
    int fd;

    test_server_start(&test, (HttpServerOptions){ .loops = 1, .limits = { .write_ms = 200 } });
    fd = peer_connect_small(test.address);
    peer_say(fd, "GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(wait_for(&test.cancelled, 1));
    CHECK_INT(server_stats(test.server).timeouts, 1);
    (void) close(fd);
    test_server_stop(&test);
}

TEST(request_is_cancelled_when_its_client_leaves)
{
    TestServer test;
    int fd;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    fd = peer_connect(test.address);
    peer_say(fd, "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(wait_for(&test.started, 1));
    (void) close(fd);
    CHECK(wait_for(&test.cancelled, 1));
    CHECK(wait_for(&test.observed, 1));
    CHECK_INT(atomic_load(&test.last_status), 499);
    CHECK_INT(server_stats(test.server).left, 1);
    CHECK_INT(server_stats(test.server).connections, 0);
    test_server_stop(&test);
}

TEST(request_is_cancelled_when_its_time_is_up)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    const char *answer;

    test_server_start(&test, (HttpServerOptions){ .loops = 1, .limits = { .handle_ms = 100 } });
    answer = peer_ask(arena, test.address, GET_CLOSE("/wait", ""));
    CHECK_STR(body_in(answer), "cancelled\n");
    CHECK_INT(status_in(answer), error_http_status(ERR_TIMEOUT));
    test_server_stop(&test);
}

TEST(answer_with_a_line_end_in_a_header_becomes_a_500)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    const char *answer;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    answer =
        peer_ask(arena, test.address, GET_CLOSE("/bad-header?name=a%0D%0ASet-Cookie:%20b", ""));
    CHECK_INT(status_in(answer), 500);
    CHECK(strstr(answer, "Set-Cookie") == NULL);
    CHECK(strstr(answer, "never seen") == NULL);
    answer = peer_ask(arena, test.address, GET_CLOSE("/bad-header?name=fine", ""));
    CHECK(has_line(answer, "X-Name: fine"));
    test_server_stop(&test);
}

TEST(answer_is_304_when_the_client_has_it)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    const char *answer;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    answer = peer_ask(arena, test.address, GET_CLOSE("/etag", ""));
    CHECK_INT(status_in(answer), 200);
    CHECK(has_line(answer, "ETag: W/\"v1\""));
    answer =
        peer_ask(arena, test.address, GET_CLOSE("/etag", "If-None-Match: \"x\", W/\"v1\"\r\n"));
    CHECK_INT(status_in(answer), 304);
    CHECK(has_line(answer, "ETag: W/\"v1\""));
    CHECK(strcasestr(answer, "Content-Length") == NULL);
    CHECK_STR(body_in(answer), "");
    test_server_stop(&test);
}

/* --- Stopping ------------------------------------------------------------------------------- */

typedef struct Stopper
{
    TestServer *test;
    pthread_t thread;
    bool whole;
} Stopper;

static void *
stop(void *arg)
{
    Stopper *stopper = arg;

    stopper->whole = server_stop(stopper->test->server);
    return NULL;
}

/* A new connection is refused. */
static bool
is_deaf(const char *address)
{
    struct sockaddr_in socket_address = { .sin_family = AF_INET };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool refused;

    socket_address.sin_port = htons((uint16_t) strtoul(strrchr(address, ':') + 1, NULL, 10));
    socket_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    refused = connect(fd, (struct sockaddr *) &socket_address, sizeof(socket_address)) != 0;
    (void) close(fd);
    return refused;
}

TEST(stop_lets_a_running_stream_end_and_closes_idle_connections)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    Stopper stopper = { .test = &test };
    const char *address;
    size_t len = 0;
    size_t total;
    char *all;
    int reader;
    int waiter;
    int idle;

    test_server_start(&test, (HttpServerOptions){ .loops = 2 });
    address = arena_text(arena, test.address);
    idle = peer_connect(test.address);
    peer_say(idle, "GET /quick HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK_INT(status_in(peer_read_answer(arena, idle, false)), 200);
    reader = peer_connect_small(test.address);
    peer_say(reader, "GET /stream?pieces=20000 HTTP/1.1\r\nHost: a\r\n\r\n");
    waiter = peer_connect(test.address);
    peer_say(waiter, "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(wait_for(&test.started, 2));
    CHECK_INT(pthread_create(&stopper.thread, NULL, stop, &stopper), 0);
    CHECK(peer_is_closed(idle, 2000));
    (void) usleep(20 * 1000); /* the other loop */
    CHECK(is_deaf(address));
    all = peer_read_all(arena, reader, &total);
    CHECK(unchunk(arena, body_in(all), total - (size_t) (body_in(all) - all), &len) != NULL);
    CHECK_INT(len, 20000000);
    atomic_store(&test.go, true);
    CHECK_STR(body_in(peer_read_all(arena, waiter, NULL)), "went\n");
    CHECK_INT(pthread_join(stopper.thread, NULL), 0);
    CHECK(stopper.whole);
    CHECK_INT(atomic_load(&test.cancelled), 0);
    (void) close(idle);
    (void) close(reader);
    (void) close(waiter);
    test_server_stop(&test);
}

TEST(stop_cancels_what_does_not_end)
{
    TestServer test;
    int64_t before;
    int fds[2];

    test_server_start(&test, (HttpServerOptions){ .loops = 1, .limits = { .drain_ms = 100 } });
    fds[0] = peer_connect(test.address);
    peer_say(fds[0], "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    fds[1] = peer_connect_small(test.address);
    peer_say(fds[1], "GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(wait_for(&test.started, 2));
    before = time_monotonic();
    CHECK(server_stop(test.server));
    CHECK(time_monotonic() - before < 5 * SECOND_US);
    CHECK_INT(atomic_load(&test.cancelled), 2);
    (void) close(fds[0]);
    (void) close(fds[1]);
    test_server_stop(&test);
}
