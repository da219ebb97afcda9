/*
 * Statements of MariaDB and MySQL. Each question is prepared, so that values never are text of the
 * statement, and runs in a read-only transaction that is rolled back; its rows are read one by one
 * as they arrive. The settings of the session are written before each: a statement of a person
 * may have changed them.
 *
 * libmariadb waits without looking at a Cancel. To stop it, the socket is shut by the thread that
 * cancels; the waiting one wakes up, ends the statement on the server from a second connection, and
 * the connection counts as broken.
 */
#include "driver/mysql_private.h"

#include "driver/dialects.h"
#include "driver/statement.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum
{
    BINARY_CHARSET = 63,
    JSON_TYPE = 245 /* of MySQL; libmariadb knows it only by name */
};

/* A cell as libmariadb fills it. */
typedef struct Slot
{
    union
    {
        long long integer;
        double number;
        MYSQL_TIME time;
    };
    unsigned long length;
    my_bool is_null;
    my_bool is_cut;
} Slot;

typedef struct Statement
{
    MysqlConn *conn;
    MYSQL_STMT *stmt;
    Arena *arena;
    MYSQL_FIELD *fields;
    unsigned count;
    MYSQL_BIND *binds;
    Slot *slots;
    Value *cells;
} Statement;

/* ------------------------------------------------------------------------------------- columns */

static bool
is_bytes(const MYSQL_FIELD *field)
{
    return field->charsetnr == BINARY_CHARSET;
}

static BaseType
base_type_of(const MYSQL_FIELD *field)
{
    switch ((int) field->type)
    {
        case MYSQL_TYPE_TINY:
            return field->length == 1 ? BASE_BOOLEAN : BASE_INTEGER;
        case MYSQL_TYPE_SHORT:
        case MYSQL_TYPE_LONG:
        case MYSQL_TYPE_INT24:
        case MYSQL_TYPE_YEAR:
            return BASE_INTEGER;
        case MYSQL_TYPE_LONGLONG:
            return (field->flags & UNSIGNED_FLAG) != 0 ? BASE_DECIMAL : BASE_BIG_INTEGER;
        case MYSQL_TYPE_FLOAT:
        case MYSQL_TYPE_DOUBLE:
            return BASE_FLOAT;
        case MYSQL_TYPE_DECIMAL:
        case MYSQL_TYPE_NEWDECIMAL:
            return BASE_DECIMAL;
        case MYSQL_TYPE_DATE:
        case MYSQL_TYPE_NEWDATE:
            return BASE_DATE;
        case MYSQL_TYPE_TIME:
            return BASE_TIME;
        case MYSQL_TYPE_DATETIME:
            return BASE_DATE_TIME;
        case MYSQL_TYPE_TIMESTAMP:
            return BASE_DATE_TIME_WITH_LOCAL_TZ;
        case MYSQL_TYPE_BIT:
            return field->length == 1 ? BASE_BOOLEAN : BASE_INTEGER;
        case JSON_TYPE:
            return BASE_JSON;
        case MYSQL_TYPE_NULL:
        case MYSQL_TYPE_GEOMETRY:
            return BASE_ANY;
        default:
            break;
    }
    if ((field->flags & ENUM_FLAG) != 0)
        return BASE_MYSQL_ENUM;
    return is_bytes(field) ? BASE_ANY : BASE_TEXT;
}

static Columns
columns_of(Arena *arena, const MYSQL_FIELD *fields, unsigned count)
{
    static const struct
    {
        BaseType type;
        const char *name;
    } names[] = {
        { BASE_BOOLEAN, "BOOLEAN" },    { BASE_INTEGER, "INT" },
        { BASE_BIG_INTEGER, "BIGINT" }, { BASE_FLOAT, "DOUBLE" },
        { BASE_DECIMAL, "DECIMAL" },    { BASE_DATE, "DATE" },
        { BASE_TIME, "TIME" },          { BASE_DATE_TIME, "DATETIME" },
        { BASE_TEXT, "TEXT" },          { BASE_DATE_TIME_WITH_LOCAL_TZ, "TIMESTAMP" },
        { BASE_JSON, "JSON" },          { BASE_MYSQL_ENUM, "ENUM" },
    };
    Column *columns = ARENA_ARRAY(arena, count, Column);

    for (unsigned i = 0; i < count; i++)
    {
        columns[i] = (Column){ .name = arena_text(arena, fields[i].name),
                               .base_type = base_type_of(&fields[i]),
                               .database_type = "" };
        for (size_t n = 0; n < COUNT_OF(names); n++)
            if (names[n].type == columns[i].base_type)
                columns[i].database_type = names[n].name;
    }
    return (Columns){ columns, count };
}

/* ---------------------------------------------------------------------------------------- cells */

/* How libmariadb is to give a column: numbers and times as such, the rest as it comes. */
static void
bind_result(const MYSQL_FIELD *field, MYSQL_BIND *bind, Slot *slot)
{
    *bind = (MYSQL_BIND){ .length = &slot->length,
                          .is_null = &slot->is_null,
                          .error = &slot->is_cut,
                          .buffer = &slot->time,
                          .buffer_type = MYSQL_TYPE_STRING };
    switch (field->type)
    {
        case MYSQL_TYPE_TINY:
        case MYSQL_TYPE_SHORT:
        case MYSQL_TYPE_LONG:
        case MYSQL_TYPE_INT24:
        case MYSQL_TYPE_YEAR:
        case MYSQL_TYPE_LONGLONG:
            bind->buffer_type = MYSQL_TYPE_LONGLONG;
            bind->is_unsigned = (field->flags & UNSIGNED_FLAG) != 0;
            break;
        case MYSQL_TYPE_FLOAT:
        case MYSQL_TYPE_DOUBLE:
            bind->buffer_type = MYSQL_TYPE_DOUBLE;
            break;
        case MYSQL_TYPE_DATE:
        case MYSQL_TYPE_TIME:
        case MYSQL_TYPE_DATETIME:
        case MYSQL_TYPE_TIMESTAMP:
            bind->buffer_type = field->type;
            bind->buffer_length = sizeof(MYSQL_TIME);
            break;
        default:
            break;
    }
}

static Value
value_of_int(Arena *arena, const MYSQL_FIELD *field, long long integer)
{
    char *digits;

    if (field->type == MYSQL_TYPE_TINY && field->length == 1)
        return VALUE_OF_BOOL(integer != 0);
    if (integer >= 0 || (field->flags & UNSIGNED_FLAG) == 0)
        return VALUE_OF_INT(integer);
    digits = arena_format(arena, "%llu", (unsigned long long) integer);
    return (Value){ .kind = VALUE_DECIMAL, .text = str_of(digits) };
}

/* A day of zeros is how MySQL writes that there is none. */
static Value
value_of_time(Statement *s, const MYSQL_FIELD *field, const MYSQL_TIME *time)
{
    Civil civil = { (int) time->year,       (int) time->month,  (int) time->day,
                    (int) time->hour,       (int) time->minute, (int) time->second,
                    (int) time->second_part };
    const char *text;

    if (field->type == MYSQL_TYPE_TIME)
    {
        text = arena_format(s->arena, "%s%02u:%02u:%02u.%06lu", time->neg ? "-" : "",
                            time->hour + 24 * time->day, time->minute, time->second,
                            time->second_part);
        return (Value){ .kind =
                            time->neg || time->hour > 23 || time->day > 0 ? VALUE_TEXT : VALUE_TIME,
                        .text = str_of(text) };
    }
    if (!civil_is_valid(&civil))
        return VALUE_OF_NULL;
    if (field->type == MYSQL_TYPE_TIMESTAMP)
        return VALUE_OF_INSTANT(zone_to_instant(s->conn->zone, &civil));
    if (field->type == MYSQL_TYPE_DATE)
        return (Value){ .kind = VALUE_DATE,
                        .text = str_of(arena_format(s->arena, "%04d-%02d-%02d", civil.year,
                                                    civil.month, civil.day)) };
    text = arena_format(s->arena, "%04d-%02d-%02dT%02d:%02d:%02d.%06d", civil.year, civil.month,
                        civil.day, civil.hour, civil.minute, civil.second, civil.micro);
    return (Value){ .kind = VALUE_DATETIME, .text = str_of(text) };
}

static Value
value_of_bits(const char *bytes, unsigned long length, const MYSQL_FIELD *field)
{
    uint64_t bits = 0;

    for (unsigned long i = 0; i < length; i++)
        bits = bits << 8 | (unsigned char) bytes[i];
    return field->length == 1 ? VALUE_OF_BOOL(bits != 0) : VALUE_OF_INT((int64_t) bits);
}

/* The length is known after the fetch; the bytes are then copied where they belong. */
static bool
value_of_bytes(Statement *s, unsigned at, Value *value, Error *err)
{
    const MYSQL_FIELD *field = &s->fields[at];
    unsigned long length = s->slots[at].length;
    char *bytes = arena_alloc(s->arena, length + 1);
    MYSQL_BIND bind = { .buffer_type = MYSQL_TYPE_STRING,
                        .buffer = bytes,
                        .buffer_length = length,
                        .length = &s->slots[at].length,
                        .is_null = &s->slots[at].is_null,
                        .error = &s->slots[at].is_cut };

    if (length > 0 && mysql_stmt_fetch_column(s->stmt, &bind, at, 0) != 0)
        return mysql_fail(s->conn, mysql_stmt_errno(s->stmt), mysql_stmt_error(s->stmt), err);
    bytes[length] = '\0';
    *value = (Value){ .kind = VALUE_TEXT, .text = { bytes, length } };
    switch ((int) field->type)
    {
        case MYSQL_TYPE_DECIMAL:
        case MYSQL_TYPE_NEWDECIMAL:
            value->kind = VALUE_DECIMAL;
            break;
        case MYSQL_TYPE_BIT:
            *value = value_of_bits(bytes, length, field);
            break;
        case JSON_TYPE:
            value->kind = VALUE_JSON;
            break;
        case MYSQL_TYPE_GEOMETRY:
            value->kind = VALUE_BYTES;
            break;
        default:
            if (is_bytes(field) || !str_is_utf8(value->text))
                value->kind = VALUE_BYTES;
            break;
    }
    return true;
}

static bool
read_cell(Statement *s, unsigned at, Error *err)
{
    const MYSQL_FIELD *field = &s->fields[at];
    const Slot *slot = &s->slots[at];

    s->cells[at] = VALUE_OF_NULL;
    if (slot->is_null)
        return true;
    switch (s->binds[at].buffer_type)
    {
        case MYSQL_TYPE_LONGLONG:
            s->cells[at] = value_of_int(s->arena, field, slot->integer);
            return true;
        case MYSQL_TYPE_DOUBLE:
            s->cells[at] = VALUE_OF_DOUBLE(slot->number);
            return true;
        case MYSQL_TYPE_STRING:
            return value_of_bytes(s, at, &s->cells[at], err);
        default:
            s->cells[at] = value_of_time(s, field, &slot->time);
            return true;
    }
}

/* --------------------------------------------------------------------------------------- stopping
 */

void
mysql_conn_stop(void *arg)
{
    MysqlConn *conn = arg;

    atomic_store(&conn->stopped, true);
    (void) shutdown((int) mysql_get_socket(conn->link), SHUT_RDWR);
}

/* From a second connection, whose failure leaves nothing to be done. */
static bool
kill_statement(const MysqlConn *conn, const char *what)
{
    MYSQL *other = mysql_target_open(&conn->target, &(Error){ 0 });
    char text[64];
    bool done = false;

    if (other != NULL)
    {
        (void) snprintf(text, sizeof(text), "%s %lu", what, mysql_thread_id(conn->link));
        done = mysql_query(other, text) == 0;
        mysql_close(other);
    }
    return done;
}

/* The sink wants no more: the rest is not read, it is stopped. */
static void
abandon(MysqlConn *conn)
{
    if (kill_statement(conn, "kill query"))
        return;
    (void) shutdown((int) mysql_get_socket(conn->link), SHUT_RDWR);
    conn->broken = true;
}

static bool
was_stopped(MysqlConn *conn, Error *err)
{
    conn->broken = true;
    (void) kill_statement(conn, "kill");
    return cancel_check(conn->cancel, err) ? error_set(err, ERR_CANCELLED, "it was cancelled")
                                           : false;
}

/* ---------------------------------------------------------------------------------- statements */

static bool
run_script(MysqlConn *conn, const char *text, Error *err)
{
    return mysql_real_query(conn->link, text, strlen(text)) == 0 ||
           mysql_fail(conn, mysql_errno(conn->link), mysql_error(conn->link), err);
}

/* Milliseconds that the statement may take: the session's limit or what is left for the task. */
static int64_t
time_left(const MysqlConn *conn)
{
    int64_t left = conn->timeout_ms > 0 ? conn->timeout_ms : 0;
    int64_t deadline = conn->cancel == NULL ? 0 : cancel_deadline(conn->cancel);
    int64_t own = deadline == 0 ? 0 : (deadline - time_monotonic()) / 1000 + 1;

    if (deadline == 0)
        return left;
    if (own < 1)
        own = 1;
    return left == 0 || own < left ? own : left;
}

/* The mode keeps a person's server from changing how constants and names are read. */
static bool
begin(MysqlConn *conn, Arena *arena, Error *err)
{
    Sql sql = { .arena = arena, .dialect = &mysql_dialect };
    const char *zone = zone_name(conn->zone);

    sql_words(&sql, "set names utf8mb4, sql_mode = "
                    "'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', "
                    "time_zone = ");
    sql_quoted(&sql, strcmp(zone, "UTC") == 0 ? "+00:00" : zone);
    if (conn->is_mariadb)
    {
        sql_words(&sql, ", max_statement_time = ");
        sql_double(&sql, (double) time_left(conn) / 1000.0);
    }
    else
    {
        sql_words(&sql, ", max_execution_time = ");
        sql_int(&sql, time_left(conn));
    }
    return run_script(conn, sql_cstr(&sql), err) &&
           run_script(conn, "start transaction read only", err);
}

static MYSQL_BIND
bind_value(Arena *arena, const Value *value)
{
    MYSQL_BIND bind = { .buffer_type = MYSQL_TYPE_NULL };
    Value *copy = ARENA_NEW(arena, Value);
    const char *text;

    *copy = *value;
    switch (value->kind)
    {
        case VALUE_NULL:
            return bind;
        case VALUE_BOOL:
            *copy = VALUE_OF_INT(value->boolean);
            bind.buffer_type = MYSQL_TYPE_LONGLONG;
            bind.buffer = &copy->integer;
            return bind;
        case VALUE_INT:
            bind.buffer_type = MYSQL_TYPE_LONGLONG;
            bind.buffer = &copy->integer;
            return bind;
        case VALUE_DOUBLE:
            bind.buffer_type = MYSQL_TYPE_DOUBLE;
            bind.buffer = &copy->number;
            return bind;
        default:
            text = value_to_text(arena, value);
            bind.buffer_type = MYSQL_TYPE_STRING;
            bind.buffer = (char *) text;
            bind.buffer_length = strlen(text);
            return bind;
    }
}

static bool
refused(const Statement *s, Error *err)
{
    MYSQL *link = s->conn->link;

    /* What comes in the middle of the rows is told of the link alone. */
    if (mysql_stmt_errno(s->stmt) == 0)
        return mysql_fail(s->conn, mysql_errno(link), mysql_error(link), err);
    return mysql_fail(s->conn, mysql_stmt_errno(s->stmt), mysql_stmt_error(s->stmt), err);
}

static bool
submit(Statement *s, const Sql *sql, Error *err)
{
    MYSQL_BIND *params = ARENA_ARRAY(s->arena, sql->value_count, MYSQL_BIND);
    const char *text = sql_cstr(sql);

    for (size_t i = 0; i < sql->value_count; i++)
        params[i] = bind_value(s->arena, &sql->values[i]);
    if (mysql_stmt_prepare(s->stmt, text, strlen(text)) != 0)
        return refused(s, err);
    if (mysql_stmt_field_count(s->stmt) == 0)
        return error_set(err, ERR_DENIED, "only one statement that reads is allowed");
    if (mysql_stmt_param_count(s->stmt) != sql->value_count)
        return error_set(err, ERR_INVALID, "a question mark stands where a value is expected");
    if (sql->value_count > 0 && mysql_stmt_bind_param(s->stmt, params) != 0)
        return refused(s, err);
    return mysql_stmt_execute(s->stmt) == 0 || refused(s, err);
}

static bool
read_rows(Statement *s, RowSink *sink, Error *err)
{
    int status;

    while ((status = mysql_stmt_fetch(s->stmt)) != MYSQL_NO_DATA)
    {
        ArenaMark mark = arena_mark(s->arena);

        if (status == 1)
            return refused(s, err);
        for (unsigned i = 0; i < s->count; i++)
            if (!read_cell(s, i, err))
                return false;
        if (!sink->row(sink, s->cells, err))
        {
            abandon(s->conn);
            return false;
        }
        arena_rewind(s->arena, mark);
    }
    return sink->end(sink, err);
}

static void
metadata_free(MYSQL_RES **metadata)
{
    if (*metadata != NULL)
        mysql_free_result(*metadata);
}

static bool
take_result(Statement *s, RowSink *sink, Error *err)
{
    CLEANUP(metadata_free) MYSQL_RES *metadata = mysql_stmt_result_metadata(s->stmt);
    Columns columns = { NULL, 0 };

    if (metadata == NULL)
        return sink->begin(sink, &columns, err) && sink->end(sink, err);
    s->count = mysql_num_fields(metadata);
    s->fields = mysql_fetch_fields(metadata);
    s->binds = ARENA_ARRAY(s->arena, s->count, MYSQL_BIND);
    s->slots = ARENA_ARRAY(s->arena, s->count, Slot);
    s->cells = ARENA_ARRAY(s->arena, s->count, Value);
    for (unsigned i = 0; i < s->count; i++)
        bind_result(&s->fields[i], &s->binds[i], &s->slots[i]);
    if (mysql_stmt_bind_result(s->stmt, s->binds) != 0)
        return refused(s, err);
    columns = columns_of(s->arena, s->fields, s->count);
    if (sink->begin(sink, &columns, err))
        return read_rows(s, sink, err);
    abandon(s->conn);
    return false;
}

static bool
run(MysqlConn *conn, Arena *arena, const Sql *sql, RowSink *sink, Error *err)
{
    Statement s = { .conn = conn, .arena = arena };
    bool done;

    if (!begin(conn, arena, err))
        return false;
    s.stmt = mysql_stmt_init(conn->link);
    if (s.stmt == NULL)
        return error_set(err, ERR_INTERNAL, "libmariadb is out of memory");
    done = submit(&s, sql, err) && take_result(&s, sink, err);
    (void) mysql_stmt_close(s.stmt); /* reads what is left of an abandoned statement */
    if (!conn->broken && !atomic_load(&conn->stopped) && mysql_rollback(conn->link) != 0)
        conn->broken = true;
    return done;
}

bool
mysql_conn_query(Conn *base, const Sql *sql, RowSink *sink, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    MysqlConn *conn = (MysqlConn *) base;
    bool done;

    if (conn->broken)
        return error_set(err, ERR_UNAVAILABLE, "the connection to the database is lost");
    if (!statement_reads(sql_cstr(sql), err) || !cancel_check(conn->cancel, err))
        return false;
    cancel_on(conn->cancel, mysql_conn_stop, conn);
    done = run(conn, arena, sql, sink, err);
    cancel_on(conn->cancel, NULL, NULL);
    return atomic_load(&conn->stopped) ? was_stopped(conn, err) : done;
}
