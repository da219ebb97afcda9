/* For tests of drivers over HTTP: a server on loopback that answers as a script says. */
#ifndef TESTS_UNIT_DRIVER_SCRIPT_H
#define TESTS_UNIT_DRIVER_SCRIPT_H

#include "test.h"

#include "driver/driver.h"
#include "http/server.h"

#include <stdatomic.h>

typedef struct Script Script;
struct Script
{
    void (*answer)(Script *script, HttpRequest *req, Response *res);
    HttpServer *server;
    WorkerPool *pool;
    Arena *arena;
    const char *address; /* "127.0.0.1:1234" */
    int port;
    atomic_int calls;
    atomic_int busy_left; /* how often it is still too busy */
    atomic_int stopped;   /* statements that somebody ended */
    atomic_int waiting;   /* statements that do not end by themselves */
    char seen[2000];      /* what the last statement came with */
};

void script_start(Script *script, void (*answer)(Script *, HttpRequest *, Response *));
void script_stop(Script *script);
/* Until the client leaves. */
void script_stall(Script *script, HttpRequest *req);

/* Details as "key=value" pairs in one text, by blanks; the port is that of the script. */
Conn *script_open(Script *script, const char *driver, const char *details, Cancel *cancel,
                  Error *err);
/* Runs SQL; rows in the arena of the script. */
bool script_ask(Script *script, Conn *conn, const char *text, Rows *rows, Error *err);
/* The same while another thread stops it as soon as a statement waits: by `cancel`, or by
 * conn_cancel when that is NULL. */
bool script_ask_and_stop(Script *script, Conn *conn, const char *text, Cancel *cancel, Error *err);

#endif
