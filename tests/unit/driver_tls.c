/* PostgreSQL over TLS, with a server of our own and a certificate that a root of our own signed. */
#include "base/file.h"
#include "driver/driver.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct TlsServer
{
    char folder[64];
    char user[40], password[80];
    int port;
    const char *root; /* its certificate */
} TlsServer;

static FILE *
server_script(const TlsServer *server, Arena *arena, const char *verb, const char *option)
{
    return popen(arena_format(arena, "%s/tests/server/postgres %s %s/pg %s", VIGIE_SOURCE_ROOT,
                              verb, server->folder, option),
                 "r");
}

/* Where no server for tests was started, none of these can be had. */
static void
tls_start(TlsServer *server, Arena *arena)
{
    const char *usual = getenv("VIGIE_TEST_POSTGRES");
    FILE *output;
    Str root;
    Error err;

    if (usual == NULL || usual[0] == '\0')
        skip();
    (void) snprintf(server->folder, sizeof(server->folder), "/tmp/vigie-tls-XXXXXX");
    CHECK(mkdtemp(server->folder) != NULL);
    (void) chmod(server->folder, 0755);
    output = server_script(server, arena, "start", "tls");
    CHECK(output != NULL);
    CHECK_INT(fscanf(output, "postgres://%39[^:]:%79[^@]@127.0.0.1:%d", server->user,
                     server->password, &server->port),
              3);
    (void) pclose(output);
    CHECK_OK(
        file_read(arena, arena_format(arena, "%s/pg/root.crt", server->folder), 65536, &root, &err),
        &err);
    server->root = str_copy(arena, root);
}

static void
tls_stop(const TlsServer *server, Arena *arena)
{
    FILE *output = server_script(server, arena, "stop", "");

    CHECK(output != NULL);
    (void) pclose(output);
    (void) rmdir(server->folder);
}

static Conn *
open_with(const TlsServer *server, Arena *arena, const char *host, const char *mode,
          const char *root, Error *err)
{
    Json *details = json_new(arena, JSON_OBJECT);
    ConnSpec spec = { .driver = driver_lookup("postgres"), .details = details };

    json_put(arena, details, "host", json_new_text(arena, host));
    json_put(arena, details, "port", json_new_int(arena, server->port));
    json_put(arena, details, "user", json_new_text(arena, server->user));
    json_put(arena, details, "password", json_new_text(arena, server->password));
    json_put(arena, details, "dbname", json_new_text(arena, "postgres"));
    json_put(arena, details, "ssl", json_new_bool(arena, true));
    json_put(arena, details, "ssl-mode", json_new_text(arena, mode));
    if (root != NULL)
        json_put(arena, details, "ssl-root-cert-value", json_new_text(arena, root));
    *err = (Error){ 0 };
    return conn_open(&spec, err);
}

static bool
is_encrypted(Conn *conn, Arena *arena)
{
    Sql sql = { .arena = arena, .dialect = ((ConnBase *) conn)->driver->dialect };
    Rows rows;
    RowCollector collector = row_collector(arena, &rows, 1);
    Error err;

    sql_words(&sql, "select ssl from pg_stat_ssl where pid = pg_backend_pid()");
    CHECK_OK(conn_query(conn, &sql, &collector.sink, &err), &err);
    return value_to_bool(&rows.row[0][0], false);
}

/* As a field of one line leaves what is pasted there. */
static const char *
in_one_line(Arena *arena, const char *text)
{
    Buf out = buf_new(arena, 65536);

    for (; *text != '\0'; text++)
        if (*text != '\n')
            buf_char(&out, *text);
    return buf_cstr(&out);
}

static void
check_accepted(const TlsServer *server, Arena *arena)
{
    const struct
    {
        const char *host, *mode, *root;
    } accepted[] = {
        { "127.0.0.1", "require", NULL },
        { "127.0.0.1", "verify-ca", server->root },
        { "localhost", "verify-full", server->root },
        { "localhost", "verify-full", in_one_line(arena, server->root) },
    };

    for (size_t i = 0; i < COUNT_OF(accepted); i++)
    {
        Error err;
        Conn *conn =
            open_with(server, arena, accepted[i].host, accepted[i].mode, accepted[i].root, &err);

        CHECK_OK(conn != NULL, &err);
        CHECK(is_encrypted(conn, arena));
        conn_close(&conn);
    }
}

static void
check_refused(const TlsServer *server, Arena *arena)
{
    const struct
    {
        const char *mode, *root, *field, *words;
    } refused[] = {
        { "verify-full", server->root, "host", "is for another name" },
        { "verify-ca", NULL, "ssl-root-cert-value", "signed by nobody who is trusted here" },
        { "verify-full", "not a certificate", "ssl-root-cert-value", "CERTIFICATE in PEM form" },
    };

    for (size_t i = 0; i < COUNT_OF(refused); i++)
    {
        Error err;

        CHECK(open_with(server, arena, "127.0.0.1", refused[i].mode, refused[i].root, &err) ==
              NULL);
        CHECK_STR(err.field, refused[i].field);
        if (strstr(err.message, refused[i].words) == NULL)
            fail_msg("%s", err.message);
        CHECK(strstr(err.message, server->password) == NULL);
    }
}

TEST(driver_postgres_checks_the_certificate_of_its_server)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TlsServer server;

    tls_start(&server, arena);
    check_accepted(&server, arena);
    check_refused(&server, arena);
    tls_stop(&server, arena);
}
