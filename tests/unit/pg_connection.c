/* Against a real server: statements, types, waits and cancelling, COPY, snapshots, locks, errors.
 */
#include "base/heap.h"
#include "pg/pg.h"
#include "store_setup.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static PgTarget
target_of(Arena *arena)
{
    PgTarget target;
    Error err;

    CHECK_OK(pg_target_from_url(arena, postgres_url(), &target, &err), &err);
    return target;
}

static Pg *
connect_to(Arena *arena)
{
    PgTarget target = target_of(arena);
    Pg *pg = NULL;
    Error err;

    CHECK_OK(pg_open(&target, NULL, &pg, &err), &err);
    return pg;
}

static Rows
ask(Pg *pg, Arena *arena, const char *sql, const Value *values, size_t count)
{
    Rows rows;
    RowCollector collector = row_collector(arena, &rows, 0);
    Error err;

    CHECK_OK(pg_query(pg, NULL, sql, values, count, &collector.sink, &err), &err);
    return rows;
}

SERVER_TEST(pg_values_go_and_come_back_with_their_types)
{
    static const struct
    {
        const char *sql;
        ValueKind kind;
        BaseType base;
        const char *text;
    } cases[] = {
        { "select true", VALUE_BOOL, BASE_BOOLEAN, "true" },
        { "select 12::smallint", VALUE_INT, BASE_INTEGER, "12" },
        { "select 9223372036854775807", VALUE_INT, BASE_BIG_INTEGER, "9223372036854775807" },
        { "select 1.50::numeric", VALUE_DECIMAL, BASE_DECIMAL, "1.50" },
        { "select 0.1::float8", VALUE_DECIMAL, BASE_FLOAT, "0.1" },
        { "select 'é'::text", VALUE_TEXT, BASE_TEXT, "é" },
        { "select date '2024-02-29'", VALUE_DATE, BASE_DATE, "2024-02-29" },
        { "select timestamp '2024-02-29 10:20:30.5'", VALUE_DATETIME, BASE_DATE_TIME,
          "2024-02-29T10:20:30.5" },
        { "select timestamptz '2024-02-29 10:20:30.25+05:30'", VALUE_INSTANT,
          BASE_DATE_TIME_WITH_LOCAL_TZ, "2024-02-29T04:50:30.250000Z" },
        { "select timestamptz 'infinity'", VALUE_TEXT, BASE_DATE_TIME_WITH_LOCAL_TZ, "infinity" },
        { "select time '10:20'", VALUE_TIME, BASE_TIME, "10:20:00" },
        { "select '\\x00ff'::bytea", VALUE_BYTES, BASE_ANY, "00ff" },
        { "select '{\"a\": 1}'::jsonb", VALUE_JSON, BASE_JSON, "{\"a\": 1}" },
        { "select '10.0.0.1'::inet", VALUE_TEXT, BASE_IP_ADDRESS, "10.0.0.1" },
        { "select array[1,2]", VALUE_TEXT, BASE_ANY, "{1,2}" },
        { "select null::int", VALUE_NULL, BASE_INTEGER, NULL },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *pg = connect_to(arena);

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        Rows rows = ask(pg, arena, cases[i].sql, NULL, 0);
        const char *text = value_to_text(arena, &rows.row[0][0]);

        CHECK_STR(value_kind_name(rows.row[0][0].kind), value_kind_name(cases[i].kind));
        CHECK_INT(rows.columns.items[0].base_type, cases[i].base);
        if (cases[i].text == NULL)
            CHECK(text == NULL);
        else
            CHECK_STR(text, cases[i].text);
    }
}

SERVER_TEST(pg_parameters_are_bound_not_written)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *pg = connect_to(arena);
    const Value bytes = { .kind = VALUE_BYTES, .text = { "\0'\xff", 3 } };
    const Value zero = value_of_str((Str){ "a\0b", 3 });
    Rows rows =
        ask(pg, arena, "select $1::text, $2::int8, $3::bool, $4::bytea, $5::timestamptz, $6::text",
            VALUES(VALUE_OF_TEXT("'; drop table x; --"), VALUE_OF_INT(-1), VALUE_OF_BOOL(false),
                   bytes, VALUE_OF_INSTANT(SECOND_US), VALUE_OF_NULL));
    Error err;

    CHECK_STR(value_to_text(arena, &rows.row[0][0]), "'; drop table x; --");
    CHECK_INT(rows.row[0][1].integer, -1);
    CHECK(!rows.row[0][2].boolean);
    CHECK_STR(value_to_text(arena, &rows.row[0][3]), "0027ff");
    CHECK_INT(rows.row[0][4].integer, SECOND_US);
    CHECK(rows.row[0][5].kind == VALUE_NULL);
    CHECK_ERROR(pg_query(pg, NULL, "select $1::text", &zero, 1, NULL, &err), &err, ERR_INVALID);
}

/* A sink that counts, and stops after some rows. */
typedef struct Counter
{
    RowSink sink;
    int64_t rows;
    int64_t stop_after;
    bool ended;
} Counter;

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
    Counter *counter = (Counter *) sink;

    (void) cells;
    counter->rows++;
    if (counter->rows == counter->stop_after)
        return error_set(err, ERR_TOO_LARGE, "enough");
    return true;
}

static bool
count_end(RowSink *sink, Error *err)
{
    (void) err;
    ((Counter *) sink)->ended = true;
    return true;
}

static Counter
counter_of(int64_t stop_after)
{
    return (Counter){ .sink = { count_begin, count_row, count_end }, .stop_after = stop_after };
}

SERVER_TEST(pg_rows_come_one_by_one_and_a_sink_may_stop_them)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *pg = connect_to(arena);
    Counter all = counter_of(0);
    Counter few = counter_of(10);
    Counter none = counter_of(0);
    Error err;

    CHECK_OK(pg_query(pg, NULL, "select generate_series(1, 100000)", NULL, 0, &all.sink, &err),
             &err);
    CHECK_INT(all.rows, 100000);
    CHECK(all.ended);
    CHECK_ERROR(
        pg_query(pg, NULL, "select generate_series(1, 100000000)", NULL, 0, &few.sink, &err), &err,
        ERR_TOO_LARGE);
    CHECK_INT(few.rows, 10);
    CHECK(!few.ended);
    CHECK(!pg_is_broken(pg));
    CHECK_OK(pg_query(pg, NULL, "select 1 where false", NULL, 0, &none.sink, &err), &err);
    CHECK(none.ended);
    CHECK_INT(none.rows, 0);
}

SERVER_TEST(pg_prepared_statements_and_scripts_run)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *pg = connect_to(arena);
    Rows rows;
    RowCollector collector = row_collector(arena, &rows, 0);
    Error err;

    CHECK_OK(
        pg_script(pg, NULL, "create temp table t (a int); insert into t values (1), (2)", &err),
        &err);
    CHECK_OK(pg_prepare(pg, NULL, "more", "select a from t where a > $1", &err), &err);
    CHECK_OK(pg_query_prepared(pg, NULL, "more", VALUES(VALUE_OF_INT(1)), &collector.sink, &err),
             &err);
    CHECK_INT(rows.count, 1);
    CHECK_ERROR(pg_script(pg, NULL, "select 1; selec 2", &err), &err, ERR_UPSTREAM);
    CHECK_STR(pg_sqlstate(pg), "42601");
    CHECK(pg_server_version(pg) > 90000);
}

/* ------------------------------------------------------------------------------------- cancelling
 */

typedef struct Sleeper
{
    Pg *pg;
    Cancel *cancel;
    bool done;
    Error err;
} Sleeper;

static void *
sleep_in_database(void *arg)
{
    Sleeper *sleeper = arg;

    sleeper->done =
        pg_query(sleeper->pg, sleeper->cancel, "select pg_sleep(60)", NULL, 0, NULL, &sleeper->err);
    return NULL;
}

static int64_t
count_sleepers(Pg *watcher, Arena *arena, int pid)
{
    Rows rows = ask(watcher, arena,
                    "select count(*) from pg_stat_activity where pid = $1 and state = 'active'",
                    VALUES(VALUE_OF_INT(pid)));

    return rows.row[0][0].integer;
}

static void
wait_for_sleepers(Pg *watcher, Arena *arena, int pid, int64_t wanted)
{
    for (int i = 0; i < 500 && count_sleepers(watcher, arena, pid) != wanted; i++)
        (void) usleep(10000);
    CHECK_INT(count_sleepers(watcher, arena, pid), wanted);
}

SERVER_TEST(pg_cancel_stops_the_statement_on_the_server)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *pg = connect_to(arena);
    CLEANUP(pg_close) Pg *watcher = connect_to(arena);
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    Sleeper sleeper = { .pg = pg, .cancel = cancel };
    int64_t before;
    pthread_t thread;

    CHECK_INT(pthread_create(&thread, NULL, sleep_in_database, &sleeper), 0);
    wait_for_sleepers(watcher, arena, pg_backend_pid(pg), 1);
    before = time_monotonic();
    cancel_now(cancel);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK(time_monotonic() - before < 2 * SECOND_US);
    CHECK_ERROR(sleeper.done, &sleeper.err, ERR_CANCELLED);
    wait_for_sleepers(watcher, arena, pg_backend_pid(pg), 0);
    CHECK(!pg_is_broken(pg));
    CHECK_INT(ask(pg, arena, "select 1", NULL, 0).count, 1);
}

SERVER_TEST(pg_cancel_from_another_thread_is_an_error_of_the_server)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *pg = connect_to(arena);
    CLEANUP(pg_close) Pg *watcher = connect_to(arena);
    Sleeper sleeper = { .pg = pg };
    pthread_t thread;
    Error err;

    CHECK_INT(pthread_create(&thread, NULL, sleep_in_database, &sleeper), 0);
    wait_for_sleepers(watcher, arena, pg_backend_pid(pg), 1);
    CHECK_OK(pg_cancel(pg, &err), &err);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_ERROR(sleeper.done, &sleeper.err, ERR_TIMEOUT);
    CHECK_STR(pg_sqlstate(pg), "57014");
}

SERVER_TEST(pg_deadline_stops_the_statement)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *pg = connect_to(arena);
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    int64_t before = time_monotonic();
    Error err;

    cancel_set_deadline(cancel, before + SECOND_US / 5);
    CHECK_ERROR(pg_query(pg, cancel, "select pg_sleep(60)", NULL, 0, NULL, &err), &err,
                ERR_TIMEOUT);
    CHECK(time_monotonic() - before < 2 * SECOND_US);
    CHECK(!pg_is_broken(pg));
    CHECK_INT(ask(pg, arena, "select 1", NULL, 0).count, 1);
}

/* ------------------------------------------------------------------------------------------- COPY
 */

static bool
add_chunk(void *arg, Str data, Error *err)
{
    (void) err;
    buf_str(arg, data);
    return true;
}

static bool
refuse_chunk(void *arg, Str data, Error *err)
{
    int *count = arg;

    (void) data;
    (*count)++;
    return *count < 5 || error_set(err, ERR_INVALID, "a column has no rule");
}

SERVER_TEST(pg_copy_brings_the_same_bytes_back)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *pg = connect_to(arena);
    Buf sent = buf_new(arena, 16 * 1024 * 1024);
    Buf got = buf_new(arena, 16 * 1024 * 1024);
    int64_t rows = 0;
    Error err;

    for (int i = 0; i < 50000; i++)
        buf_format(&sent, "%d\tligne n° %d \\t \\\\ fin\n", i, i);
    CHECK_OK(pg_script(pg, NULL, "create temp table t (a int, b text)", &err), &err);
    CHECK_OK(pg_copy_in_begin(pg, NULL, "copy t from stdin", &err), &err);
    CHECK_OK(pg_copy_in_write(pg, NULL, buf_slice(&sent), &err), &err);
    CHECK_OK(pg_copy_in_end(pg, NULL, &rows, &err), &err);
    CHECK_INT(rows, 50000);
    CHECK_OK(
        pg_copy_out(pg, NULL, "copy (select * from t order by a) to stdout", add_chunk, &got, &err),
        &err);
    CHECK(str_equal(buf_slice(&sent), buf_slice(&got)));
}

SERVER_TEST(pg_copy_stops_when_its_reader_refuses)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *pg = connect_to(arena);
    int count = 0;
    Error err;

    CHECK_ERROR(pg_copy_out(pg, NULL, "copy (select generate_series(1, 100000000)) to stdout",
                            refuse_chunk, &count, &err),
                &err, ERR_INVALID);
    CHECK_STR(err.message, "a column has no rule");
    CHECK(!pg_is_broken(pg));
    CHECK_INT(ask(pg, arena, "select 1", NULL, 0).count, 1);
}

SERVER_TEST(pg_copy_that_is_aborted_or_wrong_leaves_nothing)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *pg = connect_to(arena);
    int count = 0;
    Error err;

    CHECK_OK(pg_script(pg, NULL, "create temp table t (a int)", &err), &err);
    CHECK_OK(pg_copy_in_begin(pg, NULL, "copy t from stdin", &err), &err);
    CHECK_OK(pg_copy_in_write(pg, NULL, STR("1\n2\n"), &err), &err);
    pg_copy_in_abort(pg, "changed my mind");
    CHECK(!pg_is_broken(pg));
    CHECK_INT(ask(pg, arena, "select count(*) from t", NULL, 0).row[0][0].integer, 0);
    CHECK_OK(pg_copy_in_begin(pg, NULL, "copy t from stdin", &err), &err);
    CHECK_OK(pg_copy_in_write(pg, NULL, STR("not a number\n"), &err), &err);
    CHECK(!pg_copy_in_end(pg, NULL, NULL, &err));
    CHECK_STR(pg_sqlstate(pg), "22P02");
    CHECK_ERROR(pg_copy_out(pg, NULL, "select 1", refuse_chunk, &count, &err), &err, ERR_INVALID);
    CHECK(!pg_query(pg, NULL, "copy t to stdout", NULL, 0, NULL, &err));
}

/* ------------------------------------------------------------------------------- snapshots, locks
 */

SERVER_TEST(pg_snapshot_is_shared_by_two_connections)
{
    Place place = place_make(STORE_POSTGRES);
    CLEANUP(arena_free) Arena *arena = arena_new();
    PgTarget target;
    Pg *pgs[3] = { NULL };
    const char *id = NULL;
    Error err;

    CHECK_OK(pg_target_from_url(arena, place.location, &target, &err), &err);
    for (size_t i = 0; i < 3; i++)
        CHECK_OK(pg_open(&target, NULL, &pgs[i], &err), &err);
    CHECK_OK(pg_script(pgs[0], NULL, "create table t (a int); insert into t values (1)", &err),
             &err);
    CHECK_OK(pg_snapshot_export(pgs[1], arena, &id, &err), &err);
    CHECK_OK(pg_script(pgs[0], NULL, "insert into t values (2)", &err), &err);
    CHECK_OK(pg_snapshot_import(pgs[2], id, &err), &err);
    CHECK_INT(ask(pgs[0], arena, "select count(*) from t", NULL, 0).row[0][0].integer, 2);
    CHECK_INT(ask(pgs[2], arena, "select count(*) from t", NULL, 0).row[0][0].integer, 1);
    CHECK_ERROR(pg_script(pgs[2], NULL, "insert into t values (3)", &err), &err, ERR_DENIED);
    CHECK(!pg_snapshot_import(pgs[0], "no'thing", &err));
    for (size_t i = 0; i < 3; i++)
        pg_close(&pgs[i]);
    place_remove(&place);
}

SERVER_TEST(pg_locks_exclude_and_end_with_their_session)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *first = connect_to(arena);
    CLEANUP(pg_close) Pg *second = connect_to(arena);
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    bool locked = true;
    Error err;

    CHECK_OK(pg_lock(first, NULL, 4242, &err), &err);
    CHECK_OK(pg_lock_try(second, 4242, &locked, &err), &err);
    CHECK(!locked);
    cancel_set_deadline(cancel, time_monotonic() + SECOND_US / 10);
    CHECK_ERROR(pg_lock(second, cancel, 4242, &err), &err, ERR_TIMEOUT);
    CHECK_OK(pg_unlock(first, 4242, &err), &err);
    CHECK_ERROR(pg_unlock(first, 4242, &err), &err, ERR_INTERNAL);
    CHECK_OK(pg_lock(first, NULL, 4242, &err), &err);
    pg_close(&first);
    CHECK_OK(pg_lock(second, NULL, 4242, &err), &err);
}

/* ----------------------------------------------------------------------------------------- errors
 */

SERVER_TEST(pg_errors_say_what_to_do_and_hold_no_password)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const PgTarget right = target_of(arena);
    PgTarget cases[5];
    static const char *const messages[] = {
        "the database refused the user or the password",
        "there is no database of this name on the server",
        "nothing answers at this address and port",
        "speaks no TLS, and it was required",
        "the host of the database is not known",
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        cases[i] = right;
    cases[0].password = "hunter2-wrong";
    cases[1].dbname = "no_such_database";
    cases[2].port = "1";
    cases[3].sslmode = "require";
    cases[4].host = "no-such-host.invalid";
    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        Pg *pg = NULL;
        Error err = { 0 };

        CHECK(!pg_open(&cases[i], NULL, &pg, &err));
        if (strstr(err.message, messages[i]) == NULL)
            fail_msg("%s instead of %s", err.message, messages[i]);
        CHECK(err.hint[0] != '\0');
        CHECK(strstr(err.message, "hunter2") == NULL && strstr(err.hint, "hunter2") == NULL);
        CHECK(strstr(err.message, right.password) == NULL);
    }
}

TEST(pg_server_that_is_away_is_tried_again_for_a_while)
{
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    PgTarget target = { .host = "127.0.0.1", .port = "1", .retry_seconds = 1 };
    int64_t before = time_monotonic();
    Pg *pg = NULL;
    Error err;

    CHECK_ERROR(pg_open(&target, NULL, &pg, &err), &err, ERR_UPSTREAM);
    CHECK(time_monotonic() - before >= SECOND_US);
    target.retry_seconds = 60;
    before = time_monotonic();
    cancel_set_deadline(cancel, before + SECOND_US / 10);
    CHECK_ERROR(pg_open(&target, cancel, &pg, &err), &err, ERR_TIMEOUT);
    CHECK(time_monotonic() - before < 3 * SECOND_US);
}

SERVER_TEST(pg_connection_that_the_server_ended_is_known_as_lost)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *pg = connect_to(arena);
    CLEANUP(pg_close) Pg *watcher = connect_to(arena);
    Error err;

    CHECK(!pg_is_stale(pg));
    (void) ask(watcher, arena, "select pg_terminate_backend($1)",
               VALUES(VALUE_OF_INT(pg_backend_pid(pg))));
    for (int i = 0; i < 200 && !pg_is_stale(pg); i++)
        (void) usleep(10000);
    CHECK(pg_is_stale(pg));
    CHECK(pg_is_broken(pg));
    CHECK(!pg_query(pg, NULL, "select 1", NULL, 0, NULL, &err));
}
