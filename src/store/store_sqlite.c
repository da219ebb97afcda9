/*
 * The SQLite engine of the app database: a file in WAL mode, one writer and some readers. Columns
 * declared boolean come back as booleans; everything else as SQLite stores it.
 */
#include "base/file.h"
#include "base/heap.h"
#include "base/log.h"
#include "store/store_private.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum
{
    BUSY_MILLISECONDS = 10000
};

struct StoreConn
{
    sqlite3 *db;
    StatementCache cache;
};

/* The user is told what to do; what SQLite says goes to the log. */
static bool
fail(sqlite3 *db, int code, const char *what, Error *err)
{
    log_debug("store.sqlite", LOG_TEXT("during", what), LOG_INT("code", code),
              LOG_TEXT("message", db == NULL ? sqlite3_errstr(code) : sqlite3_errmsg(db)));
    switch (code)
    {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return error_set(err, ERR_CONFLICT, "this exists already");
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return error_set(err, ERR_INVALID,
                             "this refers to something that does not exist, or is still in use");
        case SQLITE_CONSTRAINT_NOTNULL:
        case SQLITE_CONSTRAINT_CHECK:
            return error_set(err, ERR_INVALID, "a needed value is missing");
        default:
            break;
    }
    switch (code & 0xff)
    {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            (void) error_set(err, ERR_UNAVAILABLE, "the app database is busy");
            err->retry_seconds = 1;
            return error_hint(err, "Try again in a moment.");
        case SQLITE_FULL:
            (void) error_set(err, ERR_UNAVAILABLE, "the disk of the app database is full");
            return error_hint(err, "Free some space, then try again.");
        case SQLITE_IOERR:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            (void) error_set(err, ERR_UNAVAILABLE, "the app database cannot be read or written");
            return error_hint(err, "Check its folder, its owner and its disk.");
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            (void) error_set(err, ERR_CONFIG,
                             "the file of the app database is damaged or is something else");
            return error_hint(err, "Put a backup back, or name another file.");
        default:
            return error_set(err, ERR_INTERNAL, "the app database refused a statement");
    }
}

/* Readable by its owner only, also the files that SQLite puts beside it. */
static bool
make_file(const char *path, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *slash = strrchr(path, '/');
    int fd;

    if (slash != NULL && slash != path &&
        !folder_make(arena_text_n(arena, path, (size_t) (slash - path)), err))
        return false;
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
    {
        (void) error_set(err, ERR_CONFIG, "the app database %s cannot be opened", path);
        return error_hint(err, "Check that its folder exists and that the server may write there.");
    }
    (void) close(fd);
    return true;
}

static void
destroy_statement(void *statement)
{
    (void) sqlite3_finalize(statement); /* repeats the error that step gave */
}

static void
sqlite_engine_close(StoreConn **conn)
{
    if (*conn == NULL)
        return;
    statement_forget_all(&(*conn)->cache, destroy_statement);
    (void) sqlite3_close((*conn)->db); /* cannot fail: no statement is left */
    heap_free(*conn);
    *conn = NULL;
}

static bool
sqlite_engine_script(StoreConn *conn, const char *sql, Error *err)
{
    int code = sqlite3_exec(conn->db, sql, NULL, NULL, NULL);

    return code == SQLITE_OK || fail(conn->db, code, "script", err);
}

static bool
sqlite_engine_open(const char *location, bool writer, int retry_seconds, StoreConn **conn,
                   Error *err)
{
    static const char *const common = "pragma foreign_keys = on; pragma synchronous = normal;"
                                      "pragma temp_store = memory; pragma trusted_schema = off;";
    CLEANUP(sqlite_engine_close) StoreConn *made = NULL;
    int code;

    (void) retry_seconds; /* a file is there at once */
    if (writer && !make_file(location, err))
        return false;
    made = heap_new(1, sizeof(*made));
    code = sqlite3_open_v2(location, &made->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK)
        return fail(made->db, code, "open", err);
    (void) sqlite3_extended_result_codes(made->db, 1);
    (void) sqlite3_busy_timeout(made->db, BUSY_MILLISECONDS);
    if (!sqlite_engine_script(made, writer ? "pragma journal_mode = wal" : "pragma query_only = on",
                              err) ||
        !sqlite_engine_script(made, common, err))
        return false;
    *conn = made;
    made = NULL;
    return true;
}

static bool
sqlite_engine_is_lost(StoreConn *conn)
{
    (void) conn;
    return false;
}

static bool
prepare(StoreConn *conn, const char *sql, sqlite3_stmt **statement, Error *err)
{
    int code;

    *statement = statement_lookup(&conn->cache, sql);
    if (*statement != NULL)
        return true;
    code = sqlite3_prepare_v3(conn->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
    if (code != SQLITE_OK)
        return fail(conn->db, code, "prepare", err);
    if (!statement_keep(&conn->cache, sql, *statement))
    {
        statement_forget_all(&conn->cache, destroy_statement);
        (void) statement_keep(&conn->cache, sql, *statement);
    }
    return true;
}

static int
bind_value(sqlite3_stmt *statement, int position, const Value *value)
{
    char instant[TIME_TEXT_SIZE];
    const char *text;

    switch (value->kind)
    {
        case VALUE_NULL:
            return sqlite3_bind_null(statement, position);
        case VALUE_BOOL:
            return sqlite3_bind_int(statement, position, value->boolean ? 1 : 0);
        case VALUE_INT:
            return sqlite3_bind_int64(statement, position, value->integer);
        case VALUE_DOUBLE:
            return sqlite3_bind_double(statement, position, value->number);
        case VALUE_INSTANT:
            time_format(value->integer, instant);
            return sqlite3_bind_text(statement, position, instant, -1, SQLITE_TRANSIENT);
        case VALUE_BYTES:
            text = value->text.ptr == NULL ? "" : value->text.ptr;
            return sqlite3_bind_blob64(statement, position, text, value->text.len, SQLITE_STATIC);
        default:
            text = value->text.ptr == NULL ? "" : value->text.ptr;
            return sqlite3_bind_text64(statement, position, text, value->text.len, SQLITE_STATIC,
                                       SQLITE_UTF8);
    }
}

/* $2 may come before $1 in the text: SQLite numbers by appearance, so the name decides. */
static bool
bind_values(StoreConn *conn, sqlite3_stmt *statement, const Value *values, size_t count, Error *err)
{
    int parameters = sqlite3_bind_parameter_count(statement);
    size_t greatest = 0;

    for (int position = 1; position <= parameters; position++)
    {
        const char *name = sqlite3_bind_parameter_name(statement, position);
        size_t number = name == NULL ? 0 : strtoul(name + 1, NULL, 10);
        int code;

        if (number == 0 || number > count)
            return error_set(err, ERR_INTERNAL, "a statement has a value too few");
        code = bind_value(statement, position, &values[number - 1]);
        if (code != SQLITE_OK)
            return fail(conn->db, code, "bind", err);
        if (number > greatest)
            greatest = number;
    }
    if (greatest != count)
        return error_set(err, ERR_INTERNAL, "a statement has a value too many");
    return true;
}

static Value
read_cell(sqlite3_stmt *statement, int column, bool is_boolean)
{
    switch (sqlite3_column_type(statement, column))
    {
        case SQLITE_INTEGER:
            if (is_boolean)
                return VALUE_OF_BOOL(sqlite3_column_int64(statement, column) != 0);
            return VALUE_OF_INT(sqlite3_column_int64(statement, column));
        case SQLITE_FLOAT:
            return VALUE_OF_DOUBLE(sqlite3_column_double(statement, column));
        case SQLITE_TEXT:
            return value_of_str((Str){ (const char *) sqlite3_column_text(statement, column),
                                       (size_t) sqlite3_column_bytes(statement, column) });
        case SQLITE_BLOB:
        {
            const char *bytes = sqlite3_column_blob(statement, column);
            size_t len = (size_t) sqlite3_column_bytes(statement, column);

            return (Value){ .kind = VALUE_BYTES, .text = { bytes == NULL ? "" : bytes, len } };
        }
        default:
            return VALUE_OF_NULL;
    }
}

static Columns
describe(sqlite3_stmt *statement, Arena *arena)
{
    size_t count = (size_t) sqlite3_column_count(statement);
    Column *items = ARENA_ARRAY(arena, count, Column);

    for (size_t i = 0; i < count; i++)
    {
        const char *type = sqlite3_column_decltype(statement, (int) i);
        bool is_boolean = type != NULL && str_is_nocase(str_of(type), "boolean");

        items[i] = (Column){
            .name = sqlite3_column_name(statement, (int) i),
            .database_type = type == NULL ? "" : type,
            .base_type = is_boolean ? BASE_BOOLEAN : BASE_ANY,
        };
    }
    return (Columns){ items, count };
}

static bool
fetch(StoreConn *conn, sqlite3_stmt *statement, RowCollector *collector, Error *err)
{
    RowSink *sink = &collector->sink;
    Columns columns = describe(statement, collector->arena);
    Value *cells = ARENA_ARRAY(collector->arena, columns.count, Value);
    int code;

    if (!sink->begin(sink, &columns, err))
        return false;
    for (code = sqlite3_step(statement); code == SQLITE_ROW; code = sqlite3_step(statement))
    {
        for (size_t i = 0; i < columns.count; i++)
            cells[i] = read_cell(statement, (int) i, columns.items[i].base_type == BASE_BOOLEAN);
        if (!sink->row(sink, cells, err))
            return false;
    }
    if (code != SQLITE_DONE)
        return fail(conn->db, code, "step", err);
    return sink->end(sink, err);
}

static bool
sqlite_engine_query(StoreConn *conn, Arena *arena, const char *sql, const Value *values,
                    size_t count, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(arena, rows, 0);
    sqlite3_stmt *statement;
    bool done;

    if (!prepare(conn, sql, &statement, err))
        return false;
    done =
        bind_values(conn, statement, values, count, err) && fetch(conn, statement, &collector, err);
    (void) sqlite3_reset(statement); /* repeats the error that step gave */
    (void) sqlite3_clear_bindings(statement);
    return done;
}

/* All pages in one step: readers go on, the other side sees one state. */
static bool
copy_pages(sqlite3 *to, sqlite3 *from, Error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    int code;

    if (backup == NULL)
        return fail(to, sqlite3_extended_errcode(to), "copy", err);
    (void) sqlite3_backup_step(backup, -1);
    code = sqlite3_backup_finish(backup);
    return code == SQLITE_OK || fail(to, code, "copy", err);
}

bool
sqlite_copy_to(StoreConn *conn, const char *path, Error *err)
{
    sqlite3 *other = NULL;
    int code;
    bool done;

    (void) unlink(path); /* a copy that was cut short; absent most of the time */
    if (!make_file(path, err))
        return false;
    code = sqlite3_open_v2(path, &other, SQLITE_OPEN_READWRITE, NULL);
    done = code == SQLITE_OK ? copy_pages(other, conn->db, err) : fail(other, code, "copy", err);
    (void) sqlite3_close(other); /* no statement is left open */
    return done;
}

bool
sqlite_copy_from(StoreConn *conn, const char *path, Error *err)
{
    sqlite3 *other = NULL;
    int code = sqlite3_open_v2(path, &other, SQLITE_OPEN_READWRITE, NULL);
    bool done;

    statement_forget_all(&conn->cache, destroy_statement);
    done = code == SQLITE_OK ? copy_pages(conn->db, other, err) : fail(other, code, "copy", err);
    (void) sqlite3_close(other); /* no statement is left open */
    return done;
}

const Engine engine_sqlite = {
    .kind = STORE_SQLITE,
    .begin = "begin immediate",
    .open = sqlite_engine_open,
    .close = sqlite_engine_close,
    .is_lost = sqlite_engine_is_lost,
    .query = sqlite_engine_query,
    .script = sqlite_engine_script,
};
