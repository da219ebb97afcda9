#include "driver_script.h"

#include "http/client.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
handle(void *app, HttpRequest *req, Response *res)
{
    Script *script = app;

    (void) atomic_fetch_add(&script->calls, 1);
    script->answer(script, req, res);
}

void
script_start(Script *script, void (*answer)(Script *, HttpRequest *, Response *))
{
    const WorkerLimits workers[WORKER_CLASSES] = { { 8, 64 }, { 1, 1 }, { 1, 1 } };
    const HttpListen listen = { .address = "127.0.0.1:0" };
    HttpServerOptions options = { .listens = &listen, .listen_count = 1, .loops = 1 };
    Error err;

    client_setup();
    *script = (Script){ .answer = answer, .pool = worker_pool_new(workers), .arena = arena_new() };
    options.pool = script->pool;
    options.app.app = script;
    options.app.handle = handle;
    options.limits.drain_ms = 50;
    script->server = server_open(&options, &err);
    if (script->server == NULL)
        fail_msg("%s", err.message);
    script->address = server_address(script->server, 0);
    script->port = (int) strtol(strrchr(script->address, ':') + 1, NULL, 10);
}

void
script_stop(Script *script)
{
    server_close(&script->server);
    worker_pool_free(&script->pool);
    arena_free(&script->arena);
}

void
script_stall(Script *script, HttpRequest *req)
{
    Error err;

    (void) atomic_fetch_add(&script->waiting, 1);
    while (cancel_check(req->cancel, &err))
        (void) usleep(5000);
}

Conn *
script_open(Script *script, const char *driver, const char *details, Cancel *cancel, Error *err)
{
    Arena *arena = script->arena;
    Json *json = json_new(arena, JSON_OBJECT);
    ConnSpec spec = { .driver = driver_lookup(driver), .details = json, .cancel = cancel };
    Str rest = str_of(details), pair, key;

    json_put(arena, json, "host", json_new_text(arena, "127.0.0.1"));
    json_put(arena, json, "port", json_new_int(arena, script->port));
    while (str_split(&rest, ' ', &pair))
    {
        CHECK(str_split(&pair, '=', &key));
        json_put(arena, json, str_copy(arena, key),
                 str_is(pair, "true") ? json_new_bool(arena, true)
                                      : json_new_text(arena, str_copy(arena, pair)));
    }
    return conn_open(&spec, err);
}

bool
script_ask(Script *script, Conn *conn, const char *text, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(script->arena, rows, 1000);
    Sql sql = { .arena = script->arena, .dialect = ((ConnBase *) conn)->driver->dialect };

    sql_native(&sql, str_of(text));
    return conn_query(conn, &sql, &collector.sink, err);
}

typedef struct Stopper
{
    Script *script;
    Conn *conn;
    Cancel *cancel;
} Stopper;

static void *
stop_soon(void *arg)
{
    Stopper *stopper = arg;

    for (int i = 0; i < 500 && atomic_load(&stopper->script->waiting) == 0; i++)
        (void) usleep(10000);
    if (stopper->cancel != NULL)
        cancel_now(stopper->cancel);
    else
        conn_cancel(stopper->conn);
    return NULL;
}

bool
script_ask_and_stop(Script *script, Conn *conn, const char *text, Cancel *cancel, Error *err)
{
    Stopper stopper = { script, conn, cancel };
    pthread_t thread;
    Rows rows;
    bool done;

    atomic_store(&script->waiting, 0);
    CHECK_INT(pthread_create(&thread, NULL, stop_soon, &stopper), 0);
    done = script_ask(script, conn, text, &rows, err);
    (void) pthread_join(thread, NULL);
    return done;
}
