/*
 * The HTTP server: loop threads read, check and write; handlers run on a WorkerPool as
 * straight-line code. Life of a request: a loop reads head and body, bounded; `quick` may answer
 * at once on the loop thread; otherwise `handle` runs on a worker; the loop sends the answer.
 * Answers leave in the order of the requests. Handlers never see a socket.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "base/error.h"
#include "base/worker.h"
#include "http/limits.h"
#include "http/request.h"
#include "http/response.h"

typedef struct HttpServer HttpServer;

/* What happened to one request, given once its answer has left or was given up. */
typedef struct HttpOutcome
{
    const HttpRequest *req; /* NULL when the request was refused before it was understood */
    int status;             /* what was answered; 499 when the client left before the answer */
    uint64_t bytes;         /* of head and body that were sent */
    int64_t micros;         /* from the end of the request's head to the end of the answer */
    bool cut;               /* the answer did not leave whole */
} HttpOutcome;

typedef struct HttpApp
{
    void *app; /* given to each function */
    /* On a loop thread: must not wait for anything. False declines. May be NULL. */
    bool (*quick)(void *app, HttpRequest *req, Response *res);
    /* On a worker. */
    void (*handle)(void *app, HttpRequest *req, Response *res);
    /* On a loop thread, before handle. NULL: WORKER_INTERACTIVE. */
    WorkerClass (*classify)(void *app, const HttpRequest *req);
    /* On a loop thread, before the body is read: the longest body for this request. May be NULL. */
    size_t (*max_body)(void *app, const HttpRequest *req);
    /* On a loop thread, for logs and metrics: must be short. May be NULL. */
    void (*observe)(void *app, const HttpOutcome *outcome);
} HttpApp;

typedef struct HttpListen
{
    /* "127.0.0.1:3000", "[::]:3000", ":3000" (all, both families), "localhost:0", "unix:/path" */
    const char *address;
    unsigned plane_mask; /* given to each request that arrives here */
} HttpListen;

typedef struct HttpServerOptions
{
    const HttpListen *listens;
    size_t listen_count;
    bool inherit; /* also take sockets of LISTEN_FDS (systemd) */
    unsigned inherit_planes;
    unsigned loops;              /* 0: one per processor, at most 4 */
    const char *base_path;       /* NULL, "" or "/stats" */
    const char *trusted_proxies; /* as networks_parse; NULL: none */
    HttpLimits limits;           /* zero members mean the default */
    HttpApp app;
    WorkerPool *pool; /* must outlive the server */
} HttpServerOptions;

/* Binds, listens and answers when it returns. ERR_CONFIG names the address that cannot be had. */
HttpServer *server_open(const HttpServerOptions *options, Error *err);
/* The address in use ("127.0.0.1:40123") of the listener at that index; NULL beyond the last. */
const char *server_address(const HttpServer *server, size_t index);
/*
 * Stops: no new connection, what runs may end (drain_ms), then it is cancelled. Waits for the end.
 * Any thread but a loop or a worker; a second call does nothing. False when a handler did not
 * return even after it was cancelled.
 */
bool server_stop(HttpServer *server);
/* Stops if needed, and frees; sets *server to NULL; accepts NULL. */
void server_close(HttpServer **server);

typedef struct HttpStats
{
    unsigned connections; /* now */
    uint64_t accepted;
    uint64_t evicted; /* closed because there were too many */
    uint64_t requests;
    uint64_t bytes_in;
    uint64_t bytes_out;
    uint64_t refused;  /* requests that were malformed or too large */
    uint64_t timeouts; /* connections closed by a deadline, idle ones not counted */
    uint64_t overload; /* 503 because the workers' queue or the memory for bodies was full */
    uint64_t left;     /* clients that left before the end of the answer */
    unsigned running;  /* requests at a worker now */
} HttpStats;

/* From any thread. */
HttpStats server_stats(const HttpServer *server);

#endif
