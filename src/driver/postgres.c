/*
 * PostgreSQL through pg/: connection form, catalog, queries. Each question runs in a read-only
 * transaction of its own that is rolled back, whatever the role may do: what a statement sets ends
 * with it.
 */
#include "base/file.h"
#include "base/heap.h"
#include "driver/details.h"
#include "driver/dialects.h"
#include "driver/postgres_load.h"
#include "driver/schema.h"
#include "driver/statement.h"
#include "pg/pg.h"

#include <string.h>

enum
{
    CONNECT_SECONDS = 10
};

extern const char sql_postgres_tables[], sql_postgres_columns[], sql_postgres_keys[],
    sql_postgres_facts[];

typedef struct PostgresConn
{
    ConnBase base; /* first, so that a Conn * is a PostgresConn * */
    Pg *pg;
    Cancel *cancel;
    Arena *arena; /* of the members below */
    SchemaFilter filter;
    ArenaMark mark;    /* before `begin`, which each prepare writes anew */
    const char *begin; /* opens the transaction of a question */
} PostgresConn;

// clang-format off
static const ConnOption postgres_options[] = {
    { .key = "host", .label = "Host", .kind = "string", .required = true, .placeholder = "name.of.your.server" },
    { .key = "port", .label = "Port", .kind = "integer", .placeholder = "5432" },
    { .key = "dbname", .label = "Database name", .kind = "string", .required = true, .placeholder = "statistics" },
    { .key = "user", .label = "Username", .kind = "string", .required = true, .placeholder = "reader", .help = "Best a role that may only read." },
    { .key = "password", .label = "Password", .kind = "password", .placeholder = "••••••••" },
    { .key = "conn-uri", .label = "Connection string", .kind = "password", .placeholder = "postgres://user:password@host:5432/name", .help = "Instead of the five fields above." },
    { .key = "schema-filters-type", .label = "Schemas", .kind = "select", .value = "all", .choices = "all|inclusion|exclusion" },
    { .key = "schema-filters-patterns", .label = "Schema names", .kind = "string", .placeholder = "public, stats_*", .help = "Names by commas; * stands for anything.", .when = "schema-filters-type", .is = "inclusion|exclusion" },
    { .key = "ssl", .label = "Use a secure connection (SSL)", .kind = "boolean" },
    { .key = "ssl-mode", .label = "SSL mode", .kind = "select", .choices = "allow|prefer|require|verify-ca|verify-full", .when = "ssl" },
    { .key = "ssl-root-cert-value", .label = "Root certificate", .kind = "text", .placeholder = "-----BEGIN CERTIFICATE-----", .help = "That signs the certificate of the server, for the modes that verify. Empty: those that this machine trusts.", .when = "ssl" },
    { .key = "ssl-client-cert-value", .label = "Client certificate", .kind = "text", .placeholder = "-----BEGIN CERTIFICATE-----", .when = "ssl" },
    { .key = "ssl-key-value", .label = "Client key", .kind = "password", .placeholder = "-----BEGIN PRIVATE KEY-----", .when = "ssl" },
    { .key = "additional-options", .label = "More options", .kind = "string", .placeholder = "connect_timeout=5&application_name=statistics", .help = "application_name, connect_timeout and target_session_attrs are possible." },
    { 0 },
};
// clang-format on

/* ----------------------------------------------------------------------------------- connection */

/* The certificates that were pasted; they are read while connecting. */
typedef struct Certificates
{
    PemFile root, client, key;
} Certificates;

static void
certificates_close(Certificates *certificates)
{
    pem_file_close(&certificates->root);
    pem_file_close(&certificates->client);
    pem_file_close(&certificates->key);
}

static bool
take_option(void *arg, const char *name, const char *value, Error *err)
{
    static const char *const sessions[] = { "any",     "read-write", "read-only",
                                            "primary", "standby",    "prefer-standby" };
    PgTarget *target = arg;
    int64_t seconds;

    if (strcasecmp(name, "application_name") == 0 || strcmp(name, "ApplicationName") == 0)
    {
        target->application_name = value;
        return true;
    }
    if (strcasecmp(name, "connect_timeout") == 0 || strcmp(name, "loginTimeout") == 0)
    {
        if (!str_to_int(str_of(value), 1, 60, &seconds))
            return error_set(err, ERR_INVALID, "%s must be from 1 to 60 seconds.", name);
        target->connect_seconds = (int) seconds;
        return true;
    }
    if (strcasecmp(name, "target_session_attrs") != 0)
        return error_set(err, ERR_INVALID, "the option %s is not possible here.", name);
    for (size_t i = 0; i < COUNT_OF(sessions); i++)
        if (strcmp(sessions[i], value) == 0)
            target->target_session_attrs = sessions[i];
    return target->target_session_attrs != NULL ||
           error_set(err, ERR_INVALID, "there is no %s called %s.", name, value);
}

/* Host, port and so on: from the fields, or all from a pasted address. */
static bool
read_address(Arena *arena, const ConnSpec *spec, PgTarget *target, Error *err)
{
    const char *uri = details_text(spec, "conn-uri");
    PgTarget pasted;
    Error cause;
    int port;

    if (uri == NULL)
    {
        target->dbname = details_text(spec, "dbname");
        target->user = details_text(spec, "user");
        target->password = details_text(spec, "password");
        if (!details_host(spec, &target->host, err) || !details_port(spec, 5432, &port, err))
            return false;
        target->port = arena_format(arena, "%d", port);
        return true;
    }
    if (!pg_target_from_url(arena, uri, &pasted, &cause))
        return (error_fill_field(err, "conn-uri", "%s", cause.message),
                error_hint(err, "%s", cause.hint));
    if (pasted.host == NULL || pasted.host[0] == '/' || strpbrk(pasted.host, ", ") != NULL ||
        pasted.dbname == NULL || pasted.user == NULL)
        return error_field(err, "conn-uri", "value must name one host, a database and a user.");
    if (pasted.options != NULL || pasted.sslrootcert != NULL || pasted.sslcert != NULL ||
        pasted.sslkey != NULL)
        return error_field(err, "conn-uri", "options and files of this machine are not possible.");
    target->host = pasted.host;
    target->port = pasted.port;
    target->dbname = pasted.dbname;
    target->user = pasted.user;
    target->password = pasted.password;
    target->sslmode = pasted.sslmode;
    return true;
}

/* libpq of before version 16 knows no "system". */
static const char *
system_certificates(void)
{
    static const char *const files[] = { "/etc/ssl/certs/ca-certificates.crt",
                                         "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem" };

    for (size_t i = 0; i < COUNT_OF(files); i++)
        if (file_exists(files[i]))
            return files[i];
    return NULL;
}

static bool
read_security(const ConnSpec *spec, PgTarget *target, Certificates *files, Error *err)
{
    const char *mode = details_text(spec, "ssl-mode");

    if (mode != NULL)
        target->sslmode = mode;
    else if (target->sslmode == NULL)
        target->sslmode = details_bool(spec, "ssl") ? "require" : "prefer";
    if (!details_pem(spec, "ssl-root-cert-value", "CERTIFICATE", &files->root, err) ||
        !details_pem(spec, "ssl-client-cert-value", "CERTIFICATE", &files->client, err) ||
        !details_pem(spec, "ssl-key-value", "PRIVATE KEY", &files->key, err))
        return false;
    target->sslrootcert = pem_file_path(&files->root);
    target->sslcert = pem_file_path(&files->client);
    target->sslkey = pem_file_path(&files->key);
    if (target->sslrootcert == NULL && strncmp(target->sslmode, "verify", 6) == 0)
        target->sslrootcert = system_certificates();
    if ((target->sslcert == NULL) == (target->sslkey == NULL))
        return true;
    return error_field(err, target->sslcert == NULL ? "ssl-client-cert-value" : "ssl-key-value",
                       "a client certificate and its key go together.");
}

static bool
read_target(Arena *arena, const ConnSpec *spec, PgTarget *target, Certificates *files, Error *err)
{
    *target = (PgTarget){ .application_name = "vigie", .connect_seconds = CONNECT_SECONDS };
    return read_address(arena, spec, target, err) && read_security(spec, target, files, err) &&
           details_options(arena, spec, take_option, target, err);
}

/* The field that a failed connection is about, from what the server or the network said. */
static bool
explain(const ConnSpec *spec, Error *err)
{
    /* The first that is in the message. */
    static const struct
    {
        const char *words;
        const char *field;
    } rows[] = {
        { "no encryption", "ssl" },
        { "no database of this name", "dbname" },
        { "the user or the password", "password" },
        { "no password", "password" },
        { "does not let this user in", "user" },
        { "at this address and port", "port" },
        { "is for another name", "host" },
        { "nobody who is trusted", "ssl-root-cert-value" },
        { "TLS", "ssl-mode" },
        { "certificate", "ssl-mode" },
        { "", "host" },
    };
    Error cause = *err;
    size_t row = 0;

    if (err->field[0] != '\0' || err->code == ERR_CANCELLED || err->code == ERR_TIMEOUT)
        return false;
    while (strstr(cause.message, rows[row].words) == NULL)
        row++;
    (void) error_field(err, details_text(spec, "conn-uri") != NULL ? "conn-uri" : rows[row].field,
                       "%s", cause.message);
    if (row == 0)
        return error_hint(
            err, SENTENCE("This server lets users in over TLS only: use a secure connection."));
    return error_hint(err, "%s", cause.hint);
}

static void
postgres_close(Conn *conn)
{
    PostgresConn *own = (PostgresConn *) conn;

    pg_close(&own->pg);
    arena_free(&own->arena);
    heap_free(own);
}

static void
write_begin(PostgresConn *conn, const QuerySession *session)
{
    Sql sql = { .arena = conn->arena, .dialect = &postgres_dialect };

    arena_rewind(conn->arena, conn->mark);
    sql_words(&sql, "begin read only; set local statement_timeout = ");
    sql_int(&sql, session->timeout_ms > 0 ? session->timeout_ms : 0);
    sql_words(&sql, "; set local time zone ");
    sql_quoted(&sql, session->timezone == NULL ? "UTC" : session->timezone);
    conn->begin = sql_cstr(&sql);
}

static bool
postgres_prepare(Conn *base, const QuerySession *session, Error *err)
{
    PostgresConn *conn = (PostgresConn *) base;

    (void) err;
    conn->cancel = session->cancel;
    write_begin(conn, session);
    return true;
}

static bool
postgres_is_broken(Conn *conn)
{
    return pg_is_stale(((PostgresConn *) conn)->pg);
}

static Conn *
postgres_open(const ConnSpec *spec, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(certificates_close)
    Certificates files = { PEM_FILE_NONE, PEM_FILE_NONE, PEM_FILE_NONE };
    PostgresConn *conn = heap_new(1, sizeof(*conn));
    PgTarget target;

    conn->base.driver = spec->driver;
    conn->cancel = (Cancel *) spec->cancel;
    conn->arena = arena_new();
    conn->filter = schema_filter_of(conn->arena, spec);
    conn->mark = arena_mark(conn->arena);
    write_begin(conn, &(QuerySession){ 0 });
    if (!read_target(arena, spec, &target, &files, err) ||
        !pg_open(&target, conn->cancel, &conn->pg, err) ||
        !pg_script(conn->pg, conn->cancel, "set default_transaction_read_only = on", err))
    {
        (void) explain(spec, err);
        postgres_close((Conn *) conn);
        return NULL;
    }
    return (Conn *) conn;
}

static bool
postgres_query(Conn *conn, const Sql *sql, RowSink *sink, Error *err)
{
    PostgresConn *own = (PostgresConn *) conn;
    bool done = statement_reads(sql_cstr(sql), err) &&
                pg_script(own->pg, own->cancel, own->begin, err) &&
                pg_run(own->pg, own->cancel, sql, sink, err);

    /* A connection that cannot even end its transaction is broken, and says so itself. */
    if (!pg_is_broken(own->pg))
        (void) pg_script(own->pg, NULL, "rollback", &(Error){ 0 });
    return done;
}

static void
postgres_cancel(Conn *conn)
{
    Error ignored;

    /* Whoever waits for the statement learns of it; nobody waits for this. */
    (void) pg_cancel(((PostgresConn *) conn)->pg, &ignored);
}

/* -------------------------------------------------------------------------------------- catalog */

static const TypeWord type_words[] = {
    { "bool", BASE_BOOLEAN },
    { "int2", BASE_INTEGER },
    { "int4", BASE_INTEGER },
    { "int8", BASE_BIG_INTEGER },
    { "oid", BASE_INTEGER },
    { "float4", BASE_FLOAT },
    { "float8", BASE_FLOAT },
    { "numeric", BASE_DECIMAL },
    { "money", BASE_DECIMAL },
    { "text", BASE_TEXT },
    { "varchar", BASE_TEXT },
    { "bpchar", BASE_TEXT },
    { "name", BASE_TEXT },
    { "citext", BASE_TEXT },
    { "char", BASE_TEXT },
    { "uuid", BASE_UUID },
    { "date", BASE_DATE },
    { "time", BASE_TIME },
    { "timetz", BASE_TIME_WITH_LOCAL_TZ },
    { "timestamp", BASE_DATE_TIME },
    { "timestamptz", BASE_DATE_TIME_WITH_LOCAL_TZ },
    { "interval", BASE_INTERVAL },
    { "json", BASE_JSON },
    { "jsonb", BASE_JSON },
    { "xml", BASE_XML },
    { "inet", BASE_IP_ADDRESS },
    { "cidr", BASE_IP_ADDRESS },
    { "bit", BASE_POSTGRES_BIT_STRING },
    { "varbit", BASE_POSTGRES_BIT_STRING },
    { "hstore", BASE_DICTIONARY },
    { "array", BASE_ARRAY },
    { "enum", BASE_POSTGRES_ENUM },
};

static BaseType
type_of(const char *word)
{
    return type_lookup(type_words, COUNT_OF(type_words), word);
}

static bool
postgres_describe(Conn *conn, Arena *arena, Schema *schema, Error *err)
{
    const SchemaQueries queries = { .tables = sql_postgres_tables,
                                    .columns = sql_postgres_columns,
                                    .keys = sql_postgres_keys,
                                    .facts = sql_postgres_facts,
                                    .type_of = type_of,
                                    .filter = ((PostgresConn *) conn)->filter };

    *schema = (Schema){ .flavor = "PostgreSQL" };
    return schema_read(conn, &queries, arena, schema, err);
}

static bool
postgres_load(Conn *conn, const LoadTable *table, LoadRows *rows, Error *err)
{
    PostgresConn *own = (PostgresConn *) conn;

    return postgres_load_rows(own->pg, own->cancel, table, rows, err);
}

const Driver postgres_driver = {
    .name = "postgres",
    .label = "PostgreSQL",
    .features =
        DRIVER_SCHEMAS | DRIVER_CANCEL | DRIVER_CONNECTABLE | DRIVER_FOREIGN_KEYS | DRIVER_ZONES,
    .options = postgres_options,
    .dialect = &postgres_dialect,
    .open = postgres_open,
    .close = postgres_close,
    .prepare = postgres_prepare,
    .is_broken = postgres_is_broken,
    .query = postgres_query,
    .describe = postgres_describe,
    .cancel = postgres_cancel,
    .load = postgres_load,
};
