/* The driver of Trino against a scripted server: pages, refusals, errors in the middle, stopping.
 */
#include "driver_script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *
header_or(const HttpRequest *req, const char *name)
{
    const char *value = request_header(req, name);

    return value == NULL ? "-" : value;
}

/* "columns" and "data" of a page, and the path of the next; NULL where there is none. */
static void
page(Script *script, HttpRequest *req, Response *res, const char *content, const char *next)
{
    Buf out = buf_new(req->arena, 1 << 20);

    buf_text(&out, "{\"id\":\"20240601_1\",\"stats\":{\"state\":\"RUNNING\"}");
    if (content != NULL)
        buf_format(&out, ",%s", content);
    if (next != NULL)
        buf_format(&out, ",\"nextUri\":\"http://%s/v1/statement/%s\"", script->address, next);
    buf_char(&out, '}');
    response_json(res, buf_slice(&out));
}

#define ONE_COLUMN "\"columns\":[{\"name\":\"n\",\"type\":\"bigint\"}]"
#define ERROR(name, message)                                                                       \
    "\"error\":{\"message\":\"" message "\",\"errorCode\":1,\"errorName\":\"" name "\"}"

/* What each kind of statement is answered with when it is posted: a page, or the path of the next.
 */
static const struct
{
    const char *words;
    const char *content;
    const char *next;
} posts[] = {
    { "select pages", NULL, "pages/1" },
    { "select slow", NULL, "slow/1" },
    { "select endless", ONE_COLUMN, "endless/1" },
    { "select broken", ONE_COLUMN ",\"data\":[[1],[2]]", "broken/1" },
    { "select busy", NULL, "busy/1" },
    { "select wide", ONE_COLUMN ",\"data\":[[1,2]]", NULL },
    { "select mistake", ERROR("SYNTAX_ERROR", "line 1:8: mismatched input"), NULL },
    { "select long", ERROR("EXCEEDED_TIME_LIMIT", "Query exceeded the maximum run time"), NULL },
    { "select forbidden", ERROR("PERMISSION_DENIED", "Access Denied: cannot select"), NULL },
    { "select nothing", NULL, NULL },
    { "select types",
      "\"columns\":[{\"name\":\"a\",\"type\":\"boolean\"},{\"name\":\"b\",\"type\":\"decimal(10,2)"
      "\"},{\"name\":\"c\",\"type\":\"double\"},{\"name\":\"d\",\"type\":\"varchar(5)\"},{"
      "\"name\":\"e\",\"type\":\"date\"},{\"name\":\"f\",\"type\":\"time(3)\"},{\"name\":\"g\","
      "\"type\":\"timestamp(6)\"},{\"name\":\"h\",\"type\":\"timestamp(3) with time zone\"},{"
      "\"name\":\"i\",\"type\":\"timestamp(3) with time "
      "zone\"},{\"name\":\"j\",\"type\":\"varbinary\"},{\"name\":\"k\",\"type\":\"array(integer)\"}"
      ",{\"name\":\"l\",\"type\":\"double\"},{\"name\":\"m\",\"type\":\"bigint\"},{\"name\":\"o\","
      "\"type\":\"timestamp(0) with time zone\"}],"
      "\"data\":[[true,\"-12.05\",1.5,\"é\",\"2024-02-29\",\"10:20:30.123\",\"2024-06-01 "
      "10:20:30.123456\",\"2024-06-01 12:20:30.123 Europe/Paris\",\"2024-06-01 10:20:30.000 "
      "-07:00\",\"aGk=\",[1,2],\"NaN\",9223372036854775807,\"2024-06-01 10:20:30 Moon/Base\"]]",
      NULL },
    { "information_schema.tables",
      "\"columns\":[{\"name\":\"a\",\"type\":\"varchar\"},{\"name\":\"b\",\"type\":\"varchar\"},{"
      "\"name\":\"c\",\"type\":\"boolean\"},{\"name\":\"d\",\"type\":\"unknown\"},{\"name\":\"e\","
      "\"type\":\"unknown\"}],\"data\":[[\"stats\",\"orders\",false,null,null],[\"stats\",\"paid\","
      "true,null,null]]",
      NULL },
    { "information_schema.columns",
      "\"columns\":[{\"name\":\"a\",\"type\":\"varchar\"},{\"name\":\"b\",\"type\":\"varchar\"},{"
      "\"name\":\"c\",\"type\":\"varchar\"},{\"name\":\"d\",\"type\":\"varchar\"},{\"name\":\"e\","
      "\"type\":\"varchar\"},{\"name\":\"f\",\"type\":\"boolean\"},{\"name\":\"g\",\"type\":"
      "\"varchar\"},{\"name\":\"h\",\"type\":\"boolean\"},{\"name\":\"i\",\"type\":\"boolean\"},{"
      "\"name\":\"j\",\"type\":\"boolean\"},{\"name\":\"k\",\"type\":\"boolean\"},{\"name\":\"l\","
      "\"type\":\"unknown\"}],\"data\":[[\"stats\",\"orders\",\"id\",\"bigint\",\"bigint\",false,"
      "null,false,false,false,false,null],[\"stats\",\"orders\",\"at\",\"timestamp(3) with time "
      "zone\",\"timestamp(3) with time zone\",true,null,false,false,false,false,null]]",
      NULL },
    { "version()",
      "\"columns\":[{\"name\":\"a\",\"type\":\"varchar\"},{\"name\":\"b\",\"type\":\"varchar\"},{"
      "\"name\":\"c\",\"type\":\"boolean\"}],\"data\":[[\"476\",\"UTC\",false]]",
      NULL },
};

static void
answer_post(Script *script, HttpRequest *req, Response *res)
{
    const char *text = str_copy(req->arena, req->body);

    (void) snprintf(script->seen, sizeof(script->seen), "%s|%s|%s|%s|%s|%s|%.100s",
                    header_or(req, "X-Trino-User"), header_or(req, "X-Trino-Catalog"),
                    header_or(req, "X-Trino-Schema"), header_or(req, "X-Trino-Source"),
                    header_or(req, "X-Trino-Time-Zone"), header_or(req, "X-Trino-Session"), text);
    if (strcmp(header_or(req, "X-Trino-User"), "nobody") == 0)
        response_text(res, 401, "Access Denied: Invalid credentials");
    else if (strcmp(header_or(req, "X-Trino-Catalog"), "nowhere") == 0)
        page(script, req, res, ERROR("CATALOG_NOT_FOUND", "Catalog 'nowhere' not found"), NULL);
    else if (strstr(text, "schemata") != NULL)
        page(script, req, res,
             strcmp(header_or(req, "X-Trino-Schema"), "nowhere") == 0 ? ONE_COLUMN ",\"data\":[[0]]"
                                                                      : ONE_COLUMN
                 ",\"data\":[[1]]",
             NULL);
    else if (strstr(text, "select elsewhere") != NULL)
        response_json(res, STR("{\"id\":\"1\",\"nextUri\":\"http://127.0.0.1:1/v1/statement/1\"}"));
    else
        for (size_t i = 0; i < COUNT_OF(posts); i++)
            if (strstr(text, posts[i].words) != NULL)
                page(script, req, res, posts[i].content, posts[i].next);
}

static void
answer_next(Script *script, HttpRequest *req, Response *res)
{
    const char *path = req->path + strlen("/v1/statement/");

    if (strcmp(path, "slow/1") == 0)
        script_stall(script, req);
    else if (strcmp(path, "broken/1") == 0)
        page(script, req, res, ERROR("DIVISION_BY_ZERO", "Division by zero"), NULL);
    else if (strcmp(path, "pages/1") == 0)
        page(script, req, res, NULL, "pages/2");
    else if (strcmp(path, "pages/2") == 0)
        page(script, req, res, ONE_COLUMN ",\"data\":[[1],[2]]", "pages/3");
    else if (strcmp(path, "pages/3") == 0)
        page(script, req, res, ONE_COLUMN, "pages/4");
    else if (strncmp(path, "endless/", 8) == 0)
        page(script, req, res, ONE_COLUMN ",\"data\":[[1],[2],[3]]",
             arena_format(req->arena, "endless/%ld", strtol(path + 8, NULL, 10) + 1));
    else
        page(script, req, res, ONE_COLUMN ",\"data\":[[3]]", NULL);
}

static void
answer(Script *script, HttpRequest *req, Response *res)
{
    if (req->method == DELETE)
    {
        (void) atomic_fetch_add(&script->stopped, 1);
        response_empty(res, 204);
    }
    else if (atomic_fetch_sub(&script->busy_left, 1) > 0)
        response_text(res, 503, "<html>busy</html>");
    else if (req->method == POST)
        answer_post(script, req, res);
    else
        answer_next(script, req, res);
}

static Conn *
open_usual(Script *script, Cancel *cancel)
{
    Error err;
    Conn *conn;

    script_start(script, answer);
    conn = script_open(script, "trino", "catalog=hive schema=stats user=ann", cancel, &err);
    CHECK_OK(conn != NULL, &err);
    return conn;
}

TEST(driver_trino_follows_pages_and_says_who_asks)
{
    Script script;
    CLEANUP(conn_close) Conn *conn = open_usual(&script, NULL);
    const QuerySession session = { .timezone = "Europe/Paris", .timeout_ms = 1500 };
    Rows rows;
    Error err;

    CHECK_OK(conn_prepare(conn, &session, &err), &err);
    CHECK_OK(script_ask(&script, conn, "select pages ; \n", &rows, &err), &err);
    CHECK_INT(rows.count, 3);
    CHECK_INT(rows.row[2][0].integer, 3);
    CHECK_STR(rows.columns.items[0].name, "n");
    CHECK_STR(script.seen,
              "ann|hive|stats|vigie|Europe/Paris|query_max_run_time=1500ms|select pages");
    CHECK_OK(script_ask(&script, conn, "select nothing", &rows, &err), &err);
    CHECK_INT(rows.count, 0);
    CHECK_INT(atomic_load(&script.stopped), 0);
    script_stop(&script);
}

TEST(driver_trino_reads_every_type)
{
    static const char *const texts[] = { "true",
                                         "-12.05",
                                         "1.5",
                                         "é",
                                         "2024-02-29",
                                         "10:20:30.123",
                                         "2024-06-01T10:20:30.123456",
                                         "2024-06-01T10:20:30.123000Z",
                                         "2024-06-01T17:20:30.000000Z",
                                         "6869",
                                         "[1,2]",
                                         NULL,
                                         "9223372036854775807",
                                         "2024-06-01 10:20:30 Moon/Base" };
    Script script;
    CLEANUP(conn_close) Conn *conn = open_usual(&script, NULL);
    Rows rows;
    Error err;

    CHECK_OK(script_ask(&script, conn, "select types", &rows, &err), &err);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
    {
        if (texts[i] == NULL)
            CHECK_INT(rows.row[0][i].kind, VALUE_NULL);
        else
            CHECK_STR(value_to_text(script.arena, &rows.row[0][i]), texts[i]);
    }
    CHECK_INT(rows.row[0][7].kind, VALUE_INSTANT);
    CHECK_INT(rows.row[0][9].kind, VALUE_BYTES);
    CHECK_STR(base_type_name(rows.columns.items[1].base_type), "type/Decimal");
    CHECK_STR(base_type_name(rows.columns.items[7].base_type), "type/DateTimeWithLocalTZ");
    CHECK_STR(base_type_name(rows.columns.items[10].base_type), "type/Array");
    script_stop(&script);
}

TEST(driver_trino_describes_a_catalog)
{
    Script script;
    CLEANUP(conn_close) Conn *conn = open_usual(&script, NULL);
    Schema schema;
    Error err;

    CHECK_OK(conn_describe(conn, script.arena, &schema, &err), &err);
    CHECK_INT(schema.table_count, 2);
    CHECK_STR(schema.version, "476");
    CHECK(!schema.tables[0].is_view && schema.tables[1].is_view);
    CHECK_INT(schema.tables[0].column_count, 2);
    CHECK(!schema.tables[0].columns[0].is_nullable && schema.tables[0].columns[1].is_nullable);
    CHECK_INT(schema.tables[0].columns[1].base_type, BASE_DATE_TIME_WITH_LOCAL_TZ);
    script_stop(&script);
}

TEST(driver_trino_asks_a_busy_server_again_until_there_is_no_time)
{
    Script script;
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    CLEANUP(conn_close) Conn *conn = open_usual(&script, NULL);
    const QuerySession session = { .cancel = cancel };
    int before = atomic_load(&script.calls);
    Rows rows;
    Error err;

    atomic_store(&script.busy_left, 2);
    CHECK_OK(script_ask(&script, conn, "select busy", &rows, &err), &err);
    CHECK_INT(rows.count, 1);
    CHECK_INT(atomic_load(&script.calls) - before, 4);
    atomic_store(&script.busy_left, 1000);
    cancel_set_deadline(cancel, time_monotonic() + 400000);
    CHECK_OK(conn_prepare(conn, &session, &err), &err);
    CHECK_ERROR(script_ask(&script, conn, "select busy", &rows, &err), &err, ERR_UNAVAILABLE);
    CHECK_STR(err.message, "the database has too much to do");
    script_stop(&script);
}

TEST(driver_trino_says_what_the_server_refused)
{
    static const struct
    {
        const char *text;
        ErrorCode code;
        const char *message;
    } cases[] = {
        { "select broken", ERR_UPSTREAM, "the database refused the statement: Division by zero" },
        { "select mistake", ERR_UPSTREAM, "the SQL has a mistake: line 1:8: mismatched input" },
        { "select long", ERR_TIMEOUT,
          "the database stopped the statement: Query exceeded the maximum run time" },
        { "select forbidden", ERR_DENIED,
          "the database user has no right to this: Access Denied: cannot select" },
        { "select wide", ERR_UPSTREAM, "Trino sent a row of another width" },
        { "select elsewhere", ERR_UPSTREAM, "Trino continues at another address than its own" },
        { "insert into t values (1)", ERR_DENIED, "only one statement that reads is allowed" },
        { "execute immediate 'drop table t'", ERR_DENIED,
          "only one statement that reads is allowed" },
        { "/* a */ explain -- b\n analyze delete from t", ERR_DENIED,
          "a statement is explained here without being run" },
    };
    Script script;
    CLEANUP(conn_close) Conn *conn = open_usual(&script, NULL);
    Rows rows;
    Error err;

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        CHECK_ERROR(script_ask(&script, conn, cases[i].text, &rows, &err), &err, cases[i].code);
        CHECK_STR(err.message, cases[i].message);
    }
    CHECK(!conn_is_broken(conn));
    CHECK_INT(atomic_load(&script.stopped), 0);
    script_stop(&script);
}

TEST(driver_trino_deletes_a_statement_that_is_stopped)
{
    Script script;
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    CLEANUP(conn_close) Conn *conn = open_usual(&script, NULL);
    CLEANUP(conn_close)
    Conn *other = script_open(&script, "trino", "catalog=hive user=ann", NULL, &(Error){ 0 });
    QuerySession session = { .cancel = cancel };
    Rows rows;
    Error err;

    /* A reader that has enough. */
    CHECK_ERROR(script_ask(&script, conn, "select endless", &rows, &err), &err, ERR_TOO_LARGE);
    CHECK_INT(atomic_load(&script.stopped), 1);
    /* The deadline of the task. */
    cancel_set_deadline(cancel, time_monotonic() + 300000);
    CHECK_OK(conn_prepare(conn, &session, &err), &err);
    CHECK_ERROR(script_ask(&script, conn, "select slow", &rows, &err), &err, ERR_TIMEOUT);
    CHECK_INT(atomic_load(&script.stopped), 2);
    /* Somebody's word, by both ways. */
    cancel_set_deadline(cancel, 0);
    CHECK_ERROR(script_ask_and_stop(&script, conn, "select slow", cancel, &err), &err,
                ERR_CANCELLED);
    CHECK_INT(atomic_load(&script.stopped), 3);
    CHECK(conn_is_broken(conn));
    CHECK_ERROR(script_ask_and_stop(&script, other, "select slow", NULL, &err), &err,
                ERR_CANCELLED);
    CHECK_INT(atomic_load(&script.stopped), 4);
    script_stop(&script);
}

TEST(driver_trino_names_the_field_that_is_wrong)
{
    static const struct
    {
        const char *details, *field, *message;
    } cases[] = {
        { "catalog=hive user=nobody", "password",
          "the database refused the user or the password: Access Denied: Invalid credentials" },
        { "catalog=nowhere user=ann", "catalog",
          "there is no catalog of this name on the server: Catalog 'nowhere' not found" },
        { "catalog=hive schema=nowhere user=ann", "schema",
          "there is no schema nowhere in the catalog hive." },
        { "catalog=hive user=ann password=secret", "ssl",
          "a password is only sent over a secure connection." },
        { "catalog=hive\tuser=ann user=ann", "catalog", "value must be one line." },
        { "catalog=hive", "user", "value is required." },
        { "catalog=hive user=ann engine=x", "engine", "Trino, Starburst has no such option." },
        { "host=a/b catalog=hive user=ann", "host",
          "value must be the name or the address of one server." },
    };
    Script script;
    Error err;

    script_start(&script, answer);
    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        err = (Error){ 0 };
        CHECK(script_open(&script, "trino", cases[i].details, NULL, &err) == NULL);
        CHECK_STR(err.field, cases[i].field);
        CHECK_STR(err.message, cases[i].message);
    }
    /* A server that speaks no TLS, and nobody there. */
    CHECK(script_open(&script, "trino", "catalog=hive user=ann password=secret ssl=true", NULL,
                      &err) == NULL);
    CHECK_STR(err.field, "ssl");
    CHECK(strstr(err.message, "secret") == NULL);
    server_close(&script.server);
    CHECK(script_open(&script, "trino", "catalog=hive user=ann", NULL, &err) == NULL);
    CHECK_STR(err.field, "port");
    script_stop(&script);
}
