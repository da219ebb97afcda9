/*
 * SQLite files in the data folder, opened read-only. The engine is inside this process, so it is
 * kept on a short lead: no ATTACH, no extension, no writing, no file outside of the folder.
 */
#include "base/heap.h"
#include "base/map.h"
#include "driver/details.h"
#include "driver/dialects.h"
#include "driver/sqlite_functions.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum
{
    BUSY_MS = 2000,
    PROGRESS_STEPS = 5000,
    MAX_LENGTH = 64 * 1024 * 1024
};

extern const char sql_sqlite_tables[], sql_sqlite_columns[], sql_sqlite_keys[],
    sql_sqlite_indexed[], sql_sqlite_estimates[];

typedef struct SqliteConn
{
    ConnBase base; /* first, so that a Conn * is a SqliteConn * */
    sqlite3 *db;
    const Cancel *cancel;
    int64_t timeout_ms;
    int64_t deadline; /* of the running statement, monotonic; 0: none */
} SqliteConn;

static const ConnOption sqlite_options[] = {
    { .key = "db",
      .label = "File",
      .kind = "string",
      .required = true,
      .placeholder = "name.db",
      .help = "The name of a file in the data folder of this server." },
    { 0 },
};

static bool
is_late(const SqliteConn *conn)
{
    return conn->deadline != 0 && time_monotonic() > conn->deadline;
}

static bool
refused(SqliteConn *conn, Error *err)
{
    int code = sqlite3_errcode(conn->db);

    if (code == SQLITE_INTERRUPT && is_late(conn))
        return error_set(err, ERR_TIMEOUT, SENTENCE("the question took longer than it may"));
    if (code == SQLITE_INTERRUPT)
        return cancel_check(conn->cancel, err)
                   ? error_set(err, ERR_CANCELLED, SENTENCE("it was cancelled"))
                   : false;
    return error_set(err, code == SQLITE_BUSY ? ERR_UNAVAILABLE : ERR_UPSTREAM, "SQLite: %s",
                     sqlite3_errmsg(conn->db));
}

static int
must_stop(void *arg)
{
    const SqliteConn *conn = arg;

    return is_late(conn) || !cancel_check(conn->cancel, &(Error){ 0 });
}

/* The pragmas that describe; all others could change something. */
static bool
pragma_is_safe(const char *name)
{
    static const char *const safe[] = { "table_xinfo", "foreign_key_list", "index_list",
                                        "index_info" };

    for (size_t i = 0; i < COUNT_OF(safe); i++)
        if (strcasecmp(name, safe[i]) == 0)
            return true;
    return false;
}

/* Only reading: the rest is refused when a statement is prepared. */
static int
authorize(void *arg, int action, const char *a, const char *b, const char *c, const char *d)
{
    (void) arg;
    (void) c;
    (void) d;
    switch (action)
    {
        case SQLITE_SELECT:
        case SQLITE_READ:
        case SQLITE_RECURSIVE:
            return SQLITE_OK;
        case SQLITE_UPDATE:
            /* Asked when a table-valued pragma declares its columns; the file is read-only. */
            return strcmp(a, "sqlite_master") == 0 ? SQLITE_OK : SQLITE_DENY;
        case SQLITE_PRAGMA:
            return pragma_is_safe(a) ? SQLITE_OK : SQLITE_DENY;
        case SQLITE_FUNCTION:
            return b != NULL && strcmp(b, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
        default:
            return SQLITE_DENY;
    }
}

static void
sqlite_close(Conn *conn)
{
    SqliteConn *own = (SqliteConn *) conn;

    (void) sqlite3_close(own->db);
    heap_free(own);
}

static Conn *
sqlite_open(const ConnSpec *spec, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    SqliteConn *conn;
    const char *path;

    if (!details_file(arena, spec, "db", &path, err))
        return NULL;
    conn = heap_new(1, sizeof(*conn));
    conn->base.driver = spec->driver;
    conn->cancel = spec->cancel;
    if (sqlite3_open_v2(path, &conn->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
    {
        (void) refused(conn, err);
        sqlite_close((Conn *) conn);
        return NULL;
    }
    (void) sqlite3_busy_timeout(conn->db, BUSY_MS);
    (void) sqlite3_limit(conn->db, SQLITE_LIMIT_ATTACHED, 0);
    (void) sqlite3_limit(conn->db, SQLITE_LIMIT_LENGTH, MAX_LENGTH);
    (void) sqlite3_db_config(conn->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void) sqlite3_set_authorizer(conn->db, authorize, NULL);
    if (!sqlite_functions_add(conn->db))
    {
        (void) refused(conn, err);
        sqlite_close((Conn *) conn);
        return NULL;
    }
    sqlite3_progress_handler(conn->db, PROGRESS_STEPS, must_stop, conn);
    return (Conn *) conn;
}

/* Times are text that the functions of this driver read: there is no zone to set. */
static bool
sqlite_prepare(Conn *base, const QuerySession *session, Error *err)
{
    SqliteConn *conn = (SqliteConn *) base;

    (void) err;
    conn->cancel = session->cancel;
    conn->timeout_ms = session->timeout_ms;
    return true;
}

static bool
sqlite_is_broken(Conn *conn)
{
    (void) conn;
    return false;
}

static void
sqlite_cancel(Conn *conn)
{
    sqlite3_interrupt(((SqliteConn *) conn)->db);
}

/* --------------------------------------------------------------------------------------- query */

/* Declared types are free text in SQLite: they are read for words that they contain. */
static const struct
{
    const char *word;
    BaseType type;
} type_words[] = {
    { "bool", BASE_BOOLEAN },       { "timestamp", BASE_DATE_TIME },
    { "datetime", BASE_DATE_TIME }, { "date", BASE_DATE },
    { "time", BASE_TIME },          { "bigint", BASE_BIG_INTEGER },
    { "int", BASE_INTEGER },        { "char", BASE_TEXT },
    { "clob", BASE_TEXT },          { "text", BASE_TEXT },
    { "blob", BASE_ANY },           { "real", BASE_FLOAT },
    { "floa", BASE_FLOAT },         { "doub", BASE_FLOAT },
    { "numeric", BASE_DECIMAL },    { "decimal", BASE_DECIMAL },
    { "json", BASE_JSON },
};

static BaseType
base_type_of(Arena *arena, const char *declared)
{
    const char *folded = declared == NULL ? "" : str_fold(arena, str_of(declared));

    for (size_t i = 0; i < COUNT_OF(type_words); i++)
        if (strstr(folded, type_words[i].word) != NULL)
            return type_words[i].type;
    return BASE_ANY;
}

static Value
value_at(sqlite3_stmt *statement, int column, BaseType type)
{
    const char *text;

    switch (sqlite3_column_type(statement, column))
    {
        case SQLITE_NULL:
            return VALUE_OF_NULL;
        case SQLITE_INTEGER:
            if (type == BASE_BOOLEAN)
                return VALUE_OF_BOOL(sqlite3_column_int64(statement, column) != 0);
            return VALUE_OF_INT(sqlite3_column_int64(statement, column));
        case SQLITE_FLOAT:
            return VALUE_OF_DOUBLE(sqlite3_column_double(statement, column));
        case SQLITE_BLOB:
            text = sqlite3_column_blob(statement, column);
            return (Value){ .kind = VALUE_BYTES,
                            .text = { text == NULL ? "" : text,
                                      (size_t) sqlite3_column_bytes(statement, column) } };
        default:
            text = (const char *) sqlite3_column_text(statement, column);
            return value_of_str((Str){ text, (size_t) sqlite3_column_bytes(statement, column) });
    }
}

static bool
bind_one(SqliteConn *conn, sqlite3_stmt *statement, int at, const Value *value, Arena *arena,
         Error *err)
{
    const char *text;
    int code;

    switch (value->kind)
    {
        case VALUE_NULL:
            code = sqlite3_bind_null(statement, at);
            break;
        case VALUE_BOOL:
            code = sqlite3_bind_int(statement, at, value->boolean);
            break;
        case VALUE_INT:
            code = sqlite3_bind_int64(statement, at, value->integer);
            break;
        case VALUE_DOUBLE:
            code = sqlite3_bind_double(statement, at, value->number);
            break;
        default:
            text = value_to_text(arena, value);
            code = sqlite3_bind_text(statement, at, text, -1, SQLITE_TRANSIENT);
            break;
    }
    return code == SQLITE_OK || refused(conn, err);
}

static void
statement_free(sqlite3_stmt **statement)
{
    (void) sqlite3_finalize(*statement);
}

static bool
begin_sink(Arena *arena, sqlite3_stmt *statement, RowSink *sink, Column **columns, int count,
           Error *err)
{
    *columns = ARENA_ARRAY(arena, (size_t) count, Column);
    for (int i = 0; i < count; i++)
    {
        const char *declared = sqlite3_column_decltype(statement, i);

        (*columns)[i] =
            (Column){ .name = arena_text(arena, sqlite3_column_name(statement, i)),
                      .base_type = base_type_of(arena, declared),
                      .database_type = declared == NULL ? "" : arena_text(arena, declared) };
    }
    return sink->begin(sink, &(Columns){ *columns, (size_t) count }, err);
}

static bool
sqlite_query(Conn *base, const Sql *sql, RowSink *sink, Error *err)
{
    SqliteConn *conn = (SqliteConn *) base;
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(statement_free) sqlite3_stmt *statement = NULL;
    const char *tail;
    Column *columns;
    Value *cells;
    int count, code;

    conn->deadline =
        conn->timeout_ms > 0 ? time_monotonic() + conn->timeout_ms * (SECOND_US / 1000) : 0;
    if (sqlite3_prepare_v2(conn->db, sql_cstr(sql), -1, &statement, &tail) != SQLITE_OK)
        return refused(conn, err);
    if (statement == NULL || !sqlite3_stmt_readonly(statement) ||
        tail[strspn(tail, " ;\n\t")] != '\0')
        return error_set(err, ERR_INVALID, SENTENCE("only one statement that reads is allowed"));
    for (size_t i = 0; i < sql->value_count; i++)
        if (!bind_one(conn, statement, (int) i + 1, &sql->values[i], arena, err))
            return false;
    count = sqlite3_column_count(statement);
    cells = ARENA_ARRAY(arena, (size_t) count, Value);
    if (!begin_sink(arena, statement, sink, &columns, count, err))
        return false;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
    {
        for (int i = 0; i < count; i++)
            cells[i] = value_at(statement, i, columns[i].base_type);
        if (!sink->row(sink, cells, err))
            return false;
    }
    return code == SQLITE_DONE ? sink->end(sink, err) : refused(conn, err);
}

/* ------------------------------------------------------------------------------------- describe */

/* A named statement of this driver with at most one bound name. */
static bool
ask(Conn *conn, Arena *arena, const char *text, const char *name, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(arena, rows, 100000);
    Value value = value_of_text(name);
    Sql sql = { .arena = arena, .dialect = &sqlite_dialect, .values = &value };

    sql.text = buf_new(arena, 4096);
    buf_text(&sql.text, text);
    sql.value_count = name != NULL;
    return sqlite_query(conn, &sql, &collector.sink, err);
}

static SchemaColumn *
column_lookup(SchemaTable *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (name != NULL && strcasecmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    return NULL;
}

static bool
describe_columns(Conn *conn, Arena *arena, SchemaTable *table, Error *err)
{
    Rows rows;

    if (!ask(conn, arena, sql_sqlite_columns, table->name, &rows, err))
        return false;
    table->columns = ARENA_ARRAY(arena, rows.count, SchemaColumn);
    for (size_t i = 0; i < rows.count; i++)
    {
        const Value *cell = rows.row[i];
        SchemaColumn *column = &table->columns[table->column_count++];
        const char *type = value_to_text(arena, &cell[1]);

        column->name = value_to_text(arena, &cell[0]);
        column->database_type = type == NULL ? "" : type;
        column->base_type = base_type_of(arena, type);
        column->is_pk = value_to_int(&cell[4], 0) == 1;
        column->is_nullable = !value_to_bool(&cell[2], false) && !column->is_pk;
        column->value = value_to_text(arena, &cell[3]);
        column->is_generated = value_to_int(&cell[5], 0) > 1;
        column->is_auto_increment =
            column->is_pk && strcasecmp(column->database_type, "integer") == 0;
        column->is_indexed = column->is_pk;
    }
    return true;
}

static bool
describe_keys(Conn *conn, Arena *arena, SchemaTable *table, Error *err)
{
    Rows rows;

    if (!ask(conn, arena, sql_sqlite_keys, table->name, &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
    {
        SchemaColumn *column = column_lookup(table, value_to_text(arena, &rows.row[i][1]));

        if (column == NULL)
            continue;
        column->target_table = value_to_text(arena, &rows.row[i][0]);
        column->target_column = value_to_text(arena, &rows.row[i][2]);
    }
    if (!ask(conn, arena, sql_sqlite_indexed, table->name, &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
    {
        SchemaColumn *column = column_lookup(table, value_to_text(arena, &rows.row[i][0]));

        if (column != NULL)
            column->is_indexed = true;
    }
    return true;
}

/* Only there after ANALYZE: without it nothing is known. */
static void
describe_estimates(Conn *conn, Arena *arena, Schema *schema)
{
    Rows rows;

    if (!ask(conn, arena, sql_sqlite_estimates, NULL, &rows, &(Error){ 0 }))
        return;
    for (size_t i = 0; i < rows.count; i++)
        for (size_t t = 0; t < schema->table_count; t++)
            if (strcasecmp(schema->tables[t].name, value_to_text(arena, &rows.row[i][0])) == 0)
                schema->tables[t].row_estimate = value_to_int(&rows.row[i][1], -1);
}

static bool
sqlite_describe(Conn *conn, Arena *arena, Schema *schema, Error *err)
{
    Schema found = { .version = sqlite3_libversion(), .flavor = "SQLite" };
    Rows rows;

    if (!ask(conn, arena, sql_sqlite_tables, NULL, &rows, err))
        return false;
    found.tables = ARENA_ARRAY(arena, rows.count, SchemaTable);
    for (size_t i = 0; i < rows.count; i++)
    {
        SchemaTable *table = &found.tables[found.table_count++];

        table->name = value_to_text(arena, &rows.row[i][0]);
        table->is_view = strcmp(value_to_text(arena, &rows.row[i][1]), "view") == 0;
        table->row_estimate = -1;
        if (!describe_columns(conn, arena, table, err) || !describe_keys(conn, arena, table, err))
            return false;
    }
    describe_estimates(conn, arena, &found);
    *schema = found;
    return true;
}

const Driver sqlite_driver = {
    .name = "sqlite",
    .label = "SQLite",
    .features = DRIVER_CANCEL | DRIVER_CONNECTABLE | DRIVER_FOREIGN_KEYS,
    .options = sqlite_options,
    .dialect = &sqlite_dialect,
    .open = sqlite_open,
    .close = sqlite_close,
    .prepare = sqlite_prepare,
    .is_broken = sqlite_is_broken,
    .query = sqlite_query,
    .describe = sqlite_describe,
    .cancel = sqlite_cancel,
};
