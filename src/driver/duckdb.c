/*
 * DuckDB files in the data folder, opened read-only by a library that may be there or not. The
 * engine is inside this process, so it is kept on a short lead: no other file, no network, no
 * extension, no setting, memory and threads counted; only statements that read.
 */
#include "base/file.h"
#include "base/heap.h"
#include "driver/details.h"
#include "driver/dialects.h"
#include "driver/duckdb_rows.h"
#include "driver/schema.h"

#include <string.h>
#include <time.h>

enum
{
    IDLE_NS = 1000000, /* when other threads of the library do what is left */
    MAX_TEXT_BYTES = 2 * 1024 * 1024
};

extern const char sql_duckdb_tables[], sql_duckdb_columns[], sql_duckdb_keys[], sql_duckdb_facts[];

typedef struct DuckConn
{
    ConnBase base; /* first, so that a Conn * is a DuckConn * */
    const DuckLibrary *library;
    DuckDatabase database;
    DuckConnection connection;
    Cancel *cancel;
    int64_t timeout_ms;
    int64_t deadline; /* of the running statement, monotonic; 0: none */
} DuckConn;

static const ConnOption duckdb_options[] = {
    { .key = "database_file",
      .label = "File",
      .kind = "string",
      .required = true,
      .placeholder = "name.duckdb",
      .help = "The name of a file in the data folder of this server." },
    { 0 },
};

/* --------------------------------------------------------------------------------------- opening
 */

static const char *const settings[][2] = {
    { "access_mode", "READ_ONLY" },
    { "threads", "2" },
    { "memory_limit", "1GB" },
    { "temp_directory", "" },
    { "autoinstall_known_extensions", "false" },
    { "autoload_known_extensions", "false" },
    { "allow_community_extensions", "false" },
};

static bool
run_script(DuckConn *conn, const char *text, Error *err)
{
    DuckResult result = { 0 };
    DuckState state = conn->library->query(conn->connection, text, &result);

    if (state != DUCK_OK)
        (void) error_set(err, ERR_UPSTREAM, "DuckDB: %s", conn->library->result_error(&result));
    conn->library->destroy_result(&result);
    return state == DUCK_OK;
}

static bool
open_file(DuckConn *conn, const char *path, Error *err)
{
    const DuckLibrary *library = conn->library;
    DuckConfig config = NULL;
    char *message = NULL;
    bool set = library->create_config(&config) == DUCK_OK;
    DuckState state = DUCK_FAILED;

    for (size_t i = 0; set && i < COUNT_OF(settings); i++)
        set = library->set_config(config, settings[i][0], settings[i][1]) == DUCK_OK;
    if (set)
        state = library->open_ext(path, &conn->database, config, &message);
    library->destroy_config(&config);
    if (state != DUCK_OK)
        (void) error_field(err, "database_file", "DuckDB cannot open it: %.300s",
                           message == NULL ? "a setting is not known" : message);
    if (message != NULL)
        library->free(message);
    if (state != DUCK_OK)
        return false;
    if (library->connect(conn->database, &conn->connection) != DUCK_OK)
        return error_set(err, ERR_UNAVAILABLE, "DuckDB gives no connection");
    return run_script(conn, "set enable_external_access = false", err);
}

static void
duckdb_driver_close(Conn *base)
{
    DuckConn *conn = (DuckConn *) base;

    if (conn->connection != NULL)
        conn->library->disconnect(&conn->connection);
    if (conn->database != NULL)
        conn->library->close(&conn->database);
    heap_free(conn);
}

static bool
duckdb_driver_prepare(Conn *base, const QuerySession *session, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    DuckConn *conn = (DuckConn *) base;
    Sql sql = { .arena = arena, .dialect = &duckdb_dialect };

    conn->cancel = session->cancel;
    conn->timeout_ms = session->timeout_ms;
    sql_words(&sql, "set TimeZone = ");
    sql_quoted(&sql, session->timezone == NULL ? "UTC" : session->timezone);
    return sql_done(&sql, err) && run_script(conn, sql_cstr(&sql), err);
}

static Conn *
duckdb_driver_open(const ConnSpec *spec, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    QuerySession session = { .cancel = (Cancel *) spec->cancel };
    const DuckLibrary *library;
    const char *path;
    DuckConn *conn;

    if (!details_file(arena, spec, "database_file", &path, err) || !duckdb_library(&library, err))
        return NULL;
    conn = heap_new(1, sizeof(*conn));
    conn->base.driver = spec->driver;
    conn->library = library;
    if (open_file(conn, path, err) && duckdb_driver_prepare((Conn *) conn, &session, err))
        return (Conn *) conn;
    duckdb_driver_close((Conn *) conn);
    return NULL;
}

static bool
duckdb_driver_is_broken(Conn *conn)
{
    (void) conn;
    return false;
}

static void
duckdb_driver_cancel(Conn *base)
{
    DuckConn *conn = (DuckConn *) base;

    conn->library->interrupt(conn->connection);
}

static void
interrupt(void *conn)
{
    duckdb_driver_cancel(conn);
}

/* ------------------------------------------------------------------------------------- statements
 */

static bool
is_late(const DuckConn *conn)
{
    return conn->deadline != 0 && time_monotonic() > conn->deadline;
}

static bool
go_on(const DuckConn *conn, Error *err)
{
    if (is_late(conn))
        return error_set(err, ERR_TIMEOUT, SENTENCE("the question took longer than it may"));
    return cancel_check(conn->cancel, err);
}

static bool
refused(const DuckConn *conn, const char *message, Error *err)
{
    if (!go_on(conn, err))
        return false;
    if (message != NULL && strncmp(message, "INTERRUPT", 9) == 0)
        return error_set(err, ERR_CANCELLED, SENTENCE("it was cancelled"));
    return error_set(err, ERR_UPSTREAM, "DuckDB: %.400s", message == NULL ? "" : message);
}

/* What a statement holds, given back in one place. */
typedef struct DuckRun
{
    DuckConn *conn;
    Arena *arena;
    DuckStatement statement;
    DuckPending pending;
    DuckResult result;
    const char **names; /* of the columns, when the statement was wrapped; or NULL */
    DuckColumn *columns;
    Value *cells;
    uint64_t count;
} DuckRun;

static void
run_free(DuckRun *run)
{
    run->conn->library->destroy_result(&run->result);
    run->conn->library->destroy_pending(&run->pending);
    run->conn->library->destroy_prepare(&run->statement);
}

static bool
prepare_text(DuckRun *run, const char *text, Error *err)
{
    const DuckLibrary *library = run->conn->library;

    library->destroy_prepare(&run->statement);
    if (library->prepare(run->conn->connection, text, &run->statement) == DUCK_OK)
        return true;
    return refused(run->conn, library->prepare_error(run->statement), err);
}

static void
add_column(Buf *out, int type, size_t at)
{
    if (at > 1)
        buf_text(out, ", ");
    if (duckdb_is_plain(type))
        buf_format(out, "#%zu", at);
    else if (duckdb_is_nested(type))
        buf_format(out, "cast(to_json(#%zu) as varchar)", at);
    else
        buf_format(out, "cast(#%zu as varchar)", at);
}

/* The same rows, with the types that are not read here as text; names get lost and are kept. */
static const char *
plain_text(DuckRun *run, const char *text, uint64_t count)
{
    const DuckLibrary *library = run->conn->library;
    Buf out = buf_new(run->arena, MAX_TEXT_BYTES);

    run->names = ARENA_ARRAY(run->arena, count, const char *);
    buf_text(&out, "select ");
    for (uint64_t i = 0; i < count; i++)
    {
        char *name = library->prepared_statement_column_name(run->statement, i);

        run->names[i] = arena_text(run->arena, name);
        library->free(name);
        add_column(&out, library->prepared_statement_column_type(run->statement, i),
                   (size_t) i + 1);
    }
    buf_format(&out, " from (%s\n) as plain", text);
    return buf_cstr(&out);
}

static bool
prepare(DuckRun *run, const Sql *sql, Error *err)
{
    const DuckLibrary *library = run->conn->library;
    const char *text = sql_cstr(sql);
    uint64_t count;
    bool plain = true;
    int kind;

    if (!prepare_text(run, text, err))
        return false;
    kind = library->prepared_statement_type(run->statement);
    if (kind != DUCK_SELECT && kind != DUCK_EXPLAIN)
        return error_set(err, ERR_DENIED, SENTENCE("only one statement that reads is allowed"));
    if (library->nparams(run->statement) != sql->value_count)
        return error_set(err, ERR_INVALID, "a value is missing");
    count = library->prepared_statement_column_count(run->statement);
    for (uint64_t i = 0; i < count; i++)
        plain =
            plain && duckdb_is_plain(library->prepared_statement_column_type(run->statement, i));
    return plain || prepare_text(run, plain_text(run, text, count), err);
}

static bool
bind(const DuckRun *run, const Sql *sql, Error *err)
{
    const DuckLibrary *library = run->conn->library;
    DuckState state = DUCK_OK;

    for (size_t i = 0; i < sql->value_count && state == DUCK_OK; i++)
    {
        const Value *value = &sql->values[i];

        switch (value->kind)
        {
            case VALUE_NULL:
                state = library->bind_null(run->statement, i + 1);
                break;
            case VALUE_BOOL:
                state = library->bind_boolean(run->statement, i + 1, value->boolean);
                break;
            case VALUE_INT:
                state = library->bind_int64(run->statement, i + 1, value->integer);
                break;
            case VALUE_DOUBLE:
                state = library->bind_double(run->statement, i + 1, value->number);
                break;
            default:
                state =
                    library->bind_varchar(run->statement, i + 1, value_to_text(run->arena, value));
                break;
        }
    }
    return state == DUCK_OK || error_set(err, ERR_INVALID, "DuckDB refused a value");
}

/* Piece by piece, so that a cancel or the end of time is seen in between. */
static bool
execute(DuckRun *run, Error *err)
{
    const DuckLibrary *library = run->conn->library;
    const struct timespec idle = { .tv_nsec = IDLE_NS };
    int progress = DUCK_NOT_READY;

    if (library->pending_prepared_streaming(run->statement, &run->pending) != DUCK_OK)
        return refused(run->conn, library->pending_error(run->pending), err);
    while (progress == DUCK_NOT_READY || progress == DUCK_NO_TASK)
    {
        if (!go_on(run->conn, err))
            return false;
        progress = library->pending_execute_task(run->pending);
        if (progress == DUCK_NO_TASK)
            (void) nanosleep(&idle, NULL);
    }
    if (progress == DUCK_PENDING_FAILED)
        return refused(run->conn, library->pending_error(run->pending), err);
    if (library->execute_pending(run->pending, &run->result) == DUCK_OK)
        return true;
    return refused(run->conn, library->result_error(&run->result), err);
}

static bool
take_chunk(DuckRun *run, DuckChunk chunk, RowSink *sink, Error *err)
{
    const DuckLibrary *library = run->conn->library;
    uint64_t rows = library->data_chunk_get_size(chunk);

    for (uint64_t i = 0; i < run->count; i++)
    {
        DuckVector vector = library->data_chunk_get_vector(chunk, i);

        run->columns[i].data = library->vector_get_data(vector);
        run->columns[i].validity = library->vector_get_validity(vector);
    }
    for (uint64_t row = 0; row < rows; row++)
    {
        ArenaMark mark = arena_mark(run->arena);

        for (uint64_t i = 0; i < run->count; i++)
            run->cells[i] = duckdb_cell(run->arena, &run->columns[i], row);
        if (!sink->row(sink, run->cells, err))
            return false;
        arena_rewind(run->arena, mark);
    }
    return true;
}

static bool
read_rows(DuckRun *run, RowSink *sink, Error *err)
{
    const DuckLibrary *library = run->conn->library;
    Columns columns = duckdb_columns(library, run->arena, &run->result, run->names, &run->columns);
    DuckChunk chunk;
    const char *message;
    bool done = true;

    for (size_t i = 0; i < columns.count; i++)
        if (!duckdb_is_plain(run->columns[i].type))
            return error_set(err, ERR_UPSTREAM, "the type of the column %s cannot be read: cast it",
                             columns.items[i].name);
    run->count = columns.count;
    run->cells = ARENA_ARRAY(run->arena, columns.count, Value);
    if (!sink->begin(sink, &columns, err))
        return false;
    while (done && (chunk = library->fetch_chunk(run->result)) != NULL)
    {
        done = go_on(run->conn, err) && take_chunk(run, chunk, sink, err);
        library->destroy_data_chunk(&chunk);
    }
    message = library->result_error(&run->result);
    if (done && message != NULL && message[0] != '\0')
        return refused(run->conn, message, err);
    return done && sink->end(sink, err);
}

static bool
duckdb_driver_query(Conn *base, const Sql *sql, RowSink *sink, Error *err)
{
    DuckConn *conn = (DuckConn *) base;
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(run_free) DuckRun run = { .conn = conn, .arena = arena };
    bool done;

    conn->deadline =
        conn->timeout_ms > 0 ? time_monotonic() + conn->timeout_ms * (SECOND_US / 1000) : 0;
    if (!go_on(conn, err))
        return false;
    cancel_on(conn->cancel, interrupt, conn);
    done = prepare(&run, sql, err) && bind(&run, sql, err) && execute(&run, err) &&
           read_rows(&run, sink, err);
    cancel_on(conn->cancel, NULL, NULL);
    /* What its threads still do must end before their memory does. */
    if (!done)
        conn->library->interrupt(conn->connection);
    return done;
}

static bool
duckdb_driver_describe(Conn *conn, Arena *arena, Schema *schema, Error *err)
{
    const SchemaQueries queries = { .tables = sql_duckdb_tables,
                                    .columns = sql_duckdb_columns,
                                    .keys = sql_duckdb_keys,
                                    .facts = sql_duckdb_facts,
                                    .type_of = duckdb_base_type,
                                    .filter = { "all", "" } };

    *schema = (Schema){ .flavor = "DuckDB" };
    return schema_read(conn, &queries, arena, schema, err);
}

const Driver duckdb_driver = {
    .name = "duckdb",
    .label = "DuckDB",
    .features =
        DRIVER_SCHEMAS | DRIVER_CANCEL | DRIVER_ZONES | DRIVER_CONNECTABLE | DRIVER_FOREIGN_KEYS,
    .options = duckdb_options,
    .dialect = &duckdb_dialect,
    .open = duckdb_driver_open,
    .close = duckdb_driver_close,
    .prepare = duckdb_driver_prepare,
    .is_broken = duckdb_driver_is_broken,
    .query = duckdb_driver_query,
    .describe = duckdb_driver_describe,
    .cancel = duckdb_driver_cancel,
};
