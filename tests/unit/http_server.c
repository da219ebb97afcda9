/* The server with real sockets: what well-behaved clients do. */
#include "http_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define GET_CLOSE(path) "GET " path " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
#define GET_KEEP(path)  "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"

TEST(server_answers_from_the_loop_and_from_a_worker)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    const char *answer;

    test_server_start(&test, (HttpServerOptions){ .loops = 2 });
    answer = peer_ask(arena, test.address, GET_CLOSE("/quick"));
    CHECK_INT(status_in(answer), 200);
    CHECK_STR(body_in(answer), "quick\n");
    CHECK(has_line(answer, "Connection: close"));
    CHECK(has_line(answer, "Content-Length: 6"));
    CHECK(strcasestr(answer, "\r\nDate: ") != NULL);
    answer = peer_ask(arena, test.address, GET_CLOSE("/echo?a=1&b=%C3%A9+x&a=2"));
    CHECK_STR(body_in(answer), "GET /echo\na=1\nb=\xc3\xa9 x\na=2\n");
    answer = peer_ask(arena, test.address, GET_CLOSE("/unknown"));
    CHECK_INT(status_in(answer), 404);
    answer = peer_ask(arena, test.address, GET_CLOSE("/nothing"));
    CHECK_INT(status_in(answer), 500);
    CHECK(wait_for(&test.observed, 4));
    test_server_stop(&test);
}

TEST(server_keeps_a_connection)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    int fd;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    fd = peer_connect(test.address);
    for (int i = 0; i < 50; i++)
    {
        peer_say(fd, i % 2 == 0 ? GET_KEEP("/quick") : GET_KEEP("/echo"));
        CHECK_INT(status_in(peer_read_answer(arena, fd, false)), 200);
    }
    CHECK_INT(server_stats(test.server).connections, 1);
    CHECK_INT(server_stats(test.server).requests, 50);
    (void) close(fd);
    test_server_stop(&test);
}

TEST(server_ends_a_connection_after_its_last_request)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    const char *answers;

    test_server_start(&test, (HttpServerOptions){ .loops = 1, .limits = { .requests = 2 } });
    answers =
        peer_ask(arena, test.address, GET_KEEP("/quick") GET_KEEP("/quick") GET_KEEP("/quick"));
    CHECK(strstr(answers, "Connection: close") != NULL);
    CHECK_INT(server_stats(test.server).requests, 2);
    test_server_stop(&test);
}

TEST(server_answers_ten_pipelined_requests_in_order)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    Buf all = buf_new(arena, 10000);
    int fd;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    for (int i = 0; i < 10; i++)
        buf_format(&all, "%s /%s?n=%d HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s",
                   i % 3 == 0 ? "GET" : "POST", i % 4 == 0 ? "quick" : "echo", i,
                   i % 3 == 0 ? 0 : 4, i % 3 == 0 ? "" : "body");
    fd = peer_connect(test.address);
    peer_send(fd, all.ptr, all.len);
    for (int i = 0; i < 10; i++)
    {
        const char *answer = peer_read_answer(arena, fd, false);

        if (i % 4 == 0)
            CHECK_STR(body_in(answer), "quick\n");
        else
            CHECK_STR(body_in(answer),
                      arena_format(arena, "%s /echo\nn=%d\n%s", i % 3 == 0 ? "GET" : "POST", i,
                                   i % 3 == 0 ? "" : "body"));
    }
    (void) close(fd);
    test_server_stop(&test);
}

TEST(server_answers_head_without_a_body)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    const char *answer;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    answer = peer_ask(arena, test.address,
                      "HEAD /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    CHECK(has_line(answer, "Content-Length: 30000"));
    CHECK_STR(body_in(answer), "");
    answer = peer_ask(arena, test.address,
                      "HEAD /stream?pieces=200 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    CHECK_INT(status_in(answer), 200);
    CHECK_STR(body_in(answer), "");
    test_server_stop(&test);
}

TEST(server_speaks_http_1_0)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    const char *answer;
    size_t len;
    int fd;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    answer = peer_ask(arena, test.address, "GET /quick HTTP/1.0\r\n\r\n");
    CHECK(has_line(answer, "Connection: close"));
    fd = peer_connect(test.address);
    peer_say(fd, "GET /quick HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(has_line(peer_read_answer(arena, fd, false), "Connection: keep-alive"));
    peer_say(fd, "GET /stream?pieces=100 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    answer = peer_read_all(arena, fd, &len);
    CHECK(strcasestr(answer, "Transfer-Encoding") == NULL);
    CHECK_INT(strlen(body_in(answer)), 100 * 1000);
    (void) close(fd);
    test_server_stop(&test);
}

TEST(server_reads_bodies_with_a_length_and_in_chunks)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    Buf big = buf_new(arena, 4 * 1024 * 1024);
    const char *answer;
    int fd;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    fd = peer_connect(test.address);
    peer_say(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
    (void) usleep(20000);
    peer_say(fd, "lo\r\n7\r\n, world\r\n0\r\n\r\n" GET_KEEP("/quick"));
    CHECK_STR(body_in(peer_read_answer(arena, fd, false)), "POST /echo\nhello, world");
    CHECK_STR(body_in(peer_read_answer(arena, fd, false)), "quick\n");
    buf_text(&big, "PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    for (int i = 0; i < 100000; i++)
        buf_text(&big, "0123456789");
    peer_send(fd, big.ptr, big.len);
    answer = peer_read_answer(arena, fd, false);
    CHECK_INT(strlen(body_in(answer)), strlen("PUT /echo\n") + 1000000);
    (void) close(fd);
    test_server_stop(&test);
}

TEST(server_says_100_to_who_expects_it)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    int fd;

    test_server_start(&test, (HttpServerOptions){ .loops = 1, .limits = { .body_bytes = 100 } });
    fd = peer_connect(test.address);
    peer_say(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                 "Expect: 100-continue\r\n\r\n");
    CHECK_INT(status_in(peer_read_answer(arena, fd, true)), 100);
    peer_say(fd, "hello");
    CHECK_STR(body_in(peer_read_answer(arena, fd, false)), "POST /echo\nhello");
    peer_say(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n"
                 "Expect: 100-continue\r\n\r\n");
    CHECK_INT(status_in(peer_read_answer(arena, fd, false)), 413);
    (void) close(fd);
    test_server_stop(&test);
}

TEST(server_refuses_bodies_that_are_too_large)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    Buf big = buf_new(arena, 4 * 1024 * 1024);

    test_server_start(&test, (HttpServerOptions){ .loops = 1, .limits = { .body_bytes = 1000 } });
    buf_text(&big, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    for (int i = 0; i < 100000; i++)
        buf_text(&big, "0123456789");
    CHECK_INT(status_in(peer_ask(arena, test.address, buf_cstr(&big))), 413);
    buf_clear(&big);
    buf_text(&big, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 500; i++)
        buf_text(&big, "a\r\n0123456789\r\n");
    CHECK_INT(status_in(peer_ask(arena, test.address, buf_cstr(&big))), 413);
    test_server_stop(&test);
}

TEST(server_refuses_what_is_ambiguous_and_closes)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    const char *answer;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    answer = peer_ask(arena, test.address,
                      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                      "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" GET_CLOSE("/quick"));
    CHECK_INT(status_in(answer), 400);
    CHECK(strstr(answer, "quick") == NULL);
    CHECK(has_line(answer, "Connection: close"));
    CHECK_INT(atomic_load(&test.started), 0);
    CHECK_INT(server_stats(test.server).refused, 1);
    test_server_stop(&test);
}

TEST(server_lives_under_a_base_path)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;

    test_server_start(&test, (HttpServerOptions){ .loops = 1, .base_path = "/stats/" });
    CHECK_STR(body_in(peer_ask(arena, test.address, GET_CLOSE("/stats/echo"))), "GET /echo\n");
    CHECK_STR(body_in(peer_ask(arena, test.address, GET_CLOSE("/stats//echo"))), "GET /echo\n");
    CHECK_STR(body_in(peer_ask(arena, test.address, GET_CLOSE("//stats/quick"))), "quick\n");
    CHECK_INT(status_in(peer_ask(arena, test.address, GET_CLOSE("/stats"))), 404);
    CHECK_INT(atomic_load(&test.started), 3);
    CHECK_INT(status_in(peer_ask(arena, test.address, GET_CLOSE("/echo"))), 404);
    CHECK_INT(status_in(peer_ask(arena, test.address, GET_CLOSE("/statsecho"))), 404);
    CHECK_INT(atomic_load(&test.started), 3);
    test_server_stop(&test);
}

TEST(server_believes_only_trusted_proxies)
{
    static const char request[] = "GET /who HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                                  "X-Forwarded-For: 6.6.6.6, 192.0.2.9\r\n"
                                  "X-Forwarded-For: 10.1.1.1\r\nX-Forwarded-Proto: https\r\n\r\n";
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    CHECK_STR(body_in(peer_ask(arena, test.address, request)), "127.0.0.1 127.0.0.1 http 5 h");
    test_server_stop(&test);
    test_server_start(
        &test, (HttpServerOptions){ .loops = 1, .trusted_proxies = "127.0.0.0/8 10.0.0.0/8" });
    CHECK_STR(body_in(peer_ask(arena, test.address, request)), "127.0.0.1 192.0.2.9 https 5 h");
    test_server_stop(&test);
}

TEST(server_listens_on_several_addresses)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *path = arena_format(arena, "/tmp/vigie-http-%d.socket", (int) getpid());
    const HttpListen listens[] = {
        { .address = "127.0.0.1:0", .plane_mask = 1 },
        { .address = arena_format(arena, "unix:%s", path), .plane_mask = 2 },
        { .address = ":0", .plane_mask = 4 },
    };
    HttpServerOptions options = { .loops = 2, .listens = listens, .listen_count = 3 };
    TestServer test;

    test_server_start(&test, options);
    CHECK_STR(body_in(peer_ask(arena, test.address, GET_CLOSE("/who"))),
              "127.0.0.1 127.0.0.1 http 1 a");
    CHECK_STR(body_in(peer_ask(arena, server_address(test.server, 1), GET_CLOSE("/who"))),
              "unix unix http 2 a");
    CHECK_STR(body_in(peer_ask(arena, server_address(test.server, 2), GET_CLOSE("/who"))),
              "127.0.0.1 127.0.0.1 http 4 a");
    CHECK(server_address(test.server, 3) == NULL);
    test_server_stop(&test);
    CHECK_INT(access(path, F_OK), -1);
}

/* As the service manager does it: the first socket is descriptor 3. */
TEST(server_takes_sockets_that_were_handed_over)
{
    static const HttpListen none;
    CLEANUP(arena_free) Arena *arena = arena_new();
    struct sockaddr_in address = { .sin_family = AF_INET };
    int kept = dup(3);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    HttpServerOptions options = {
        .loops = 2, .listens = &none, .inherit = true, .inherit_planes = 9
    };
    TestServer test;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK_INT(bind(fd, (struct sockaddr *) &address, sizeof(address)), 0);
    CHECK_INT(listen(fd, 10), 0);
    if (fd != 3)
    {
        CHECK_INT(dup2(fd, 3), 3);
        (void) close(fd);
    }
    CHECK_INT(setenv("LISTEN_PID", arena_format(arena, "%d", (int) getpid()), 1), 0);
    CHECK_INT(setenv("LISTEN_FDS", "1", 1), 0);
    test_server_start(&test, options);
    CHECK_INT(unsetenv("LISTEN_FDS"), 0);
    CHECK_STR(body_in(peer_ask(arena, test.address, GET_CLOSE("/who"))),
              "127.0.0.1 127.0.0.1 http 9 a");
    test_server_stop(&test);
    if (kept >= 0)
    {
        CHECK_INT(dup2(kept, 3), 3);
        (void) close(kept);
    }
}

TEST(server_refuses_an_address_that_is_taken_or_wrong)
{
    static const char *const wrong[] = { "127.0.0.1", "127.0.0.1:x", "::1:80", "unix:relative" };
    const WorkerLimits workers[WORKER_CLASSES] = { { 1, 1 }, { 1, 1 }, { 1, 1 } };
    WorkerPool *pool = worker_pool_new(workers);
    TestServer test;
    HttpListen listen;
    HttpServerOptions options = { .listens = &listen, .listen_count = 1, .pool = pool };
    Error err;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    listen = (HttpListen){ .address = test.address };
    CHECK_ERROR(server_open(&options, &err) != NULL, &err, ERR_CONFIG);
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
    {
        listen = (HttpListen){ .address = wrong[i] };
        CHECK_ERROR(server_open(&options, &err) != NULL, &err, ERR_CONFIG);
    }
    test_server_stop(&test);
    worker_pool_free(&pool);
}

TEST(server_answers_503_when_the_workers_are_full)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    int fds[TEST_WORKERS + TEST_QUEUE];
    TestServer test;
    const char *answer;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    for (size_t i = 0; i < COUNT_OF(fds); i++)
    {
        fds[i] = peer_connect(test.address);
        peer_say(fds[i], GET_KEEP("/wait"));
        if (i < TEST_WORKERS)
            CHECK(wait_for(&test.started, (int) i + 1));
    }
    while (server_stats(test.server).running < COUNT_OF(fds))
        (void) usleep(2000);
    answer = peer_ask(arena, test.address, GET_CLOSE("/echo"));
    CHECK_INT(status_in(answer), 503);
    CHECK(has_line(answer, "Retry-After: 2"));
    CHECK_STR(body_in(peer_ask(arena, test.address, GET_CLOSE("/quick"))), "quick\n");
    CHECK_INT(server_stats(test.server).overload, 1);
    atomic_store(&test.go, true);
    for (size_t i = 0; i < COUNT_OF(fds); i++)
    {
        CHECK_STR(body_in(peer_read_answer(arena, fds[i], false)), "went\n");
        (void) close(fds[i]);
    }
    test_server_stop(&test);
}
