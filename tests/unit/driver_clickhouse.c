/* The driver of ClickHouse against a scripted server, for what the engine alone cannot show: users,
 * stopping, errors in the middle. */
#include "driver_script.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool
has_settings(const HttpRequest *req)
{
    return request_query(req, "readonly") != NULL || request_query(req, "join_use_nulls") != NULL ||
           request_query(req, "max_execution_time") != NULL;
}

/* "Basic " and user:password. */
static bool
is_user(const HttpRequest *req, const char *basic)
{
    const char *given = request_header(req, "Authorization");

    return given != NULL && strcmp(given, basic) == 0;
}

/* Rows, and then the words of an exception under the status of success. */
static void
break_off(Response *res)
{
    static const char rows[] = "[\"n\"]\n[\"UInt64\"]\n[\"1\"]\n[\"2\"]\n";
    static const char words[] = "Code: 395. DB::Exception: Value passed to 'throwIf' function is "
                                "non-zero: while executing. (FUNCTION_THROW_IF_VALUE_IS_NON_ZERO)";
    Error err;

    response_begin_stream(res, "application/json", false);
    if (!response_write(res, rows, sizeof(rows) - 1, &err) || !response_flush(res, &err) ||
        !response_write(res, words, sizeof(words) - 1, &err))
        return;
    /* A server of today also cuts the connection, after its last words have left. */
    if (!response_flush(res, &err))
        return;
    (void) usleep(200000);
    response_abort(res);
}

static void
answer_statement(Script *script, HttpRequest *req, Response *res, const char *text)
{
    if (strstr(text, "serverTimezone") != NULL)
        response_text(res, 200, "[\"z\"]\n[\"String\"]\n[\"UTC\"]\n");
    else if (strstr(text, "select slow") != NULL)
    {
        (void) snprintf(script->seen, sizeof(script->seen), "%s", request_query(req, "query_id"));
        script_stall(script, req);
    }
    else if (strstr(text, "select broken") != NULL)
        break_off(res);
    else
        response_text(res, 200, "[\"n\"]\n[\"UInt64\"]\n[\"7\"]\n");
}

static void
answer(Script *script, HttpRequest *req, Response *res)
{
    const char *text = str_copy(req->arena, req->body);

    if (!is_user(req, "Basic YW5uOnJpZ2h0") && !is_user(req, "Basic Zml4ZWQ6cmlnaHQ="))
        response_text(
            res, 403,
            "Code: 516. DB::Exception: ann: Authentication failed: password is incorrect, or "
            "there is no user with such name. (AUTHENTICATION_FAILED)");
    else if (is_user(req, "Basic Zml4ZWQ6cmlnaHQ=") && has_settings(req))
        response_text(
            res, 500,
            "Code: 164. DB::Exception: Cannot modify 'readonly' setting in readonly mode. "
            "(READONLY)");
    else if (strncmp(text, "kill query", 10) == 0)
    {
        if (strstr(text, script->seen) != NULL)
            (void) atomic_fetch_add(&script->stopped, 1);
        response_text(res, 200, "");
    }
    else
        answer_statement(script, req, res, text);
}

static Conn *
open_as(Script *script, const char *details, Cancel *cancel)
{
    Error err;
    Conn *conn;

    script_start(script, answer);
    conn = script_open(script, "clickhouse", details, cancel, &err);
    CHECK_OK(conn != NULL, &err);
    return conn;
}

TEST(driver_clickhouse_kills_a_statement_that_is_stopped)
{
    Script script;
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    CLEANUP(conn_close) Conn *conn = open_as(&script, "user=ann password=right", cancel);
    CLEANUP(conn_close)
    Conn *other =
        script_open(&script, "clickhouse", "user=ann password=right", NULL, &(Error){ 0 });
    const QuerySession session = { .timeout_ms = 100, .cancel = cancel };
    Rows rows;
    Error err;

    CHECK_ERROR(script_ask_and_stop(&script, conn, "select slow", cancel, &err), &err,
                ERR_CANCELLED);
    CHECK_INT(atomic_load(&script.stopped), 1);
    CHECK(conn_is_broken(conn));
    CHECK_ERROR(script_ask_and_stop(&script, other, "select slow", NULL, &err), &err,
                ERR_CANCELLED);
    CHECK_INT(atomic_load(&script.stopped), 2);
    /* What was stopped before it began is not even sent. */
    CHECK_OK(conn_prepare(conn, &session, &err), &err);
    CHECK_ERROR(script_ask(&script, conn, "select 7", &rows, &err), &err, ERR_CANCELLED);
    script_stop(&script);
}

TEST(driver_clickhouse_says_what_failed_in_the_middle)
{
    Script script;
    CLEANUP(conn_close) Conn *conn = open_as(&script, "user=ann password=right", NULL);
    Rows rows;
    Error err;

    CHECK_ERROR(script_ask(&script, conn, "select broken", &rows, &err), &err, ERR_UPSTREAM);
    if (strstr(err.message, "Value passed to 'throwIf' function") == NULL)
        fail_msg("%s", err.message);
    CHECK(!conn_is_broken(conn));
    CHECK_OK(script_ask(&script, conn, "select 7", &rows, &err), &err);
    CHECK_INT(rows.row[0][0].integer, 7);
    script_stop(&script);
}

TEST(driver_clickhouse_names_the_password_that_is_wrong)
{
    Script script;
    Error err;

    script_start(&script, answer);
    CHECK(script_open(&script, "clickhouse", "user=ann password=wrong", NULL, &err) == NULL);
    CHECK_STR(err.field, "password");
    CHECK(strstr(err.message, "the database refused the user or the password") != NULL);
    CHECK(strstr(err.message, "wrong") == NULL);
    script_stop(&script);
}

/* readonly = 1 forbids every setting: the statement is sent alone. */
TEST(driver_clickhouse_lets_a_user_ask_who_may_set_nothing)
{
    Script script;
    CLEANUP(conn_close) Conn *conn = open_as(&script, "user=fixed password=right", NULL);
    const QuerySession session = { .timeout_ms = 5000 };
    int before = atomic_load(&script.calls);
    Rows rows;
    Error err;

    CHECK_INT(before, 2);
    CHECK_OK(conn_prepare(conn, &session, &err), &err);
    CHECK_OK(script_ask(&script, conn, "select 7", &rows, &err), &err);
    CHECK_INT(rows.row[0][0].integer, 7);
    CHECK_INT(atomic_load(&script.calls) - before, 1);
    script_stop(&script);
}
