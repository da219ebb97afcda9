/*
 * The Postgres engine of the app database: statements are prepared once per connection, rows are
 * collected. A statement may take 30 seconds on the server, so that a lock held elsewhere cannot
 * stop the product for ever.
 */
#include "base/heap.h"
#include "base/log.h"
#include "store/store_private.h"

#include <string.h>

struct StoreConn
{
    Pg *pg;
    StatementCache cache; /* the statement is its name */
    int64_t prepared;     /* how many were, for names */
};

const char postgres_session_limits[] =
    "set statement_timeout = '30s'; set lock_timeout = '20s';"
    "set idle_in_transaction_session_timeout = '60s'; set client_min_messages = 'warning'";

static void
postgres_engine_close(StoreConn **conn)
{
    if (*conn == NULL)
        return;
    statement_forget_all(&(*conn)->cache, heap_free);
    pg_close(&(*conn)->pg);
    heap_free(*conn);
    *conn = NULL;
}

static bool
postgres_engine_open(const char *location, bool writer, int retry_seconds, StoreConn **conn,
                     Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(postgres_engine_close) StoreConn *made = NULL;
    PgTarget target;

    (void) writer; /* every connection may write */
    if (!pg_target_from_url(arena, location, &target, err))
        return false;
    target.retry_seconds = retry_seconds;
    if (target.application_name == NULL)
        target.application_name = "vigie store";
    made = heap_new(1, sizeof(*made));
    if (!pg_open(&target, NULL, &made->pg, err) ||
        !pg_script(made->pg, NULL, postgres_session_limits, err))
        return false;
    *conn = made;
    made = NULL;
    return true;
}

static bool
postgres_engine_is_lost(StoreConn *conn)
{
    return pg_is_stale(conn->pg);
}

/* What the user sees of a failure; what Postgres says is for the log. */
static bool
translate(const StoreConn *conn, const Error *cause, Error *err)
{
    const char *state = pg_sqlstate(conn->pg);

    log_debug("store.postgres", LOG_TEXT("state", state), LOG_TEXT("message", cause->message));
    if (cause->code == ERR_CONFLICT)
        return error_set(err, ERR_CONFLICT, "this exists already");
    if (strcmp(state, "23503") == 0)
        return error_set(err, ERR_INVALID,
                         "this refers to something that does not exist, or is still in use");
    if (strncmp(state, "23", 2) == 0)
        return error_set(err, ERR_INVALID, "a needed value is missing");
    if (cause->code == ERR_INVALID)
        return error_set(err, ERR_INVALID, "%s", cause->message);
    if (cause->code == ERR_DENIED)
    {
        (void) error_set(err, ERR_CONFIG, "the user of the app database has no right to a table");
        return error_hint(err, "The tables must belong to the user that the URL names.");
    }
    if (cause->code == ERR_UNAVAILABLE || cause->code == ERR_TIMEOUT || state[0] == '\0')
    {
        (void) error_set(err, ERR_UNAVAILABLE, "the app database does not answer");
        err->retry_seconds = 1;
        return error_hint(err, "Try again in a moment.");
    }
    return error_set(err, ERR_INTERNAL, "the app database refused a statement");
}

/* The name under which the statement is prepared on this connection. */
static const char *
prepare(StoreConn *conn, const char *sql, Error *err)
{
    const char *known = statement_lookup(&conn->cache, sql);
    CLEANUP(arena_free) Arena *arena = NULL;
    char *name;

    if (known != NULL)
        return known;
    arena = arena_new();
    name = heap_text(arena_format(arena, "s%lld", (long long) ++conn->prepared));
    if (!pg_prepare(conn->pg, NULL, name, sql, err))
    {
        heap_free(name);
        return NULL;
    }
    if (!statement_keep(&conn->cache, sql, name))
    {
        /* Names are never given twice: what the server still keeps harms nothing. */
        statement_forget_all(&conn->cache, heap_free);
        (void) statement_keep(&conn->cache, sql, name);
    }
    return name;
}

static bool
postgres_engine_query(StoreConn *conn, Arena *arena, const char *sql, const Value *values,
                      size_t count, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(arena, rows, 0);
    Error cause = { 0 };
    const char *name = prepare(conn, sql, &cause);

    if (name == NULL ||
        !pg_query_prepared(conn->pg, NULL, name, values, count, &collector.sink, &cause))
        return translate(conn, &cause, err);
    return true;
}

static bool
postgres_engine_script(StoreConn *conn, const char *sql, Error *err)
{
    Error cause = { 0 };

    return pg_script(conn->pg, NULL, sql, &cause) || translate(conn, &cause, err);
}

Pg *
postgres_pg(StoreConn *conn)
{
    return conn->pg;
}

const Engine engine_postgres = {
    .kind = STORE_POSTGRES,
    .begin = "begin",
    .open = postgres_engine_open,
    .close = postgres_engine_close,
    .is_lost = postgres_engine_is_lost,
    .query = postgres_engine_query,
    .script = postgres_engine_script,
};
