/*
 * A tiny server on the HTTP room, for bench/http: /asset is 20 KB from the quick path, /work the
 * same from a worker, /stream is 100 MB of rows. The address is the argument.
 */
#include "base/heap.h"
#include "http/server.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    ASSET_BYTES = 20428,
    STREAM_BYTES = 100 * 1024 * 1024
};

typedef struct Bench
{
    char asset[ASSET_BYTES];
    HttpAsset page;
} Bench;

static bool
quick(void *app, HttpRequest *req, Response *res)
{
    Bench *bench = app;

    if (strcmp(req->path, "/asset") != 0)
        return false;
    response_asset(res, &bench->page);
    return true;
}

static void
stream(Response *res)
{
    static const char row[] = "[1234567,\"Auvergne-Rhone-Alpes\",\"2026-11-20\",3.14159,true],\n";
    Error err;

    response_begin_stream(res, "application/json", false);
    for (size_t sent = 0; sent < STREAM_BYTES; sent += sizeof(row) - 1)
        if (!response_write(res, row, sizeof(row) - 1, &err))
            return;
    (void) response_end_stream(res, &err); /* a client that left is nobody's concern here */
}

static void
handle(void *app, HttpRequest *req, Response *res)
{
    Bench *bench = app;

    if (strcmp(req->path, "/work") == 0)
        response_body(res, "application/octet-stream", (Str){ bench->asset, ASSET_BYTES });
    else if (strcmp(req->path, "/stream") == 0)
        stream(res);
    else
        response_text(res, 404, "Not here.\n");
}

int
main(int argc, char **argv)
{
    const WorkerLimits workers[WORKER_CLASSES] = { { 32, 256 }, { 4, 16 }, { 4, 16 } };
    Bench *bench = heap_new(1, sizeof(Bench));
    WorkerPool *pool = worker_pool_new(workers);
    HttpListen listen = { .address = argc > 1 ? argv[1] : "127.0.0.1:0" };
    HttpServerOptions options = { .listens = &listen,
                                  .listen_count = 1,
                                  .loops = argc > 2 ? (unsigned) strtoul(argv[2], NULL, 10) : 0,
                                  .app = { .app = bench, .quick = quick, .handle = handle },
                                  .pool = pool };
    HttpServer *server;
    sigset_t set;
    Error err;
    int signal_number;

    memset(bench->asset, 'x', ASSET_BYTES);
    bench->page = (HttpAsset){ .type = "application/json",
                               .etag = "bench",
                               .cache_control = "no-cache",
                               .forms = { { bench->asset, ASSET_BYTES } } };
    (void) sigemptyset(&set);
    (void) sigaddset(&set, SIGTERM);
    (void) sigaddset(&set, SIGINT);
    (void) sigprocmask(SIG_BLOCK, &set, NULL);
    server = server_open(&options, &err);
    if (server == NULL)
    {
        (void) fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    (void) fprintf(stderr, "%s\n", server_address(server, 0));
    (void) sigwait(&set, &signal_number);
    server_close(&server);
    worker_pool_free(&pool);
    heap_free(bench);
    return 0;
}
