/*
 * Trino over HTTP: connection form, statements, catalog. A statement is posted once; its rows are
 * pages, each of which names the address of the next. Nothing is kept open between statements. Who
 * stops early deletes the next page, and the server ends the statement.
 */
#include "base/heap.h"
#include "driver/details.h"
#include "driver/dialects.h"
#include "driver/schema.h"
#include "driver/statement.h"
#include "driver/trino_private.h"
#include "http/client.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum
{
    CONNECT_MS = 10000,
    GREET_MS = 20000,
    GRACE_MS = 5000,       /* for the server to say that it stopped a statement */
    LONGEST_MS = 86400000, /* of a statement without limit */
    BUSY_MS = 60000,       /* how long a server may be too busy to answer */
    PAUSE_FIRST_MS = 50,
    PAUSE_MAX_MS = 2000,
    PAUSE_STEP_MS = 20, /* after which a cancel is seen */
    MAX_PAGE_BYTES = 128 * 1024 * 1024,
    MAX_ADDRESS_BYTES = 8192,
    MAX_HEADERS = 8
};

typedef struct TrinoConn
{
    ConnBase base; /* first, so that a Conn * is a TrinoConn * */
    Arena *arena;
    const char *url;          /* "https://host:8443/" */
    const char *url_of_usual; /* the same without its port when that is the usual one, or NULL */
    const char *user;
    const char *password;
    const char *catalog;
    const char *schema; /* or NULL */
    PemFile root;
    SchemaFilter filter;
    ArenaMark mark;       /* before `timezone`, which each prepare writes anew */
    const char *timezone; /* of the session */
    Cancel *cancel;       /* of the task, or NULL */
    Cancel *own;          /* of the running statement; conn_cancel may look at it */
    int64_t timeout_ms;
} TrinoConn;

/* One statement. */
typedef struct TrinoRun
{
    TrinoConn *conn;
    const char *text;
    TrinoReader reader;
    Buf next;      /* the address of the next page; empty when there is none */
    int64_t until; /* monotonic */
} TrinoRun;

extern const char sql_trino_tables[], sql_trino_columns[], sql_trino_facts[], sql_trino_greeting[];

// clang-format off
static const ConnOption trino_options[] = {
    { .key = "host", .label = "Host", .kind = "string", .required = true, .placeholder = "name.of.your.server" },
    { .key = "port", .label = "Port", .kind = "integer", .placeholder = "8080", .help = "Of the coordinator: 8080, or 8443 with SSL." },
    { .key = "catalog", .label = "Catalog", .kind = "string", .required = true, .placeholder = "hive" },
    { .key = "schema", .label = "Schema (optional)", .kind = "string", .placeholder = "statistics", .help = "Empty: all of the catalog." },
    { .key = "schema-filters-type", .label = "Schemas", .kind = "select", .value = "all", .choices = "all|inclusion|exclusion" },
    { .key = "schema-filters-patterns", .label = "Schema names", .kind = "string", .placeholder = "public, stats_*", .help = "Names by commas; * stands for anything.", .when = "schema-filters-type", .is = "inclusion|exclusion" },
    { .key = "user", .label = "Username", .kind = "string", .required = true, .placeholder = "reader", .help = "Best one who may only read." },
    { .key = "password", .label = "Password", .kind = "password", .placeholder = "••••••••", .help = "Sent over a secure connection only." },
    { .key = "ssl", .label = "Use a secure connection (SSL)", .kind = "boolean" },
    { .key = "ssl-root-cert-value", .label = "Root certificate", .kind = "text", .placeholder = "-----BEGIN CERTIFICATE-----", .help = "That signs the certificate of the server. Empty: those that this machine trusts.", .when = "ssl" },
    { 0 },
};
// clang-format on

/* --------------------------------------------------------------------------------------- errors */

typedef struct ErrorRow
{
    const char *name; /* of the error, or "HTTP" and the status */
    ErrorCode code;
    const char *field; /* while connecting */
    const char *what;
    const char *hint;
} ErrorRow;

// clang-format off
static const ErrorRow error_rows[] = {
    { "HTTP 401", ERR_UPSTREAM, "password", SENTENCE("the database refused the user or the password"), SENTENCE("Check the user and the password; a password needs a secure connection.") },
    { "HTTP 403", ERR_UPSTREAM, "user", SENTENCE("the database does not let this user in"), SENTENCE("Check the user, and the rules of the server.") },
    { "HTTP 404", ERR_UPSTREAM, "host", SENTENCE("what answers there is not Trino"), SENTENCE("Check the host and the port of the coordinator.") },
    { "HTTP 405", ERR_UPSTREAM, "host", SENTENCE("what answers there is not Trino"), SENTENCE("Check the host and the port of the coordinator.") },
    { "HTTP 429", ERR_UNAVAILABLE, "host", SENTENCE("the database has too much to do"), SENTENCE("Try again in a moment.") },
    { "HTTP 502", ERR_UNAVAILABLE, "host", SENTENCE("the database does not answer now"), SENTENCE("Try again in a moment.") },
    { "HTTP 503", ERR_UNAVAILABLE, "host", SENTENCE("the database has too much to do"), SENTENCE("Try again in a moment.") },
    { "HTTP 504", ERR_UNAVAILABLE, "host", SENTENCE("the database does not answer now"), SENTENCE("Try again in a moment.") },
    { "CATALOG_NOT_FOUND", ERR_UPSTREAM, "catalog", SENTENCE("there is no catalog of this name on the server"), SENTENCE("Check the name of the catalog.") },
    { "SCHEMA_NOT_FOUND", ERR_UPSTREAM, "schema", SENTENCE("a schema is not there"), SENTENCE("Check its name, and sync the database.") },
    { "TABLE_NOT_FOUND", ERR_UPSTREAM, "host", SENTENCE("a table is not there"), SENTENCE("Check its name, and sync the database.") },
    { "COLUMN_NOT_FOUND", ERR_UPSTREAM, "host", SENTENCE("a column is not there"), SENTENCE("Check its name, and sync the database.") },
    { "SYNTAX_ERROR", ERR_UPSTREAM, "host", SENTENCE("the SQL has a mistake"), NULL },
    { "TYPE_MISMATCH", ERR_UPSTREAM, "host", SENTENCE("the SQL mixes types"), NULL },
    { "PERMISSION_DENIED", ERR_DENIED, "user", SENTENCE("the database user has no right to this"), SENTENCE("Grant the right to this user, or connect as another one.") },
    { "READ_ONLY_VIOLATION", ERR_DENIED, "user", SENTENCE("this connection may only read"), NULL },
    { "EXCEEDED_TIME_LIMIT", ERR_TIMEOUT, "host", SENTENCE("the database stopped the statement"), SENTENCE("Ask for less, or raise the time limit.") },
    { "EXCEEDED_CPU_LIMIT", ERR_TIMEOUT, "host", SENTENCE("the database stopped the statement"), SENTENCE("Ask for less.") },
    { "USER_CANCELED", ERR_CANCELLED, "host", SENTENCE("the statement was stopped in the database"), NULL },
    { "ADMINISTRATIVELY_KILLED", ERR_CANCELLED, "host", SENTENCE("the statement was stopped in the database"), NULL },
    { "ADMINISTRATIVELY_PREEMPTED", ERR_CANCELLED, "host", SENTENCE("the statement was stopped in the database"), NULL },
    { "EXCEEDED_LOCAL_MEMORY_LIMIT", ERR_UPSTREAM, "host", SENTENCE("the database has not enough memory for this"), SENTENCE("Ask for less.") },
    { "EXCEEDED_GLOBAL_MEMORY_LIMIT", ERR_UPSTREAM, "host", SENTENCE("the database has not enough memory for this"), SENTENCE("Ask for less.") },
    { "CLUSTER_OUT_OF_MEMORY", ERR_UPSTREAM, "host", SENTENCE("the database has not enough memory for this"), SENTENCE("Ask for less.") },
    { "QUERY_QUEUE_FULL", ERR_UNAVAILABLE, "host", SENTENCE("the database has too much to do"), SENTENCE("Try again in a moment.") },
    { "NO_NODES_AVAILABLE", ERR_UNAVAILABLE, "host", SENTENCE("the database has no worker"), SENTENCE("Try again in a moment.") },
    { "SERVER_STARTING_UP", ERR_UNAVAILABLE, "host", SENTENCE("the database is starting"), SENTENCE("Try again in a moment.") },
    { "SERVER_SHUTTING_DOWN", ERR_UNAVAILABLE, "host", SENTENCE("the database is stopping"), SENTENCE("Try again in a moment.") },
    { NULL, ERR_UPSTREAM, "host", SENTENCE("the database refused the statement"), NULL },
};
// clang-format on

static bool
fail_as(const char *name, Str message, Error *err)
{
    const ErrorRow *row = error_rows;

    while (row->name != NULL && strcmp(row->name, name) != 0)
        row++;
    message = str_trim(message);
    if (message.len > 300)
        message.len = 300;
    /* Pages of gateways say nothing to people. */
    if (message.len == 0 || message.ptr[0] == '<')
        (void) error_set(err, row->code, "%s", row->what);
    else
        (void) error_set(err, row->code, "%s: %.*s", row->what, (int) message.len, message.ptr);
    return row->hint == NULL ? false : error_hint(err, "%s", row->hint);
}

static bool
fail_of_page(const Json *error, Error *err)
{
    return fail_as(json_text_or(json_get(error, "errorName"), ""),
                   str_of(json_text_or(json_get(error, "message"), "")), err);
}

static bool
fail_of_status(const HttpReply *reply, Error *err)
{
    char name[32];

    (void) snprintf(name, sizeof(name), "HTTP %d", reply->status);
    return fail_as(name, reply->body, err);
}

/* ---------------------------------------------------------------------------------------- pages */

static size_t
headers_of(const TrinoConn *conn, Arena *arena, TextPair *headers)
{
    size_t count = 0;

    headers[count++] = (TextPair){ .key = "X-Trino-User", .value = conn->user };
    headers[count++] = (TextPair){ .key = "X-Trino-Source", .value = "vigie" };
    headers[count++] = (TextPair){ .key = "X-Trino-Catalog", .value = conn->catalog };
    headers[count++] = (TextPair){ .key = "X-Trino-Time-Zone", .value = conn->timezone };
    /* Otherwise fractions of seconds are cut to three digits. */
    headers[count++] =
        (TextPair){ .key = "X-Trino-Client-Capabilities", .value = "PARAMETRIC_DATETIME" };
    if (conn->schema != NULL)
        headers[count++] = (TextPair){ .key = "X-Trino-Schema", .value = conn->schema };
    if (conn->timeout_ms > 0)
        headers[count++] = (TextPair){ .key = "X-Trino-Session",
                                       .value = arena_format(arena, "query_max_run_time=%lldms",
                                                             (long long) conn->timeout_ms) };
    return count;
}

static bool
call(TrinoRun *run, Arena *arena, HttpMethod method, const char *url, int64_t total_ms,
     Cancel *cancel, HttpReply *reply, Error *err)
{
    const TrinoConn *conn = run->conn;
    TextPair headers[MAX_HEADERS];
    HttpCall http = { .method = method,
                      .url = url,
                      .headers = headers,
                      .header_count = headers_of(conn, arena, headers),
                      .user = conn->password == NULL ? NULL : conn->user,
                      .password = conn->password,
                      .ca_file = pem_file_path(&conn->root),
                      .connect_ms = CONNECT_MS,
                      .total_ms = (unsigned) total_ms,
                      .max_bytes = MAX_PAGE_BYTES,
                      .cancel = cancel };

    if (method == POST)
    {
        http.body_type = "text/plain; charset=utf-8";
        http.body = str_of(run->text);
    }
    return client_call(arena, &http, reply, err);
}

static int64_t
time_left_ms(const TrinoRun *run)
{
    int64_t left = (run->until - time_monotonic()) / 1000;

    return left < 1 ? 1 : left;
}

/* The server, or what stands before it, wants to be asked again. */
static bool
is_busy(int status)
{
    return status == 429 || status == 502 || status == 503 || status == 504;
}

/* False when it was cancelled. */
static bool
sleep_ms(const TrinoConn *conn, int64_t wait_ms, Error *err)
{
    const struct timespec step = { 0, PAUSE_STEP_MS * 1000000L };
    int64_t until = time_monotonic() + wait_ms * 1000;

    while (time_monotonic() < until)
    {
        if (!cancel_check(conn->own, err))
            return false;
        (void) nanosleep(&step, NULL);
    }
    return true;
}

/* One page, asked for again while the server is too busy. */
static bool
fetch(TrinoRun *run, Arena *arena, HttpMethod method, HttpReply *reply, Error *err)
{
    const char *url = method == POST ? arena_format(arena, "%sv1/statement", run->conn->url)
                                     : arena_text(arena, buf_cstr(&run->next));
    int64_t patience = time_monotonic() + BUSY_MS * INT64_C(1000);
    int64_t wait_ms = PAUSE_FIRST_MS;

    if (patience > run->until)
        patience = run->until;
    for (;;)
    {
        if (!call(run, arena, method, url, time_left_ms(run), run->conn->own, reply, err))
            return false;
        if (reply->status == 200)
            return true;
        if (!is_busy(reply->status) || time_monotonic() + wait_ms * 1000 >= patience)
            return fail_of_status(reply, err);
        if (!sleep_ms(run->conn, wait_ms, err))
            return false;
        wait_ms = wait_ms * 2 < PAUSE_MAX_MS ? wait_ms * 2 : PAUSE_MAX_MS;
    }
}

static bool
begins_with(const char *address, const char *start)
{
    return start != NULL && strncasecmp(address, start, strlen(start)) == 0;
}

/* Passwords and rows stay with the server that the connection names. */
static bool
take_next(TrinoRun *run, const Json *page, Error *err)
{
    const char *next = json_text_or(json_get(page, "nextUri"), "");

    buf_clear(&run->next);
    if (next[0] == '\0')
        return true;
    if (!begins_with(next, run->conn->url) && !begins_with(next, run->conn->url_of_usual))
    {
        (void) error_set(err, ERR_UPSTREAM, "Trino continues at another address than its own");
        return error_hint(err, "Behind a gateway, Trino needs http-server.process-forwarded=true "
                               "to know the address that is used from here.");
    }
    buf_text(&run->next, next);
    return !run->next.failed || error_set(err, ERR_UPSTREAM, "Trino sent an address too long");
}

static bool
take_page(TrinoRun *run, HttpMethod method, Error *err)
{
    static const JsonLimits limits = { MAX_PAGE_BYTES, 64, 20000000 };
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Json *error;
    HttpReply reply;
    Json *page;

    if (!fetch(run, arena, method, &reply, err))
        return false;
    if (!json_parse(arena, reply.body, &limits, &page, err) || page->kind != JSON_OBJECT ||
        json_get(page, "id") == NULL)
        return fail_as("HTTP 404", (Str){ 0 }, err);
    error = json_get(page, "error");
    if (!take_next(run, page, err))
        return false;
    if (error != NULL && error->kind == JSON_OBJECT)
    {
        buf_clear(&run->next);
        return fail_of_page(error, err);
    }
    return trino_take_page(&run->reader, page, err);
}

/* ----------------------------------------------------------------------------------- statements */

static bool
follow(TrinoRun *run, Error *err)
{
    HttpMethod method = POST;

    do
    {
        if (!cancel_check(run->conn->own, err) || !cancel_check(run->conn->cancel, err))
            return false;
        if (time_monotonic() >= run->until)
            return error_set(err, ERR_TIMEOUT, "the database did not answer in time");
        if (!take_page(run, method, err))
            return false;
        method = GET;
    } while (run->next.len > 0);
    return trino_finish(&run->reader, err);
}

/* Best effort: a server that is not told stops when nobody asks for pages. */
static void
stop_statement(TrinoRun *run)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    HttpReply reply;
    Error ignored;

    if (run->next.len > 0)
        (void) call(run, arena, DELETE, buf_cstr(&run->next), GRACE_MS, NULL, &reply, &ignored);
}

static void
stop_own(void *arg)
{
    cancel_now(arg);
}

static int64_t
deadline_of(const TrinoConn *conn)
{
    int64_t limit_ms = conn->timeout_ms > 0 ? conn->timeout_ms + GRACE_MS : LONGEST_MS;
    int64_t own = time_monotonic() + limit_ms * 1000;
    int64_t deadline = conn->cancel == NULL ? 0 : cancel_deadline(conn->cancel);

    return deadline != 0 && deadline < own ? deadline : own;
}

static void
run_free(TrinoRun *run)
{
    arena_free(&run->reader.row_arena);
}

static bool
ask(TrinoConn *conn, const char *text, RowSink *sink, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(run_free)
    TrinoRun run = { .conn = conn,
                     .text = text,
                     .reader = trino_reader(arena, sink),
                     .next = buf_new(arena, MAX_ADDRESS_BYTES),
                     .until = deadline_of(conn) };
    bool done;

    if (!cancel_check(conn->cancel, err))
        return false;
    cancel_on(conn->cancel, stop_own, conn->own);
    done = follow(&run, err);
    cancel_on(conn->cancel, NULL, NULL);
    if (!done)
        stop_statement(&run);
    if (!done && conn->cancel != NULL && (err->code == ERR_CANCELLED || err->code == ERR_TIMEOUT))
        (void) cancel_check(conn->cancel, err); /* says why */
    return done;
}

/* A statement is sent without the semicolon that people end it with. */
static bool
trino_query(Conn *base, const Sql *sql, RowSink *sink, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Str text = str_of(sql_cstr(sql));

    while (text.len > 0 && strchr("; \t\r\n", text.ptr[text.len - 1]) != NULL)
        text.len--;
    if (!statement_reads(sql_cstr(sql), err))
        return false;
    if (statement_runs_explained(sql_cstr(sql)))
        return error_set(err, ERR_DENIED, "a statement is explained here without being run");
    return ask((TrinoConn *) base, str_copy(arena, text), sink, err);
}

/* ----------------------------------------------------------------------------------- connection */

/* Goes into a header: one line. */
static bool
read_name(const TrinoConn *conn, const ConnSpec *spec, const char *key, const char **name,
          Error *err)
{
    const char *text = details_text(spec, key);

    for (const char *c = text == NULL ? "" : text; *c != '\0'; c++)
        if ((unsigned char) *c < ' ' || *c == 0x7f)
            return error_field(err, key, "value must be one line.");
    *name = arena_text(conn->arena, text);
    return true;
}

static bool
read_target(TrinoConn *conn, const ConnSpec *spec, Error *err)
{
    bool tls = details_bool(spec, "ssl");
    const char *scheme = tls ? "https" : "http";
    const char *host;
    int port;

    if (!details_host(spec, &host, err) || !details_port(spec, tls ? 8443 : 8080, &port, err) ||
        !read_name(conn, spec, "catalog", &conn->catalog, err) ||
        !read_name(conn, spec, "schema", &conn->schema, err) ||
        !read_name(conn, spec, "user", &conn->user, err) ||
        !details_pem(spec, "ssl-root-cert-value", "CERTIFICATE", &conn->root, err))
        return false;
    if (strchr(host, ':') != NULL)
        host = arena_format(conn->arena, "[%s]", host);
    conn->url = arena_format(conn->arena, "%s://%s:%d/", scheme, host, port);
    if (port == (tls ? 443 : 80))
        conn->url_of_usual = arena_format(conn->arena, "%s://%s/", scheme, host);
    conn->password = arena_text(conn->arena, details_text(spec, "password"));
    conn->filter = schema_filter_of(conn->arena, spec);
    conn->timezone = "UTC";
    conn->mark = arena_mark(conn->arena);
    if (conn->password != NULL && !tls)
        return error_field(err, "ssl", "a password is only sent over a secure connection.");
    return true;
}

static bool
greet(TrinoConn *conn, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Rows rows;
    RowCollector collector = row_collector(arena, &rows, 1);

    conn->timeout_ms = GREET_MS;
    if (!ask(conn, sql_trino_greeting, &collector.sink, err))
        return false;
    conn->timeout_ms = 0;
    if (rows.count == 1 && value_to_int(&rows.row[0][0], 0) > 0)
        return true;
    return error_field(err, "schema", "there is no schema %s in the catalog %s.",
                       conn->schema == NULL ? "" : conn->schema, conn->catalog);
}

/* The field that a failed connection is about. */
static const char *
field_of(const char *message)
{
    const char *field = NULL;

    for (size_t i = 0; i < COUNT_OF(error_rows); i++)
        if (strncmp(error_rows[i].what, message, strlen(error_rows[i].what)) == 0)
            field = error_rows[i].field;
    return field;
}

static void
trino_close(Conn *base)
{
    TrinoConn *conn = (TrinoConn *) base;

    pem_file_close(&conn->root);
    cancel_free(&conn->own);
    arena_free(&conn->arena);
    heap_free(conn);
}

static Conn *
trino_open(const ConnSpec *spec, Error *err)
{
    TrinoConn *conn = heap_new(1, sizeof(*conn));

    conn->base.driver = spec->driver;
    conn->arena = arena_new();
    conn->root = PEM_FILE_NONE;
    conn->cancel = (Cancel *) spec->cancel;
    conn->own = cancel_new();
    if (read_target(conn, spec, err) && greet(conn, err))
        return (Conn *) conn;
    (void) details_explain(field_of, "Check the host, the port of the coordinator, and SSL.", err);
    trino_close((Conn *) conn);
    return NULL;
}

static bool
trino_prepare(Conn *base, const QuerySession *session, Error *err)
{
    TrinoConn *conn = (TrinoConn *) base;

    (void) err;
    arena_rewind(conn->arena, conn->mark);
    conn->timezone = session->timezone == NULL ? "UTC" : arena_text(conn->arena, session->timezone);
    conn->cancel = session->cancel;
    conn->timeout_ms = session->timeout_ms;
    return true;
}

/* What was cancelled once stays so: such a connection is not lent again. */
static bool
trino_is_broken(Conn *base)
{
    return cancel_is_set(((TrinoConn *) base)->own);
}

static void
trino_cancel(Conn *base)
{
    cancel_now(((TrinoConn *) base)->own);
}

static bool
trino_describe(Conn *base, Arena *arena, Schema *schema, Error *err)
{
    const SchemaQueries queries = { .tables = sql_trino_tables,
                                    .columns = sql_trino_columns,
                                    .facts = sql_trino_facts,
                                    .type_of = trino_base_type,
                                    .filter = ((TrinoConn *) base)->filter };

    *schema = (Schema){ .flavor = "Trino" };
    return schema_read(base, &queries, arena, schema, err);
}

const Driver trino_driver = {
    .name = "trino",
    .label = "Trino, Starburst",
    .features = DRIVER_SCHEMAS | DRIVER_CANCEL | DRIVER_ZONES | DRIVER_CONNECTABLE,
    .options = trino_options,
    .dialect = &trino_dialect,
    .open = trino_open,
    .close = trino_close,
    .prepare = trino_prepare,
    .is_broken = trino_is_broken,
    .query = trino_query,
    .describe = trino_describe,
    .cancel = trino_cancel,
};
