/* What every driver promises, against each server that can be started: rows one by one, cancelling
 * seen by the server, limits of time, reading only, lost connections. */
#include "test.h"

#include "driver/driver.h"
#include "driver/duckdb_library.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Engine
{
    const char *driver;
    const char *environment; /* address of the server: "scheme://user:password@host:port" */
    const char *dbname;
    const char *million; /* a statement of a million rows */
    const char *sleep;   /* one of half a minute */
    const char *running; /* how many of those the server knows of */
    const char
        *drop; /* ends the connection that `identity` named; NULL: no statement that reads does */
    const char *identity;
} Engine;

static const Engine engines[] = {
    { .driver = "postgres",
      .environment = "VIGIE_TEST_POSTGRES",
      .dbname = "postgres",
      .million = "select i, md5(cast(i as text)) from generate_series(1, 1000000) as i",
      .sleep = "select pg_sleep(30) /* long */",
      .running = "select count(*) from pg_stat_activity where state = 'active' and query like "
                 "'%/* long */%' and pid <> pg_backend_pid()",
      .identity = "select pg_backend_pid()",
      .drop = "select pg_terminate_backend(%s)" },
    { .driver = "mysql",
      .environment = "VIGIE_TEST_MYSQL",
      .dbname = "mysql",
      .million = "select seq, md5(seq) from seq_1_to_1000000",
      .sleep = "select sleep(30)",
      .running = "select count(*) from information_schema.processlist where info like 'select "
                 "sleep(30)%'",
      .identity = "select connection_id()",
      .drop = NULL },
};

static const Engine clickhouse = { .driver = "clickhouse",
                                   .environment = "VIGIE_TEST_CLICKHOUSE",
                                   .dbname = "default",
                                   .million = "select number, hex(MD5(toString(number))) from "
                                              "numbers(1000000)" };

/* NULL when the server was not started. */
static Conn *
connect_to(const Engine *engine, Arena *arena, Cancel *cancel)
{
    char user[100], password[100], host[100];
    const char *url = getenv(engine->environment);
    Json *details = json_new(arena, JSON_OBJECT);
    ConnSpec spec = { .driver = driver_lookup(engine->driver),
                      .details = details,
                      .cancel = cancel };
    Conn *conn;
    Error err;
    int port;

    if (url == NULL || url[0] == '\0' || spec.driver == NULL)
        return NULL;
    CHECK_INT(sscanf(url, "%*[^:]://%99[^:]:%99[^@]@%99[^:]:%d", user, password, host, &port), 4);
    json_put(arena, details, "host", json_new_text(arena, arena_text(arena, host)));
    json_put(arena, details, "port", json_new_int(arena, port));
    json_put(arena, details, "user", json_new_text(arena, arena_text(arena, user)));
    json_put(arena, details, "password", json_new_text(arena, arena_text(arena, password)));
    json_put(arena, details, "dbname", json_new_text(arena, engine->dbname));
    conn = conn_open(&spec, &err);
    CHECK_OK(conn != NULL, &err);
    return conn;
}

static bool
run(Conn *conn, Arena *arena, const char *text, RowSink *sink, Error *err)
{
    Sql sql = { .arena = arena, .dialect = ((ConnBase *) conn)->driver->dialect };

    sql_native(&sql, str_of(text));
    return conn_query(conn, &sql, sink, err);
}

static const char *
ask(Conn *conn, Arena *arena, const char *text)
{
    Rows rows;
    RowCollector collector = row_collector(arena, &rows, 1000);
    Error err;

    CHECK_OK(run(conn, arena, text, &collector.sink, &err), &err);
    CHECK(rows.count > 0);
    return value_to_text(arena, &rows.row[0][0]);
}

/* --------------------------------------------------------------------------------- one by one */

typedef struct CountSink
{
    RowSink sink;
    int64_t rows;
    int64_t early, late; /* pages of memory of this process, at the tenth part and at the end */
    int64_t stop_at;     /* fails there; 0: never */
} CountSink;

static int64_t
memory_pages(void)
{
    long all = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");

    CHECK(file != NULL && fscanf(file, "%ld %ld", &all, &resident) == 2);
    (void) fclose(file);
    return resident;
}

static bool
count_begin(RowSink *sink, const Columns *columns, Error *err)
{
    (void) sink;
    (void) columns;
    (void) err;
    return true;
}

static bool
count_row(RowSink *sink, const Value *cells, Error *err)
{
    CountSink *count = (CountSink *) sink;

    (void) cells;
    count->rows++;
    if (count->rows == count->stop_at)
        return error_set(err, ERR_TOO_LARGE, "enough");
    if (count->rows == 100000)
        count->early = memory_pages();
    return true;
}

static bool
count_end(RowSink *sink, Error *err)
{
    (void) err;
    ((CountSink *) sink)->late = memory_pages();
    return true;
}

static CountSink
count_sink(int64_t stop_at)
{
    return (CountSink){ .sink = { count_begin, count_row, count_end }, .stop_at = stop_at };
}

static void
check_million(Conn *conn, Arena *arena, const char *text)
{
    CountSink count = count_sink(0);
    Error err;

    CHECK_OK(run(conn, arena, text, &count.sink, &err), &err);
    CHECK_INT(count.rows, 1000000);
    CHECK((count.late - count.early) * sysconf(_SC_PAGESIZE) < 32 * 1024 * 1024);
    /* A sink that has enough does not wait for the rest, and the connection goes on. */
    count = count_sink(1000);
    CHECK_ERROR(run(conn, arena, text, &count.sink, &err), &err, ERR_TOO_LARGE);
    CHECK_INT(count.rows, 1000);
    if (!conn_is_broken(conn))
    {
        count = count_sink(0);
        CHECK_OK(run(conn, arena, "select 7", &count.sink, &err), &err);
    }
}

TEST(driver_servers_tell_what_they_are)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Engine *all[] = { &engines[0], &engines[1], &clickhouse };

    for (size_t i = 0; i < COUNT_OF(all); i++)
    {
        CLEANUP(conn_close) Conn *conn = connect_to(all[i], arena, NULL);
        const Zone *zone;
        Schema schema;
        Error err;

        if (conn == NULL)
            continue;
        CHECK_OK(conn_describe(conn, arena, &schema, &err), &err);
        CHECK(schema.version != NULL && schema.version[0] != '\0');
        /* Questions are asked in it. */
        CHECK(schema.timezone != NULL);
        CHECK_OK(zone_load(arena, schema.timezone, &zone, &err), &err);
        CHECK(schema.can_write || all[i] != &clickhouse);
    }
}

TEST(driver_servers_send_rows_one_by_one)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i <= COUNT_OF(engines); i++)
    {
        const Engine *engine = i < COUNT_OF(engines) ? &engines[i] : &clickhouse;
        CLEANUP(conn_close) Conn *conn = connect_to(engine, arena, NULL);

        if (conn != NULL)
            check_million(conn, arena, engine->million);
    }
}

/* ----------------------------------------------------------------------------------- cancelling */

typedef struct Killer
{
    const Engine *engine;
    Cancel *cancel; /* of the statement; or NULL: */
    Conn *conn;     /* conn_cancel */
    Conn *watch;
    int seen; /* running statements before */
} Killer;

static int
count_running(Conn *watch, const Engine *engine)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    return (int) strtol(ask(watch, arena, engine->running), NULL, 10);
}

static void *
cancel_soon(void *arg)
{
    Killer *killer = arg;

    for (int i = 0; i < 100 && killer->seen == 0; i++)
    {
        (void) usleep(20000);
        killer->seen = count_running(killer->watch, killer->engine);
    }
    if (killer->cancel != NULL)
        cancel_now(killer->cancel);
    else
        conn_cancel(killer->conn);
    return NULL;
}

static void
check_cancel(const Engine *engine, bool by_task)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    CLEANUP(conn_close) Conn *watch = connect_to(engine, arena, NULL);
    CLEANUP(conn_close) Conn *conn = connect_to(engine, arena, by_task ? cancel : NULL);
    Killer killer = { engine, by_task ? cancel : NULL, conn, watch, 0 };
    CountSink count = count_sink(0);
    int64_t begin = time_monotonic();
    int left = 1;
    pthread_t thread;
    Error err;

    if (conn == NULL)
        return;
    CHECK_INT(pthread_create(&thread, NULL, cancel_soon, &killer), 0);
    CHECK(!run(conn, arena, engine->sleep, &count.sink, &err));
    (void) pthread_join(thread, NULL);
    CHECK(err.code == ERR_CANCELLED || err.code == ERR_TIMEOUT);
    CHECK(time_monotonic() - begin < 10 * SECOND_US);
    CHECK_INT(killer.seen, 1);
    for (int i = 0; i < 100 && left > 0; i++)
    {
        left = count_running(watch, engine);
        (void) usleep(20000);
    }
    CHECK_INT(left, 0);
}

TEST(driver_servers_stop_a_cancelled_statement)
{
    for (size_t i = 0; i < COUNT_OF(engines); i++)
    {
        check_cancel(&engines[i], true);
        check_cancel(&engines[i], false);
    }
}

TEST(driver_servers_limit_the_time_of_a_statement)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(engines); i++)
    {
        CLEANUP(conn_close) Conn *conn = connect_to(&engines[i], arena, NULL);
        QuerySession session = { .timeout_ms = 200 };
        CountSink count = count_sink(0);
        Error err;

        if (conn == NULL)
            continue;
        CHECK_OK(conn_prepare(conn, &session, &err), &err);
        CHECK_ERROR(run(conn, arena, engines[i].sleep, &count.sink, &err), &err, ERR_TIMEOUT);
        CHECK(!conn_is_broken(conn));
        session.timeout_ms = 0;
        CHECK_OK(conn_prepare(conn, &session, &err), &err);
        CHECK_STR(ask(conn, arena, "select 7"), "7");
    }
}

TEST(driver_servers_tell_a_lost_connection)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(engines); i++)
    {
        CLEANUP(conn_close) Conn *conn = connect_to(&engines[i], arena, NULL);
        CLEANUP(conn_close) Conn *other = connect_to(&engines[i], arena, NULL);
        CountSink count = count_sink(0);
        Error err;

        if (conn == NULL || engines[i].drop == NULL)
            continue;
        CHECK(!conn_is_broken(conn));
        /* Some servers answer such a statement with no row. */
        (void) run(other, arena,
                   arena_format(arena, engines[i].drop, ask(conn, arena, engines[i].identity)),
                   &count.sink, &err);
        for (int tries = 0; tries < 100 && !conn_is_broken(conn); tries++)
            (void) usleep(20000);
        CHECK(conn_is_broken(conn));
        CHECK(!run(conn, arena, "select 7", &count.sink, &err));
    }
}

/* --------------------------------------------------------------------------------- reading only */

TEST(driver_servers_let_nothing_be_written)
{
    static const struct
    {
        const char *driver, *text;
    } wrong[] = {
        { "postgres", "create table written (a integer)" },
        { "postgres", "set default_transaction_read_only = off; create table written (a integer)" },
        { "mysql", "create table mysql.written (a integer)" },
        { "mysql", "insert into mysql.time_zone_leap_second values (1, 2)" },
        { "mysql", "select 1; select 2" },
        { "mysql", "create database written" },
        { "mysql", "/*! drop database written */" },
        { "mysql", "/* a */ -- b\n set global max_connections = 5" },
        { "mysql", "kill 1" },
        { "mysql", "analyze table mysql.time_zone" },
        { "mysql", "explain_not select 1" },
        { "postgres", "copy (select 1) to '/tmp/written'" },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(engines); i++)
    {
        CLEANUP(conn_close) Conn *conn = connect_to(&engines[i], arena, NULL);
        CountSink count = count_sink(0);
        Error err;

        for (size_t w = 0; conn != NULL && w < COUNT_OF(wrong); w++)
            if (strcmp(wrong[w].driver, engines[i].driver) == 0 &&
                run(conn, arena, wrong[w].text, &count.sink, &err))
                fail_msg("was run: %s", wrong[w].text);
    }
}

/* What a person sets in a statement ends with it. */
TEST(driver_servers_forget_what_a_statement_set)
{
    static const char *const sets[][3] = {
        { "set default_transaction_read_only = off", "show default_transaction_read_only", "on" },
        { "set session sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'", "select \"it\\'s\"",
          "it's" },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(engines); i++)
    {
        CLEANUP(conn_close) Conn *conn = connect_to(&engines[i], arena, NULL);
        Rows rows;
        RowCollector collector = row_collector(arena, &rows, 10);
        Error err;

        if (conn == NULL)
            continue;
        (void) run(conn, arena, sets[i][0], &collector.sink, &err);
        CHECK_STR(ask(conn, arena, sets[i][1]), sets[i][2]);
    }
}

/* -------------------------------------------------------------------------------------- DuckDB */

typedef struct DuckFolder
{
    char path[40];
    char file[80];
} DuckFolder;

static void
duck_script(const DuckLibrary *library, const char *file, const char *text)
{
    DuckConnection connection = NULL;
    DuckDatabase database = NULL;
    DuckResult result = { 0 };

    CHECK(library->open_ext(file, &database, NULL, NULL) == DUCK_OK);
    CHECK(library->connect(database, &connection) == DUCK_OK);
    if (library->query(connection, text, &result) != DUCK_OK)
        fail_msg("%s", library->result_error(&result));
    library->destroy_result(&result);
    library->disconnect(&connection);
    library->close(&database);
}

/* False without the library. */
static bool
make_duck(DuckFolder *folder)
{
    static const char script[] =
        "create table parent (id integer primary key, name text not null);"
        "create table child (id integer, parent_id integer references parent (id), price "
        "decimal(10, 2), big hugeint, seen timestamptz, tags text[], shape struct(a integer), mood "
        "enum ('sad', 'ok'), code uuid, day date, span interval);"
        "create view both_sides as select name, price from child join parent on parent_id = "
        "parent.id;"
        "insert into parent values (1, 'a longer name of the parent');"
        "insert into child values (1, 1, -12.05, 170141183460469231731687303715884105727, "
        "'2024-06-01 10:20:30+00', ['a', 'b'], {'a': 1}, 'ok', "
        "'6b3b1f0e-4d34-4ee4-8d0f-0b9e1a5c1c11', '2024-02-29', interval '1 day'), (2, null, null, "
        "null, null, null, null, null, null, null, null)";
    const DuckLibrary *library;

    duckdb_library_setup(getenv("VIGIE_DUCKDB_LIBRARY"));
    if (!duckdb_library(&library, &(Error){ 0 }))
        return false;
    (void) snprintf(folder->path, sizeof(folder->path), "/tmp/vigie-duck-XXXXXX");
    CHECK(mkdtemp(folder->path) != NULL);
    (void) snprintf(folder->file, sizeof(folder->file), "%s/test.duckdb", folder->path);
    duck_script(library, folder->file, script);
    return true;
}

static void
drop_duck(const DuckFolder *folder)
{
    (void) unlink(folder->file);
    (void) rmdir(folder->path);
}

static Conn *
open_duck(Arena *arena, const DuckFolder *folder, Cancel *cancel)
{
    ConnSpec spec = { .driver = driver_lookup("duckdb"),
                      .cancel = cancel,
                      .data_folder = folder->path };
    Json *details = json_new(arena, JSON_OBJECT);
    Conn *conn;
    Error err;

    json_put(arena, details, "database_file", json_new_text(arena, "test.duckdb"));
    spec.details = details;
    conn = conn_open(&spec, &err);
    CHECK_OK(conn != NULL, &err);
    return conn;
}

TEST(duckdb_describes_and_reads_every_type)
{
    static const char *const row[] = { "1",
                                       "1",
                                       "-12.05",
                                       "170141183460469231731687303715884105727",
                                       "2024-06-01T10:20:30.000000Z",
                                       "[\"a\",\"b\"]",
                                       "{\"a\":1}",
                                       "ok",
                                       "6b3b1f0e-4d34-4ee4-8d0f-0b9e1a5c1c11",
                                       "2024-02-29",
                                       "1 day" };
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(conn_close) Conn *conn = NULL;
    const SchemaTable *child;
    DuckFolder folder;
    Schema schema;
    Rows rows;
    RowCollector collector = row_collector(arena, &rows, 10);
    Error err;

    if (!make_duck(&folder))
        return;
    conn = open_duck(arena, &folder, NULL);
    CHECK_OK(conn_describe(conn, arena, &schema, &err), &err);
    CHECK_INT(schema.table_count, 3);
    CHECK_STR(schema.tables[0].name, "both_sides");
    CHECK(schema.tables[0].is_view);
    child = &schema.tables[1];
    CHECK_INT(child->column_count, 11);
    CHECK_STR(child->columns[1].target_table, "parent");
    CHECK_STR(base_type_name(child->columns[2].base_type), "type/Decimal");
    CHECK_STR(base_type_name(child->columns[4].base_type), "type/DateTimeWithLocalTZ");
    CHECK_STR(base_type_name(child->columns[5].base_type), "type/Array");
    CHECK(schema.tables[2].columns[0].is_pk && !schema.tables[2].columns[0].is_nullable);
    CHECK_OK(run(conn, arena, "select * from child order by id", &collector.sink, &err), &err);
    CHECK_INT(rows.count, 2);
    for (size_t i = 0; i < COUNT_OF(row); i++)
        CHECK_STR(value_to_text(arena, &rows.row[0][i]), row[i]);
    CHECK_STR(rows.columns.items[5].name, "tags");
    for (size_t i = 1; i < COUNT_OF(row); i++)
        CHECK(rows.row[1][i].kind == VALUE_NULL);
    drop_duck(&folder);
}

TEST(duckdb_lets_nothing_be_written_attached_or_loaded)
{
    static const char *const wrong[] = {
        "insert into parent values (2, 'b')",
        "create table t (a integer)",
        "attach '/tmp/other.duckdb' as other",
        "copy parent to '/tmp/copy.csv'",
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from '/etc/passwd'",
        "install httpfs",
        "load httpfs",
        "set memory_limit = '100GB'",
        "set enable_external_access = true",
        "pragma database_list; select 1",
        "export database '/tmp/out'",
        "",
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(conn_close) Conn *conn = NULL;
    CountSink count = count_sink(0);
    DuckFolder folder;
    Error err;

    if (!make_duck(&folder))
        return;
    conn = open_duck(arena, &folder, NULL);
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        if (run(conn, arena, wrong[i], &count.sink, &err))
            fail_msg("was run: %s", wrong[i]);
    CHECK_STR(ask(conn, arena, "select count(*) from parent"), "1");
    drop_duck(&folder);
}

TEST(duckdb_sends_rows_one_by_one_and_stops)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    CLEANUP(conn_close) Conn *conn = NULL;
    QuerySession session = { .timeout_ms = 100 };
    CountSink count = count_sink(0);
    static const char endless[] = "select sum(a.range * b.range % 7) from range(10000000) a, "
                                  "range(10000000) b";
    DuckFolder folder;
    Error err;

    if (!make_duck(&folder))
        return;
    conn = open_duck(arena, &folder, cancel);
    check_million(conn, arena, "select range, md5(cast(range as text)) from range(1000000)");
    CHECK_OK(conn_prepare(conn, &session, &err), &err);
    CHECK_ERROR(run(conn, arena, endless, &count.sink, &err), &err, ERR_TIMEOUT);
    session = (QuerySession){ .cancel = cancel };
    CHECK_OK(conn_prepare(conn, &session, &err), &err);
    cancel_set_deadline(cancel, time_monotonic() + SECOND_US / 10);
    CHECK_ERROR(run(conn, arena, endless, &count.sink, &err), &err, ERR_TIMEOUT);
    drop_duck(&folder);
}
