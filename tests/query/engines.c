/* The engines of the suite: a SQLite file for each data set through our driver, and a private
 * Postgres with a schema for each. */
#include "base/file.h"
#include "base/heap.h"
#include "driver/dialects.h"
#include "driver/driver.h"
#include "pg/pg.h"
#include "runner.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
die(const char *what, const char *why)
{
    (void) fprintf(stderr, "runner: %s: %s\n", what, why);
    exit(70);
}

const char *
generated_text(Arena *arena, int64_t step_seconds, int64_t number)
{
    return time_text(arena, time_now() + number * step_seconds * SECOND_US);
}

static const char *
type_word(const char *base_type, bool sqlite)
{
    static const struct
    {
        const char *base, *postgres, *sqlite;
    } words[] = {
        { "type/Integer", "integer", "integer" },
        { "type/BigInteger", "bigint", "bigint" },
        { "type/Float", "double precision", "real" },
        { "type/Decimal", "numeric", "decimal" },
        { "type/Boolean", "boolean", "boolean" },
        { "type/Date", "date", "date" },
        { "type/DateTime", "timestamp", "timestamp" },
        { "type/Time", "time", "time" },
        { "type/UUID", "uuid", "text" },
        { "type/JSON", "jsonb", "text" },
        { "type/DateTimeWithTZ", "timestamptz", "timestamp" },
        { "type/DateTimeWithLocalTZ", "timestamptz", "timestamp" },
        { "type/DateTimeWithZoneOffset", "timestamptz", "timestamp" },
        { "type/DateTimeWithZoneID", "timestamptz", "timestamp" },
        { "type/TimeWithLocalTZ", "timetz", "time" },
        { "type/TimeWithZoneOffset", "timetz", "time" },
    };

    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcmp(words[i].base, base_type) == 0)
            return sqlite ? words[i].sqlite : words[i].postgres;
    return "text";
}

static const char *
create_table(Arena *arena, const Dialect *dialect, const char *schema, const Json *table)
{
    Sql sql = { .arena = arena, .dialect = dialect };
    const Json *columns = json_get(table, "columns");

    sql_words(&sql, "create table ");
    sql_table(&sql, schema, json_text_or(json_get(table, "name"), ""));
    sql_words(&sql, " (");
    for (const Json *column = columns->first; column != NULL; column = column->next)
    {
        if (column != columns->first)
            sql_words(&sql, ", ");
        sql_ident(&sql, json_text_or(json_get(column, "name"), ""));
        sql_words(&sql, " ");
        sql_append_literal(
            &sql, type_word(json_text_or(json_get(column, "base_type"), ""), schema == NULL));
        if (json_bool_or(json_get(column, "pk"), false))
            sql_words(&sql, " primary key");
    }
    sql_words(&sql, ")");
    return sql_cstr(&sql);
}

typedef void PutRow(void *arg, const Json *columns, const char *const *cells, size_t count);

/* Each row of a table as texts; NULL is null. */
static void
each_row(Arena *arena, const Json *table, PutRow *put, void *arg)
{
    const Json *columns = json_get(table, "columns");
    const Json *generator = json_get(table, "generator");
    const Json *rows = json_get(table, "rows");
    const char *cells[64];

    if (generator != NULL)
    {
        int64_t step = json_int_or(json_get(generator, "step_seconds"), 1);
        int64_t from = json_int_or(json_get(generator, "from"), 0);
        int64_t to = json_int_or(json_get(generator, "to"), 0);

        for (int64_t i = from; i <= to; i++)
        {
            cells[0] = arena_format(arena, "%lld", (long long) (i - from + 1));
            cells[1] = generated_text(arena, step, i);
            put(arg, columns, cells, columns->count);
        }
        return;
    }
    for (const Json *row = rows->first; row != NULL; row = row->next)
    {
        ArenaMark mark = arena_mark(arena);
        size_t count = 0;

        for (const Json *cell = row->first; cell != NULL; cell = cell->next)
        {
            if (cell->kind == JSON_NULL)
                cells[count++] = NULL;
            else if (cell->kind == JSON_BOOL)
                cells[count++] = cell->boolean ? "1" : "0";
            else if (cell->kind == JSON_ARRAY || cell->kind == JSON_OBJECT)
                cells[count++] = json_print(arena, cell);
            else if (cell->kind == JSON_TEXT && strchr(cell->text, '[') != NULL &&
                     cell->text[0] == '2')
                cells[count++] = arena_text_n(arena, cell->text, strcspn(cell->text, "["));
            else
                cells[count++] = cell->text;
        }
        put(arg, columns, cells, count);
        arena_rewind(arena, mark);
    }
}

/* -------------------------------------------------------------------------------------- SQLite */

static void
put_sqlite(void *arg, const Json *columns, const char *const *cells, size_t count)
{
    sqlite3_stmt *statement = arg;

    (void) columns;
    for (size_t i = 0; i < count; i++)
    {
        if (cells[i] == NULL)
            (void) sqlite3_bind_null(statement, (int) i + 1);
        else
            (void) sqlite3_bind_text(statement, (int) i + 1, cells[i], -1, SQLITE_TRANSIENT);
    }
    if (sqlite3_step(statement) != SQLITE_DONE)
        die("insert", sqlite3_errmsg(sqlite3_db_handle(statement)));
    (void) sqlite3_reset(statement);
}

static void
load_sqlite(Engine *engine, const char *dataset, const Json *tables)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *path = arena_format(arena, "%s/%s.db", engine->folder, dataset);
    sqlite3 *db;

    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_exec(db, "begin", NULL, NULL, NULL) != SQLITE_OK)
        die(path, "cannot be made");
    for (const Json *table = tables->first; table != NULL; table = table->next)
    {
        Sql sql = { .arena = arena, .dialect = &sqlite_dialect };
        sqlite3_stmt *statement;

        if (sqlite3_exec(db, create_table(arena, &sqlite_dialect, NULL, table), NULL, NULL, NULL) !=
            SQLITE_OK)
            die(dataset, sqlite3_errmsg(db));
        sql_words(&sql, "insert into ");
        sql_ident(&sql, json_text_or(json_get(table, "name"), ""));
        sql_words(&sql, " values (?");
        for (size_t i = 1; i < json_get(table, "columns")->count; i++)
            sql_words(&sql, ", ?");
        sql_words(&sql, ")");
        if (sqlite3_prepare_v2(db, sql_cstr(&sql), -1, &statement, NULL) != SQLITE_OK)
            die(dataset, sqlite3_errmsg(db));
        each_row(arena, table, put_sqlite, statement);
        (void) sqlite3_finalize(statement);
    }
    if (sqlite3_exec(db, "commit", NULL, NULL, NULL) != SQLITE_OK)
        die(dataset, sqlite3_errmsg(db));
    (void) sqlite3_close(db);
}

static bool
run_sqlite(Engine *engine, const char *dataset, const char *timezone, const Sql *sql, Arena *arena,
           Rows *rows, Error *err)
{
    CLEANUP(conn_close) Conn *conn = NULL;
    RowCollector collector = row_collector(arena, rows, 100000);
    Json *details = json_new(arena, JSON_OBJECT);
    ConnSpec spec = { .driver = driver_lookup("sqlite"),
                      .details = details,
                      .data_folder = engine->folder };

    (void) timezone;
    json_put(arena, details, "db", json_new_text(arena, arena_format(arena, "%s.db", dataset)));
    conn = conn_open(&spec, err);
    return conn != NULL && conn_query(conn, sql, &collector.sink, err);
}

Engine *
engine_sqlite(const char *folder)
{
    Engine *engine = heap_new(1, sizeof(*engine));

    *engine = (Engine){ .name = "sqlite",
                        .dialect = &sqlite_dialect,
                        .load = load_sqlite,
                        .run = run_sqlite,
                        .folder = folder };
    return engine;
}

/* ------------------------------------------------------------------------------------ Postgres */

static void
copy_text(Buf *line, const char *text)
{
    for (; *text != '\0'; text++)
    {
        if (*text == '\\' || *text == '\t' || *text == '\n' || *text == '\r')
            buf_char(line, '\\');
        buf_char(line, *text == '\t' ? 't' : *text == '\n' ? 'n' : *text == '\r' ? 'r' : *text);
    }
}

typedef struct CopyRows
{
    Pg *pg;
    Arena *arena;
} CopyRows;

static void
put_postgres(void *arg, const Json *columns, const char *const *cells, size_t count)
{
    CopyRows *copy = arg;
    Buf line = buf_new(copy->arena, 1000000);
    Error err;

    (void) columns;
    for (size_t i = 0; i < count; i++)
    {
        if (i > 0)
            buf_char(&line, '\t');
        if (cells[i] == NULL)
            buf_text(&line, "\\N");
        else
            copy_text(&line, cells[i]);
    }
    buf_char(&line, '\n');
    if (!pg_copy_in_write(copy->pg, NULL, buf_slice(&line), &err))
        die("copy", err.message);
}

static void
load_postgres(Engine *engine, const char *dataset, const Json *tables)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Pg *pg = engine->state;
    Sql schema = { .arena = arena, .dialect = engine->dialect };
    Error err;

    sql_words(&schema, "create schema ");
    sql_ident(&schema, dataset);
    if (!pg_script(pg, NULL, "set time zone 'UTC'", &err) ||
        !pg_script(pg, NULL, sql_cstr(&schema), &err))
        die(dataset, err.message);
    for (const Json *table = tables->first; table != NULL; table = table->next)
    {
        Sql copy = { .arena = arena, .dialect = engine->dialect };
        CopyRows rows = { pg, arena };

        sql_words(&copy, "copy ");
        sql_table(&copy, dataset, json_text_or(json_get(table, "name"), ""));
        sql_words(&copy, " from stdin");
        if (!pg_script(pg, NULL, create_table(arena, engine->dialect, dataset, table), &err) ||
            !pg_copy_in_begin(pg, NULL, sql_cstr(&copy), &err))
            die(dataset, err.message);
        each_row(arena, table, put_postgres, &rows);
        if (!pg_copy_in_end(pg, NULL, &(int64_t){ 0 }, &err))
            die(dataset, err.message);
    }
}

static bool
run_postgres(Engine *engine, const char *dataset, const char *timezone, const Sql *sql,
             Arena *arena, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(arena, rows, 100000);
    Sql set = { .arena = arena, .dialect = engine->dialect };

    sql_words(&set, "set search_path = ");
    sql_ident(&set, dataset);
    sql_words(&set, "; set time zone ");
    sql_quoted(&set, timezone);
    return pg_script(engine->state, NULL, sql_cstr(&set), err) &&
           pg_run(engine->state, NULL, sql, &collector.sink, err);
}

Engine *
engine_postgres(const char *url)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Engine *engine = heap_new(1, sizeof(*engine));
    PgTarget target;
    Pg *pg;
    Error err;

    if (!pg_target_from_url(arena, url, &target, &err) || !pg_open(&target, NULL, &pg, &err))
        die("postgres", err.message);
    *engine = (Engine){ .name = "postgres",
                        .dialect = &postgres_dialect,
                        .load = load_postgres,
                        .run = run_postgres,
                        .state = pg };
    return engine;
}

void
engine_close(Engine *engine)
{
    Pg *pg = engine->state;

    if (pg != NULL)
        pg_close(&pg);
    heap_free(engine);
}
