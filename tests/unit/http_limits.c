/* Clients that are slow, silent or too many. Deadlines are short here; only orders are compared. */
#include "http_peer.h"

#include "base/time.h"

#include <malloc.h>
#include <string.h>
#include <unistd.h>

#define GET_CLOSE(path) "GET " path " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

TEST(slow_headers_are_evicted_while_others_are_served)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    int fds[200];
    int64_t start;
    size_t closed = 0;

    test_server_start(&test, (HttpServerOptions){ .loops = 2, .limits = { .header_ms = 400 } });
    for (size_t i = 0; i < COUNT_OF(fds); i++)
    {
        fds[i] = peer_connect(test.address);
        peer_say(fds[i], "GET /quick HTTP/1.1\r\n");
    }
    start = time_monotonic();
    /* A byte now and then does not help. */
    while (time_monotonic() - start < 900 * 1000)
    {
        for (size_t i = 0; i < COUNT_OF(fds); i++)
            peer_say(fds[i], "X");
        CHECK_STR(body_in(peer_ask(arena, test.address, GET_CLOSE("/quick"))), "quick\n");
        (void) usleep(50 * 1000);
    }
    for (size_t i = 0; i < COUNT_OF(fds); i++)
    {
        closed += peer_is_closed(fds[i], 500);
        (void) close(fds[i]);
    }
    CHECK_INT(closed, COUNT_OF(fds));
    CHECK_INT(server_stats(test.server).timeouts, COUNT_OF(fds));
    test_server_stop(&test);
}

TEST(slow_head_is_told_408_and_silence_is_closed)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    int silent;

    test_server_start(
        &test, (HttpServerOptions){ .loops = 1, .limits = { .header_ms = 150, .linger_ms = 100 } });
    CHECK_INT(status_in(peer_ask(arena, test.address, "GET / HTTP/1.1\r\nHos")), 408);
    silent = peer_connect(test.address);
    CHECK_STR(peer_read_all(arena, silent, NULL), "");
    (void) close(silent);
    test_server_stop(&test);
}

TEST(slow_bodies_are_evicted)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    int fd;
    int64_t start;

    test_server_start(
        &test, (HttpServerOptions){ .loops = 1, .limits = { .body_ms = 200, .body_rate = 1000 } });
    fd = peer_connect(test.address);
    peer_say(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n");
    start = time_monotonic();
    while (time_monotonic() - start < 600 * 1000)
    {
        peer_say(fd, "x");
        (void) usleep(20 * 1000);
    }
    CHECK_INT(status_in(peer_read_answer(arena, fd, false)), 408);
    (void) close(fd);
    /* A body that keeps the pace may last longer than the window. */
    fd = peer_connect(test.address);
    peer_say(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n");
    for (int i = 0; i < 9; i++)
    {
        peer_say(fd, arena_format(arena, "%01000d", 0));
        (void) usleep(60 * 1000);
    }
    CHECK_INT(status_in(peer_read_answer(arena, fd, false)), 200);
    (void) close(fd);
    test_server_stop(&test);
}

TEST(idle_connections_are_closed_after_their_time)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    int fd;

    test_server_start(&test, (HttpServerOptions){ .loops = 1, .limits = { .idle_ms = 150 } });
    fd = peer_connect(test.address);
    peer_say(fd, "GET /quick HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK_INT(status_in(peer_read_answer(arena, fd, false)), 200);
    CHECK(peer_is_closed(fd, 3000));
    CHECK_INT(server_stats(test.server).timeouts, 0);
    (void) close(fd);
    test_server_stop(&test);
}

TEST(oldest_idle_connection_goes_when_there_are_too_many)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    int fds[10];

    test_server_start(&test, (HttpServerOptions){ .loops = 1, .limits = { .connections = 10 } });
    for (size_t i = 0; i < COUNT_OF(fds); i++)
    {
        fds[i] = peer_connect(test.address);
        peer_say(fds[i], "GET /quick HTTP/1.1\r\nHost: a\r\n\r\n");
        CHECK_INT(status_in(peer_read_answer(arena, fds[i], false)), 200);
    }
    CHECK_STR(body_in(peer_ask(arena, test.address, GET_CLOSE("/quick"))), "quick\n");
    CHECK(peer_is_closed(fds[0], 2000));
    CHECK(!peer_is_closed(fds[1], 50));
    CHECK_INT(server_stats(test.server).evicted, 1);
    for (size_t i = 0; i < COUNT_OF(fds); i++)
        (void) close(fds[i]);
    test_server_stop(&test);
}

TEST(memory_for_bodies_is_bounded)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Buf big = buf_new(arena, 1024 * 1024);
    TestServer test;
    size_t answered = 0;
    int fds[8];

    test_server_start(&test,
                      (HttpServerOptions){ .loops = 1, .limits = { .body_memory = 250 * 1000 } });
    buf_text(&big, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n");
    for (int i = 0; i < 10000; i++)
        buf_text(&big, "0123456789");
    for (size_t i = 0; i < COUNT_OF(fds); i++)
    {
        fds[i] = peer_connect(test.address);
        peer_send(fds[i], big.ptr, big.len);
    }
    /* Two fit; the others are refused while these two wait for their last byte. */
    for (int i = 0; i < 2000 && server_stats(test.server).overload < COUNT_OF(fds) - 2; i++)
        (void) usleep(2000);
    for (size_t i = 0; i < COUNT_OF(fds); i++)
        peer_say(fds[i], "x");
    for (size_t i = 0; i < COUNT_OF(fds); i++)
    {
        int status = status_in(peer_read_answer(arena, fds[i], false));

        CHECK(status == 200 || status == 503);
        answered += status == 200;
        (void) close(fds[i]);
    }
    CHECK_INT(answered, 2);
    CHECK_STR(body_in(peer_ask(arena, test.address, GET_CLOSE("/quick"))), "quick\n");
    test_server_stop(&test);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(idle_connections_take_about_a_kilobyte)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TestServer test;
    static int fds[1000];
    size_t before;
    size_t after;

    test_server_start(&test, (HttpServerOptions){ .loops = 1 });
    (void) peer_ask(arena, test.address, GET_CLOSE("/echo"));
    before = mallinfo2().uordblks;
    for (size_t i = 0; i < COUNT_OF(fds); i++)
    {
        fds[i] = peer_connect(test.address);
        peer_say(fds[i], "GET /quick HTTP/1.1\r\nHost: a\r\n\r\n");
        CHECK_INT(status_in(peer_read_answer(arena, fds[i], false)), 200);
        arena_rewind(arena, arena_mark(arena));
    }
    after = mallinfo2().uordblks;
    CHECK_INT(server_stats(test.server).connections, COUNT_OF(fds));
    if (after > before)
        CHECK((after - before) / COUNT_OF(fds) < 2048);
    for (size_t i = 0; i < COUNT_OF(fds); i++)
        (void) close(fds[i]);
    test_server_stop(&test);
}
#endif
