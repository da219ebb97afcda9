/* MariaDB and MySQL through libmariadb: connection form, connection, catalog. Statements are in
 * mysql_query.c. */
#include "base/heap.h"
#include "driver/dialects.h"
#include "driver/mysql_private.h"
#include "driver/schema.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>

enum
{
    CONNECT_SECONDS = 10,
    IDLE_SECONDS = 30,
    SILENT_MS = 60000,
    /* Of MySQL 5.7 and later; MariaDB's header has neither. */
    MYSQL_TIMED_OUT = 3024,
    MYSQL_TLS_REQUIRED = 3159
};

extern const char sql_mysql_tables[], sql_mysql_columns[], sql_mysql_keys[], sql_mysql_facts[];

// clang-format off
static const ConnOption mysql_options_form[] = {
    { .key = "host", .label = "Host", .kind = "string", .required = true, .placeholder = "name.of.your.server" },
    { .key = "port", .label = "Port", .kind = "integer", .placeholder = "3306" },
    { .key = "dbname", .label = "Database name", .kind = "string", .required = true, .placeholder = "statistics" },
    { .key = "user", .label = "Username", .kind = "string", .required = true, .placeholder = "reader", .help = "Best a user who may only read." },
    { .key = "password", .label = "Password", .kind = "password", .placeholder = "••••••••" },
    { .key = "ssl", .label = "Use a secure connection (SSL)", .kind = "boolean" },
    { .key = "ssl-cert", .label = "Root certificate", .kind = "text", .placeholder = "-----BEGIN CERTIFICATE-----", .help = "That signs the certificate of the server. Empty: the connection is secret, but the server is not checked.", .when = "ssl" },
    { .key = "ssl-client-cert-value", .label = "Client certificate", .kind = "text", .placeholder = "-----BEGIN CERTIFICATE-----", .when = "ssl" },
    { .key = "ssl-key-value", .label = "Client key", .kind = "password", .placeholder = "-----BEGIN PRIVATE KEY-----", .when = "ssl" },
    { .key = "additional-options", .label = "More options", .kind = "string", .placeholder = "connectTimeout=5000", .help = "connectTimeout, in milliseconds, is possible." },
    { 0 },
};
// clang-format on

/* ---------------------------------------------------------------------------------------- errors
 */

typedef struct ErrorRow
{
    unsigned number;
    ErrorCode code;
    const char *field; /* of the form, while connecting; or NULL */
    const char *what;
    const char *hint;
} ErrorRow;

// clang-format off
static const ErrorRow error_rows[] = {
    { ER_ACCESS_DENIED_ERROR, ERR_UPSTREAM, "password", SENTENCE("the database refused the user or the password"), SENTENCE("Check the user and the password, and from where the user may connect.") },
    { ER_ACCESS_DENIED_NO_PASSWORD_ERROR, ERR_UPSTREAM, "password", SENTENCE("the database refused the user or the password"), SENTENCE("Check the user and the password, and from where the user may connect.") },
    { ER_DBACCESS_DENIED_ERROR, ERR_UPSTREAM, "dbname", SENTENCE("the user has no right to this database, or it is not there"), SENTENCE("Check the name of the database, or grant the right to this user.") },
    { ER_BAD_DB_ERROR, ERR_UPSTREAM, "dbname", SENTENCE("there is no database of this name on the server"), SENTENCE("Check the name of the database, or create it.") },
    { ER_HOST_NOT_PRIVILEGED, ERR_UPSTREAM, "user", SENTENCE("the database lets nobody in from this address"), SENTENCE("Create the user for the address of this machine.") },
    { ER_HOST_IS_BLOCKED, ERR_UPSTREAM, "host", SENTENCE("the database has blocked this address after many failures"), SENTENCE("Run mysqladmin flush-hosts on the server.") },
    { ER_CON_COUNT_ERROR, ERR_UNAVAILABLE, "host", SENTENCE("the database server has no connection left"), SENTENCE("Close idle connections, or raise max_connections.") },
    { ER_TOO_MANY_USER_CONNECTIONS, ERR_UNAVAILABLE, "user", SENTENCE("this user has no connection left"), SENTENCE("Close idle connections, or raise max_user_connections.") },
    { MYSQL_TLS_REQUIRED, ERR_UPSTREAM, "ssl", SENTENCE("this server lets users in over TLS only"), SENTENCE("Use a secure connection.") },
    { CR_UNKNOWN_HOST, ERR_UPSTREAM, "host", SENTENCE("the host of the database is not known"), SENTENCE("Check the name of the host.") },
    { CR_CONN_HOST_ERROR, ERR_UPSTREAM, "port", SENTENCE("nothing answers at this address and port"), SENTENCE("Check the host and the port, that the server runs, and that no firewall is in between.") },
    { CR_CONNECTION_ERROR, ERR_UPSTREAM, "port", SENTENCE("nothing answers at this address and port"), SENTENCE("Check the host and the port, and that the server runs.") },
    { CR_SSL_CONNECTION_ERROR, ERR_UPSTREAM, "ssl", SENTENCE("TLS with the database server failed"), SENTENCE("Check that the server speaks TLS, and the root certificate.") },
    { CR_AUTH_PLUGIN_CANNOT_LOAD, ERR_UPSTREAM, "user", SENTENCE("the server asks for a way to log in that is not possible here"), SENTENCE("Let the user log in with a password (caching_sha2_password, ed25519 or mysql_native_password).") },
    { CR_SERVER_GONE_ERROR, ERR_UNAVAILABLE, "host", SENTENCE("the connection to the database is lost"), SENTENCE("Try again in a moment.") },
    { CR_SERVER_LOST, ERR_UNAVAILABLE, "host", SENTENCE("the connection to the database is lost"), SENTENCE("Try again in a moment.") },
    { ER_QUERY_INTERRUPTED, ERR_CANCELLED, NULL, SENTENCE("the database stopped the statement"), NULL },
    { ER_STATEMENT_TIMEOUT, ERR_TIMEOUT, NULL, SENTENCE("the database stopped the statement"), SENTENCE("Ask for less, or raise the time limit.") },
    { MYSQL_TIMED_OUT, ERR_TIMEOUT, NULL, SENTENCE("the database stopped the statement"), SENTENCE("Ask for less, or raise the time limit.") },
    { ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION, ERR_DENIED, NULL, SENTENCE("this connection may only read"), NULL },
    { ER_TABLEACCESS_DENIED_ERROR, ERR_DENIED, NULL, SENTENCE("the database user has no right to this"), SENTENCE("Grant the right to this user, or connect as another one.") },
    { ER_COLUMNACCESS_DENIED_ERROR, ERR_DENIED, NULL, SENTENCE("the database user has no right to this"), SENTENCE("Grant the right to this user, or connect as another one.") },
    { ER_UNKNOWN_TIME_ZONE, ERR_UPSTREAM, NULL, SENTENCE("the database does not know this time zone"), SENTENCE("Load the zones into the server with mysql_tzinfo_to_sql, or choose UTC as report time zone.") },
    { ER_NO_SUCH_TABLE, ERR_UPSTREAM, NULL, SENTENCE("a table is not there"), SENTENCE("Check its name, and sync the database.") },
    { ER_BAD_FIELD_ERROR, ERR_UPSTREAM, NULL, SENTENCE("a column is not there"), SENTENCE("Check its name, and sync the database.") },
    { ER_PARSE_ERROR, ERR_UPSTREAM, NULL, SENTENCE("the SQL has a mistake"), NULL },
    { 0, ERR_UPSTREAM, NULL, SENTENCE("the database refused the statement"), NULL },
};
// clang-format on

static const ErrorRow *
error_row_of(unsigned number)
{
    const ErrorRow *row = error_rows;

    while (row->number != 0 && row->number != number)
        row++;
    return row;
}

bool
mysql_fail(MysqlConn *conn, unsigned number, const char *message, Error *err)
{
    const ErrorRow *row = error_row_of(number);

    if (number == CR_SERVER_GONE_ERROR || number == CR_SERVER_LOST ||
        number == CR_COMMANDS_OUT_OF_SYNC || number == CR_MALFORMED_PACKET)
        conn->broken = true;
    (void) error_set(err, row->code, "%s: %s", row->what, message);
    return row->hint == NULL ? false : error_hint(err, "%s", row->hint);
}

/* Libraries say more than a person should have to read: the row speaks for known numbers. */
static bool
fail_open(MYSQL *link, Error *err)
{
    const ErrorRow *row = error_row_of(mysql_errno(link));
    const char *field = row->field == NULL ? "host" : row->field;

    if (row->number == 0)
        return error_field(err, field, "the database cannot be reached: %s", mysql_error(link));
    (void) error_field(err, field, "%s", row->what);
    return error_hint(err, "%s", row->hint);
}

/* ------------------------------------------------------------------------------------ connection
 */

static void
library_begin(void)
{
    (void) mysql_library_init(0, NULL, NULL);
}

static void
set_options(MYSQL *link, const MysqlTarget *target)
{
    const unsigned tcp = MYSQL_PROTOCOL_TCP, none = 0;
    const my_bool yes = 1, check = target->root.fd >= 0;

    (void) mysql_options(link, MYSQL_OPT_PROTOCOL, &tcp);
    (void) mysql_options(link, MYSQL_OPT_CONNECT_TIMEOUT, &target->connect_seconds);
    /* A server must not be able to ask for files of this machine, or for the bare password. */
    (void) mysql_options(link, MYSQL_OPT_LOCAL_INFILE, &none);
    (void) mysql_options(link, MARIADB_OPT_RESTRICTED_AUTH,
                         "mysql_native_password,caching_sha2_password,sha256_password,"
                         "client_ed25519");
    (void) mysql_options(link, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (!target->tls)
        return;
    (void) mysql_options(link, MYSQL_OPT_SSL_ENFORCE, &yes);
    (void) mysql_options(link, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &check);
    (void) mysql_options(link, MYSQL_OPT_SSL_CA, pem_file_path(&target->root));
    (void) mysql_options(link, MYSQL_OPT_SSL_CERT, pem_file_path(&target->client));
    (void) mysql_options(link, MYSQL_OPT_SSL_KEY, pem_file_path(&target->key));
}

/* A server that vanished is noticed within a minute or two. */
static void
set_keepalive(MYSQL *link)
{
    const int idle = IDLE_SECONDS, interval = 10, count = 3, silent = SILENT_MS;
    int fd = (int) mysql_get_socket(link);

    (void) setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
    (void) setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(interval));
    (void) setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(count));
    (void) setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &silent, sizeof(silent));
}

MYSQL *
mysql_target_open(const MysqlTarget *target, Error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    MYSQL *link;

    (void) pthread_once(&once, library_begin);
    link = mysql_init(NULL);
    if (link == NULL)
    {
        (void) error_set(err, ERR_INTERNAL, "libmariadb is out of memory");
        return NULL;
    }
    set_options(link, target);
    if (mysql_real_connect(link, target->host, target->user, target->password, target->dbname,
                           (unsigned) target->port, NULL, 0) != NULL)
    {
        set_keepalive(link);
        return link;
    }
    (void) fail_open(link, err);
    mysql_close(link);
    return NULL;
}

static bool
take_option(void *arg, const char *name, const char *value, Error *err)
{
    MysqlTarget *target = arg;
    int64_t milliseconds;

    if (strcasecmp(name, "connectTimeout") != 0)
        return error_set(err, ERR_INVALID, "the option %s is not possible here.", name);
    if (!str_to_int(str_of(value), 1000, 60000, &milliseconds))
        return error_set(err, ERR_INVALID, "%s must be from 1000 to 60000 milliseconds.", name);
    target->connect_seconds = (unsigned) (milliseconds / 1000);
    return true;
}

static bool
read_target(Arena *arena, const ConnSpec *spec, MysqlTarget *target, Error *err)
{
    if (!details_host(spec, &target->host, err) || !details_port(spec, 3306, &target->port, err) ||
        !details_pem(spec, "ssl-cert", "CERTIFICATE", &target->root, err) ||
        !details_pem(spec, "ssl-client-cert-value", "CERTIFICATE", &target->client, err) ||
        !details_pem(spec, "ssl-key-value", "PRIVATE KEY", &target->key, err) ||
        !details_options(arena, spec, take_option, target, err))
        return false;
    target->host = arena_text(arena, target->host);
    target->dbname = arena_text(arena, details_text(spec, "dbname"));
    target->user = arena_text(arena, details_text(spec, "user"));
    target->password = arena_text(arena, details_text(spec, "password"));
    target->tls = details_bool(spec, "ssl");
    if ((target->client.fd < 0) == (target->key.fd < 0))
        return true;
    return error_field(err, target->client.fd < 0 ? "ssl-client-cert-value" : "ssl-key-value",
                       "a client certificate and its key go together.");
}

static bool
mysql_driver_prepare(Conn *base, const QuerySession *session, Error *err)
{
    MysqlConn *conn = (MysqlConn *) base;

    conn->cancel = session->cancel;
    conn->timeout_ms = session->timeout_ms;
    arena_rewind(conn->arena, conn->mark);
    return zone_load(conn->arena, session->timezone == NULL ? "UTC" : session->timezone,
                     &conn->zone, err);
}

static void
mysql_driver_close(Conn *base)
{
    MysqlConn *conn = (MysqlConn *) base;

    if (conn->link != NULL)
        mysql_close(conn->link);
    pem_file_close(&conn->target.root);
    pem_file_close(&conn->target.client);
    pem_file_close(&conn->target.key);
    arena_free(&conn->arena);
    heap_free(conn);
}

static Conn *
mysql_driver_open(const ConnSpec *spec, Error *err)
{
    MysqlConn *conn = heap_new(1, sizeof(*conn));
    QuerySession session = { .cancel = (Cancel *) spec->cancel };

    conn->base.driver = spec->driver;
    conn->arena = arena_new();
    conn->target = (MysqlTarget){ .connect_seconds = CONNECT_SECONDS,
                                  .root = PEM_FILE_NONE,
                                  .client = PEM_FILE_NONE,
                                  .key = PEM_FILE_NONE };
    if (read_target(conn->arena, spec, &conn->target, err))
        conn->link = mysql_target_open(&conn->target, err);
    if (conn->link != NULL)
    {
        conn->is_mariadb = strstr(mysql_get_server_info(conn->link), "MariaDB") != NULL;
        conn->mark = arena_mark(conn->arena);
        if (mysql_driver_prepare((Conn *) conn, &session, err))
            return (Conn *) conn;
    }
    mysql_driver_close((Conn *) conn);
    return NULL;
}

/* An idle server sends nothing but its end. */
static bool
mysql_driver_is_broken(Conn *base)
{
    MysqlConn *conn = (MysqlConn *) base;
    struct pollfd fd = { .fd = (int) mysql_get_socket(conn->link), .events = POLLIN };

    return conn->broken || poll(&fd, 1, 0) != 0;
}

static void
mysql_driver_cancel(Conn *conn)
{
    mysql_conn_stop(conn);
}

/* --------------------------------------------------------------------------------------- catalog
 */

static const TypeWord type_words[] = {
    { "boolean", BASE_BOOLEAN },    { "tinyint", BASE_INTEGER },
    { "smallint", BASE_INTEGER },   { "mediumint", BASE_INTEGER },
    { "int", BASE_INTEGER },        { "bigint", BASE_BIG_INTEGER },
    { "year", BASE_INTEGER },       { "bit", BASE_INTEGER },
    { "float", BASE_FLOAT },        { "double", BASE_FLOAT },
    { "decimal", BASE_DECIMAL },    { "char", BASE_TEXT },
    { "varchar", BASE_TEXT },       { "tinytext", BASE_TEXT },
    { "text", BASE_TEXT },          { "mediumtext", BASE_TEXT },
    { "longtext", BASE_TEXT },      { "set", BASE_TEXT },
    { "enum", BASE_MYSQL_ENUM },    { "uuid", BASE_UUID },
    { "inet4", BASE_IP_ADDRESS },   { "inet6", BASE_IP_ADDRESS },
    { "date", BASE_DATE },          { "time", BASE_TIME },
    { "datetime", BASE_DATE_TIME }, { "timestamp", BASE_DATE_TIME_WITH_LOCAL_TZ },
    { "json", BASE_JSON },
};

static BaseType
type_of(const char *word)
{
    return type_lookup(type_words, COUNT_OF(type_words), word);
}

static bool
mysql_driver_describe(Conn *base, Arena *arena, Schema *schema, Error *err)
{
    const SchemaQueries queries = { .tables = sql_mysql_tables,
                                    .columns = sql_mysql_columns,
                                    .keys = sql_mysql_keys,
                                    .facts = sql_mysql_facts,
                                    .type_of = type_of };

    *schema = (Schema){ .flavor = ((MysqlConn *) base)->is_mariadb ? "MariaDB" : "MySQL" };
    return schema_read(base, &queries, arena, schema, err);
}

const Driver mysql_driver = {
    .name = "mysql",
    .label = "MySQL or MariaDB",
    .features =
        DRIVER_CANCEL | DRIVER_ZONES | DRIVER_CONNECTABLE | DRIVER_FOREIGN_KEYS | DRIVER_ZONES,
    .options = mysql_options_form,
    .dialect = &mysql_dialect,
    .open = mysql_driver_open,
    .close = mysql_driver_close,
    .prepare = mysql_driver_prepare,
    .is_broken = mysql_driver_is_broken,
    .query = mysql_conn_query,
    .describe = mysql_driver_describe,
    .cancel = mysql_driver_cancel,
};
