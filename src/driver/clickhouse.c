/*
 * ClickHouse over its HTTP interface: connection form, statements, catalog. Nothing is kept open
 * between statements. Each is sent as one that may only read, under an identity by which it can be
 * stopped; rows are in clickhouse_rows.c.
 */
#include "base/crypto.h"
#include "base/heap.h"
#include "driver/clickhouse_private.h"
#include "driver/dialects.h"
#include "driver/schema.h"
#include "http/client.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    CONNECT_MS = 10000,
    GRACE_MS = 5000,       /* for the server to say that it stopped a statement */
    LONGEST_MS = 86400000, /* of a statement without limit */
    MAX_ERROR_BYTES = 1 << 20
};

extern const char sql_clickhouse_tables[], sql_clickhouse_columns[], sql_clickhouse_facts[],
    sql_clickhouse_grants[];

// clang-format off
static const ConnOption clickhouse_options[] = {
    { .key = "host", .label = "Host", .kind = "string", .required = true, .placeholder = "name.of.your.server" },
    { .key = "port", .label = "Port", .kind = "integer", .placeholder = "8123", .help = "Of the HTTP interface: 8123, or 8443 with SSL." },
    { .key = "dbname", .label = "Database name", .kind = "string", .placeholder = "default" },
    { .key = "user", .label = "Username", .kind = "string", .placeholder = "default", .help = "Best a user who may only read (readonly = 2)." },
    { .key = "password", .label = "Password", .kind = "password", .placeholder = "••••••••" },
    { .key = "ssl", .label = "Use a secure connection (SSL)", .kind = "boolean" },
    { .key = "ssl-root-cert-value", .label = "Root certificate", .kind = "text", .placeholder = "-----BEGIN CERTIFICATE-----", .help = "That signs the certificate of the server. Empty: those that this machine trusts.", .when = "ssl" },
    { 0 },
};
// clang-format on

/* --------------------------------------------------------------------------------------- errors */

typedef struct ErrorRow
{
    int number;
    ErrorCode code;
    const char *field; /* while connecting */
    const char *what;
    const char *hint;
} ErrorRow;

// clang-format off
static const ErrorRow error_rows[] = {
    { 516, ERR_UPSTREAM, "password", SENTENCE("the database refused the user or the password"), SENTENCE("Check the user and the password, and from where the user may connect.") },
    { 192, ERR_UPSTREAM, "user", SENTENCE("there is no user of this name"), SENTENCE("Check the name of the user.") },
    { 193, ERR_UPSTREAM, "password", SENTENCE("the database refused the user or the password"), SENTENCE("Check the user and the password.") },
    { 194, ERR_UPSTREAM, "password", SENTENCE("the user needs a password"), NULL },
    { 195, ERR_UPSTREAM, "user", SENTENCE("the user may not connect from this address"), NULL },
    { 81,  ERR_UPSTREAM, "dbname", SENTENCE("there is no database of this name on the server"), SENTENCE("Check the name of the database, or create it.") },
    { 497, ERR_DENIED, "user", SENTENCE("the database user has no right to this"), SENTENCE("Grant the right to this user, or connect as another one.") },
    { 164, ERR_DENIED, "user", SENTENCE("this connection may only read"), SENTENCE("The profile of the user must be readonly = 2 or 0.") },
    { 159, ERR_TIMEOUT, "host", SENTENCE("the database stopped the statement"), SENTENCE("Ask for less, or raise the time limit.") },
    { 160, ERR_TIMEOUT, "host", SENTENCE("the statement would take too long"), SENTENCE("Ask for less, or raise the time limit.") },
    { 394, ERR_CANCELLED, "host", SENTENCE("the database stopped the statement"), NULL },
    { 735, ERR_CANCELLED, "host", SENTENCE("the database stopped the statement"), NULL },
    { 241, ERR_UPSTREAM, "host", SENTENCE("the database has not enough memory for this"), SENTENCE("Ask for less.") },
    { 202, ERR_UNAVAILABLE, "host", SENTENCE("the database has too much to do"), SENTENCE("Try again in a moment.") },
    { 60,  ERR_UPSTREAM, "host", SENTENCE("a table is not there"), SENTENCE("Check its name, and sync the database.") },
    { 47,  ERR_UPSTREAM, "host", SENTENCE("a column is not there"), SENTENCE("Check its name, and sync the database.") },
    { 62,  ERR_UPSTREAM, "host", SENTENCE("the SQL has a mistake"), NULL },
    { 0,   ERR_UPSTREAM, "host", SENTENCE("the database refused the statement"), NULL },
};
// clang-format on

static const ErrorRow *
error_row_of(Str text)
{
    const char *at = memmem(text.ptr, text.len, "Code: ", 6);
    const ErrorRow *row = error_rows;
    int number = at == NULL ? 0 : (int) strtol(at + 6, NULL, 10);

    while (row->number != 0 && row->number != number)
        row++;
    return row;
}

bool
clickhouse_fail(Str text, Error *err)
{
    const ErrorRow *row = error_row_of(text);
    const char *words = memmem(text.ptr, text.len, "DB::Exception: ", 15);
    Str message = text;

    if (words != NULL)
        message = (Str){ words + 15, text.len - (size_t) (words + 15 - text.ptr) };
    if (message.len > 300)
        message.len = 300;
    (void) error_set(err, row->code, "%s: %.*s", row->what, (int) message.len, message.ptr);
    return row->hint == NULL ? false : error_hint(err, "%s", row->hint);
}

/* ------------------------------------------------------------------------------------ statements
 */

/* Settings are part of the address; the text of the statement is the body. */
static void
add_param(Buf *url, const char *name, const char *value)
{
    buf_format(url, "%c%s=", strchr(url->ptr, '?') == NULL ? '?' : '&', name);
    for (const char *c = value; *c != '\0'; c++)
    {
        if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
            *c == '-' || *c == '_' || *c == '.')
            buf_char(url, *c);
        else
            buf_format(url, "%%%02X", (unsigned char) *c);
    }
}

/* What the rows are read by, and what the compiler counts on. */
static const char *const settings[][2] = {
    { "readonly", "2" },
    { "cancel_http_readonly_queries_on_client_close", "1" },
    { "group_by_use_nulls", "1" }, /* what a grouping leaves out is null, not 0 or '' */
    { "http_write_exception_in_output_format", "0" },
    { "date_time_output_format", "unix_timestamp" },
    { "output_format_json_quote_64bit_integers", "1" },
    { "output_format_json_quote_decimals", "1" },
    { "output_format_json_quote_denormals", "1" },
    { "output_format_json_validate_utf8", "1" },
    { "join_use_nulls", "1" },
    { "aggregate_functions_null_for_empty", "1" },
    { "enable_extended_results_for_datetime_functions", "1" },
};

static int64_t
time_left(const ClickhouseConn *conn)
{
    int64_t left = conn->timeout_ms > 0 ? conn->timeout_ms : LONGEST_MS;
    int64_t deadline = conn->cancel == NULL ? 0 : cancel_deadline(conn->cancel);
    int64_t own = deadline == 0 ? left : (deadline - time_monotonic()) / 1000 + 1;

    return own < 1 ? 1 : own < left ? own : left;
}

static const char *
address_of(const ClickhouseConn *conn, Arena *arena, const char *query_id, bool reads)
{
    Buf url = buf_new(arena, 8192);

    buf_text(&url, conn->url);
    if (conn->dbname != NULL)
        add_param(&url, "database", conn->dbname);
    add_param(&url, "query_id", query_id);
    add_param(&url, "default_format", "JSONCompactEachRowWithNamesAndTypes");
    if (!reads || conn->is_fixed)
        return buf_cstr(&url);
    for (size_t i = 0; i < COUNT_OF(settings); i++)
        add_param(&url, settings[i][0], settings[i][1]);
    if (time_left(conn) < LONGEST_MS)
        add_param(&url, "max_execution_time",
                  arena_format(arena, "%.3f", (double) time_left(conn) / 1000.0));
    return buf_cstr(&url);
}

static HttpCall
call_of(const ClickhouseConn *conn, Arena *arena, const char *query_id, const char *text,
        bool reads)
{
    return (HttpCall){ .method = POST,
                       .url = address_of(conn, arena, query_id, reads),
                       .body_type = "text/plain; charset=utf-8",
                       .body = str_of(text),
                       .user = conn->user,
                       .password = conn->password,
                       .ca_file = pem_file_path(&conn->root),
                       .connect_ms = CONNECT_MS,
                       .max_bytes = MAX_ERROR_BYTES };
}

/* The server ends a read when its client goes away; older ones must be told. */
static void
kill_statement(const ClickhouseConn *conn, Arena *arena, const char *query_id)
{
    const char *text = arena_format(arena, "kill query where query_id = '%s' async", query_id);
    HttpCall call = call_of(conn, arena, random_token(arena, 16), text, false);
    HttpReply reply;
    Error ignored;

    call.connect_ms = call.total_ms = GRACE_MS;
    (void) client_call(arena, &call, &reply, &ignored);
}

static void
stop_own(void *arg)
{
    cancel_now(arg);
}

static void
reader_free(ClickhouseReader *reader)
{
    arena_free(&reader->row_arena);
}

static bool
run(ClickhouseConn *conn, Arena *arena, const char *text, RowSink *sink, Error *err)
{
    CLEANUP(reader_free) ClickhouseReader reader = clickhouse_reader(conn, arena, sink);
    const char *query_id = random_token(arena, 16);
    HttpCall call = call_of(conn, arena, query_id, text, true);
    HttpReply reply;

    call.total_ms = (unsigned) (time_left(conn) + GRACE_MS);
    call.cancel = conn->own;
    call.receive = clickhouse_take;
    call.receive_arg = &reader;
    if (!client_call(arena, &call, &reply, err))
    {
        Str words = clickhouse_last_words(&reader);

        kill_statement(conn, arena, query_id);
        /* What the server wrote before it broke off says more than how the link ended. */
        return words.len > 0 ? clickhouse_fail(words, err) : false;
    }
    if (reply.status < 200 || reply.status > 299)
        return clickhouse_fail(reply.body, err);
    return clickhouse_finish(&reader, err);
}

static bool
ask(ClickhouseConn *conn, const char *text, RowSink *sink, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    bool done;

    if (!cancel_check(conn->cancel, err))
        return false;
    cancel_on(conn->cancel, stop_own, conn->own);
    done = run(conn, arena, text, sink, err);
    cancel_on(conn->cancel, NULL, NULL);
    if (!done && conn->cancel != NULL && err->code == ERR_CANCELLED)
        (void) cancel_check(conn->cancel, err); /* says why */
    return done;
}

static bool
clickhouse_query(Conn *base, const Sql *sql, RowSink *sink, Error *err)
{
    return ask((ClickhouseConn *) base, sql_cstr(sql), sink, err);
}

/* ------------------------------------------------------------------------------------ connection
 */

static bool
read_target(ClickhouseConn *conn, const ConnSpec *spec, Error *err)
{
    bool tls = details_bool(spec, "ssl");
    const char *host;
    int port;

    if (!details_host(spec, &host, err) || !details_port(spec, tls ? 8443 : 8123, &port, err) ||
        !details_pem(spec, "ssl-root-cert-value", "CERTIFICATE", &conn->root, err))
        return false;
    conn->url =
        arena_format(conn->arena, strchr(host, ':') == NULL ? "%s://%s:%d/" : "%s://[%s]:%d/",
                     tls ? "https" : "http", host, port);
    conn->user = arena_text(conn->arena, details_text(spec, "user"));
    conn->password = arena_text(conn->arena, details_text(spec, "password"));
    conn->dbname = arena_text(conn->arena, details_text(spec, "dbname"));
    if (conn->user == NULL)
        conn->user = "default";
    return true;
}

/* A user who may change no setting gets the statement alone: what comes is read as far as it can.
 */
static bool
greet(ClickhouseConn *conn, Error *err)
{
    Rows rows;
    RowCollector collector = row_collector(conn->arena, &rows, 1);
    static const char text[] = "select serverTimezone()";

    if (!ask(conn, text, &collector.sink, err))
    {
        if (err->code != ERR_DENIED)
            return false;
        conn->is_fixed = true;
        if (!ask(conn, text, &collector.sink, err))
            return false;
    }
    if (rows.count != 1)
        return error_set(err, ERR_UPSTREAM, "what answers there is not ClickHouse");
    return zone_load(conn->arena, value_to_text(conn->arena, &rows.row[0][0]), &conn->zone, err);
}

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
clickhouse_close(Conn *base)
{
    ClickhouseConn *conn = (ClickhouseConn *) base;

    pem_file_close(&conn->root);
    cancel_free(&conn->own);
    arena_free(&conn->arena);
    heap_free(conn);
}

static Conn *
clickhouse_open(const ConnSpec *spec, Error *err)
{
    ClickhouseConn *conn = heap_new(1, sizeof(*conn));

    conn->base.driver = spec->driver;
    conn->arena = arena_new();
    conn->root = PEM_FILE_NONE;
    conn->cancel = (Cancel *) spec->cancel;
    conn->own = cancel_new();
    if (read_target(conn, spec, err) && greet(conn, err))
        return (Conn *) conn;
    (void) details_explain(field_of, "Check the host, the port of the HTTP interface, and SSL.",
                           err);
    clickhouse_close((Conn *) conn);
    return NULL;
}

/* The compiler writes the zone into the statement: there is none to set. */
static bool
clickhouse_prepare(Conn *base, const QuerySession *session, Error *err)
{
    ClickhouseConn *conn = (ClickhouseConn *) base;

    (void) err;
    conn->cancel = session->cancel;
    conn->timeout_ms = session->timeout_ms;
    return true;
}

/* What was cancelled once stays so: such a connection is not lent again. */
static bool
clickhouse_is_broken(Conn *base)
{
    return cancel_is_set(((ClickhouseConn *) base)->own);
}

static void
clickhouse_cancel(Conn *base)
{
    cancel_now(((ClickhouseConn *) base)->own);
}

/* "GRANT SELECT, INSERT ON statistics.* TO reader" */
static bool
may_write(Str grant)
{
    static const char *const words[] = { "ALL", "INSERT", "ALTER", "CREATE", "DROP", "TRUNCATE" };
    Str name;

    if (str_has_prefix(grant, "GRANT "))
        grant = (Str){ grant.ptr + 6, grant.len - 6 };
    while (str_split(&grant, ',', &name))
        for (size_t i = 0; i < COUNT_OF(words); i++)
            if (str_has_prefix(str_trim(name), words[i]))
                return true;
    return false;
}

/* A warning hangs on it, no more: a server that does not tell is taken for one that lets read. */
static bool
read_grants(Conn *base, Arena *arena)
{
    Rows rows;
    RowCollector collector = row_collector(arena, &rows, 1000);
    bool found = false;

    if (!ask((ClickhouseConn *) base, sql_clickhouse_grants, &collector.sink, &(Error){ 0 }))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        found = found || (value_has_text(&rows.row[i][0]) && may_write(rows.row[i][0].text));
    return found;
}

static bool
clickhouse_describe(Conn *base, Arena *arena, Schema *schema, Error *err)
{
    const SchemaQueries queries = { .tables = sql_clickhouse_tables,
                                    .columns = sql_clickhouse_columns,
                                    .facts = sql_clickhouse_facts,
                                    .type_of = clickhouse_base_type };

    *schema = (Schema){ .flavor = "ClickHouse" };
    if (!schema_read(base, &queries, arena, schema, err))
        return false;
    schema->can_write = read_grants(base, arena);
    return true;
}

const Driver clickhouse_driver = {
    .name = "clickhouse",
    .label = "ClickHouse",
    .features = DRIVER_CANCEL | DRIVER_ZONES | DRIVER_CONNECTABLE,
    .options = clickhouse_options,
    .dialect = &clickhouse_dialect,
    .open = clickhouse_open,
    .close = clickhouse_close,
    .prepare = clickhouse_prepare,
    .is_broken = clickhouse_is_broken,
    .query = clickhouse_query,
    .describe = clickhouse_describe,
    .cancel = clickhouse_cancel,
};
