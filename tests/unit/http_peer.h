/* For tests of the HTTP room: a server with a small application, and raw clients that misbehave. */
#ifndef TESTS_UNIT_HTTP_PEER_H
#define TESTS_UNIT_HTTP_PEER_H

#include "test.h"

#include "http/server.h"

#include <stdatomic.h>

enum
{
    TEST_WORKERS = 32,
    TEST_QUEUE = 40
};

typedef struct TestServer
{
    HttpServer *server;
    WorkerPool *pool;
    const char *address;
    atomic_int started;   /* handlers that began */
    atomic_int cancelled; /* handlers that were told to stop */
    atomic_int observed;
    atomic_int last_status;
    atomic_int cut;
    atomic_size_t written; /* bytes that /endless wrote */
    atomic_bool go;        /* /wait ends when it is set */
} TestServer;

/*
 * Paths: /quick (loop thread), /echo (method, path, query, body), /who (addresses), /large (30 KB
 * of text), /etag, /stream?pieces=N&flush, /endless, /abort, /wait, /sleep, /bad-header, /nothing.
 */
void test_server_start(TestServer *test, HttpServerOptions options);
void test_server_stop(TestServer *test);

/* A blocking socket with a receive time limit of 5 s. */
int peer_connect(const char *address);
/* The same with a small receive buffer, for readers that stall. */
int peer_connect_small(const char *address);
void peer_send(int fd, const char *bytes, size_t len);
void peer_say(int fd, const char *text);
/* Until the other side closes. */
char *peer_read_all(Arena *arena, int fd, size_t *len);
/* One answer with its Content-Length or chunks; "" when the connection ended before. */
char *peer_read_answer(Arena *arena, int fd, bool head_only);
/* Connects, sends, reads until the end. */
char *peer_ask(Arena *arena, const char *address, const char *request);
/* The other side has closed or reset: true within `ms`. */
bool peer_is_closed(int fd, int ms);
/* Waits until *value is at least `least`; false after 5 s. */
bool wait_for(const atomic_int *value, int least);
int status_in(const char *answer);
const char *body_in(const char *answer);
/* Whether the head has that line, whatever the case of its name. */
bool has_line(const char *answer, const char *line);

#endif
