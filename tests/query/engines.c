/* Loads data sets into an engine, one database for each, and asks questions through its driver. */
#include "base/heap.h"
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    ROWS_OF_INSERT = 500,
    MAX_ROWS = 100000
};

static void
die(const char *what, const char *why)
{
    (void) fprintf(stderr, "runner: %s: %s\n", what, why);
    exit(70);
}

static const char *
type_word(const char *base_type, TypeWords words)
{
    static const struct
    {
        const char *base, *word[WORDS_COUNT];
    } rows[] = {
        // clang-format off
        { "type/Integer", { "integer", "integer", "int", "Int32", "integer" } },
        { "type/BigInteger", { "bigint", "bigint", "bigint", "Int64", "bigint" } },
        { "type/Float", { "double precision", "real", "double", "Float64", "double precision" } },
        { "type/Decimal", { "numeric", "decimal", "decimal(30, 10)", "Decimal(30, 10)", "decimal(30, 10)" } },
        { "type/Boolean", { "boolean", "boolean", "boolean", "Bool", "boolean" } },
        { "type/Date", { "date", "date", "date", "Date32", "date" } },
        { "type/DateTime", { "timestamp", "timestamp", "datetime(6)", "DateTime64(6)", "timestamp" } },
        { "type/Time", { "time", "time", "time(6)", "String", "time" } },
        { "type/UUID", { "uuid", "text", "char(36)", "UUID", "uuid" } },
        { "type/JSON", { "json", "text", "json", "String", "json" } },
        { "type/DateTimeWithTZ", { "timestamptz", "timestamp", "timestamp(6)", "DateTime64(6, 'UTC')", "timestamptz" } },
        { "type/DateTimeWithLocalTZ", { "timestamptz", "timestamp", "timestamp(6)", "DateTime64(6, 'UTC')", "timestamptz" } },
        { "type/DateTimeWithZoneOffset", { "timestamptz", "timestamp", "timestamp(6)", "DateTime64(6, 'UTC')", "timestamptz" } },
        { "type/DateTimeWithZoneID", { "timestamptz", "timestamp", "timestamp(6)", "DateTime64(6, 'UTC')", "timestamptz" } },
        { "type/TimeWithLocalTZ", { "timetz", "time", "time(6)", "String", "timetz" } },
        { "type/TimeWithZoneOffset", { "timetz", "time", "time(6)", "String", "timetz" } },
        { "", { "text", "text", "text", "String", "text" } },
        // clang-format on
    };
    size_t row = 0;

    while (rows[row].base[0] != '\0' && strcmp(rows[row].base, base_type) != 0)
        row++;
    return rows[row].word[words];
}

static const char *
create_table(const Engine *engine, Arena *arena, const Json *table)
{
    Sql sql = { .arena = arena, .dialect = engine->driver->dialect };
    const Json *columns = json_get(table, "columns");

    sql_words(&sql, "create table ");
    sql_ident(&sql, json_text_or(json_get(table, "name"), ""));
    sql_words(&sql, " (");
    for (const Json *column = columns->first; column != NULL; column = column->next)
    {
        bool key = json_bool_or(json_get(column, "pk"), false);
        const char *word =
            type_word(json_text_or(json_get(column, "base_type"), ""), engine->kind->words);
        bool wrap = engine->kind->words == WORDS_CLICKHOUSE && !key;

        if (column != columns->first)
            sql_words(&sql, ", ");
        sql_ident(&sql, json_text_or(json_get(column, "name"), ""));
        sql_append_literal(&sql, wrap ? " Nullable(" : " ");
        sql_append_literal(&sql, word);
        sql_append_literal(&sql, wrap ? ")" : "");
        /* MySQL fills the first timestamp of a row by itself unless told otherwise. */
        if (engine->kind->words == WORDS_MYSQL && !key)
            sql_words(&sql, " null");
        if (key && engine->kind->words != WORDS_CLICKHOUSE)
            sql_words(&sql, " primary key");
    }
    sql_words(&sql, ")");
    if (engine->kind->table_tail != NULL)
        sql_append_literal(&sql, engine->kind->table_tail);
    return sql_cstr(&sql);
}

/* ---------------------------------------------------------------------------------------- rows */

typedef struct Insert
{
    Engine *engine;
    const Json *table;
    Arena *arena;
    Sql sql;
    size_t rows;
} Insert;

static void
flush(Insert *insert)
{
    Error err;

    if (insert->rows > 0 &&
        (!sql_done(&insert->sql, &err) ||
         !insert->engine->kind->exec(insert->engine, sql_cstr(&insert->sql), &err)))
        die("insert", err.message);
    insert->rows = 0;
}

static bool
is_instant(const char *base_type)
{
    return strncmp(base_type, "type/DateTimeWith", 17) == 0;
}

/* "2014-08-02T19:30:00+07:00" as "2014-08-02 12:30:00.000000". */
static const char *
utc_text(Arena *arena, const char *text)
{
    Instant at;
    char *utc;

    if (!time_parse(str_of(text), &at))
        die("a moment cannot be read", text);
    utc = time_text(arena, at);
    utc[10] = ' ';
    utc[26] = '\0';
    return utc;
}

static void
add_cell(Insert *insert, const Json *column, const char *cell)
{
    const char *type = json_text_or(json_get(column, "base_type"), "");
    char *end;

    if (cell == NULL)
        sql_words(&insert->sql, "null");
    else if (strcmp(type, "type/Boolean") == 0)
        sql_append_literal(&insert->sql, cell[0] == '1' ? "true" : "false");
    else if (strcmp(type, "type/Integer") == 0 || strcmp(type, "type/BigInteger") == 0)
        sql_int(&insert->sql, strtoll(cell, &end, 10));
    else if (strcmp(type, "type/Float") == 0)
        sql_double(&insert->sql, strtod(cell, &end));
    else if (insert->engine->kind->utc_only && is_instant(type))
        sql_quoted(&insert->sql, utc_text(insert->arena, cell));
    else if (insert->engine->kind->utc_only && strncmp(type, "type/TimeWith", 13) == 0)
        sql_quoted(&insert->sql, arena_text_n(insert->arena, cell, strcspn(cell, "+-Z")));
    else
        sql_quoted(&insert->sql, cell);
}

static void
add_row(Insert *insert, const char *const *cells)
{
    const Json *column = json_get(insert->table, "columns")->first;

    if (insert->rows == 0)
    {
        insert->sql = (Sql){ .arena = insert->arena, .dialect = insert->engine->driver->dialect };
        sql_words(&insert->sql, "insert into ");
        sql_ident(&insert->sql, json_text_or(json_get(insert->table, "name"), ""));
        sql_words(&insert->sql, " values ");
    }
    sql_append_literal(&insert->sql, insert->rows++ == 0 ? "(" : ", (");
    for (size_t i = 0; column != NULL; column = column->next, i++)
    {
        if (i > 0)
            sql_words(&insert->sql, ", ");
        add_cell(insert, column, cells[i]);
    }
    sql_words(&insert->sql, ")");
    if (insert->rows == ROWS_OF_INSERT)
        flush(insert);
}

/* Rows counted from now, for questions about today. */
static void
add_generated(Insert *insert, const Json *generator)
{
    int64_t step = json_int_or(json_get(generator, "step_seconds"), 1);
    int64_t from = json_int_or(json_get(generator, "from"), 0);
    int64_t to = json_int_or(json_get(generator, "to"), 0);
    Instant now = time_now();

    for (int64_t i = from; i <= to; i++)
    {
        const char *cells[] = {
            arena_format(insert->arena, "%lld", (long long) (i - from + 1)),
            time_text(insert->arena, now + i * step * SECOND_US),
        };

        if (insert->engine->kind->words == WORDS_MYSQL ||
            insert->engine->kind->words == WORDS_CLICKHOUSE)
            cells[1] = utc_text(insert->arena, cells[1]);
        add_row(insert, cells);
    }
}

static const char *
cell_of(Arena *arena, const Json *cell)
{
    if (cell->kind == JSON_NULL)
        return NULL;
    if (cell->kind == JSON_BOOL)
        return cell->boolean ? "1" : "0";
    if (cell->kind == JSON_ARRAY || cell->kind == JSON_OBJECT)
        return json_print(arena, cell);
    /* "2014-08-02T12:30:00+07:00[Asia/Saigon]" */
    if (cell->kind == JSON_TEXT && strchr(cell->text, '[') != NULL && cell->text[0] == '2')
        return arena_text_n(arena, cell->text, strcspn(cell->text, "["));
    return cell->text;
}

static void
add_rows(Insert *insert)
{
    const Json *generator = json_get(insert->table, "generator");
    const Json *rows = json_get(insert->table, "rows");
    const char *cells[64];

    if (generator != NULL)
        add_generated(insert, generator);
    for (const Json *row = rows == NULL ? NULL : rows->first; row != NULL; row = row->next)
    {
        size_t count = 0;

        for (const Json *cell = row->first; cell != NULL; cell = cell->next)
            cells[count++] = cell_of(insert->arena, cell);
        add_row(insert, cells);
    }
    flush(insert);
}

/* -------------------------------------------------------------------------------------- engine */

Engine *
engine_new(Arena *arena, const char *name, const char *where)
{
    const EngineKind *kind = engine_kinds;
    Engine *engine;

    while (kind->name != NULL && strcmp(kind->name, name) != 0)
        kind++;
    if (kind->name == NULL || driver_lookup(name) == NULL)
        return NULL;
    engine = ARENA_NEW(arena, Engine);
    *engine = (Engine){ .kind = kind,
                        .driver = driver_lookup(name),
                        .arena = arena,
                        .where = where,
                        .conns = map_new(arena) };
    return engine;
}

void
engine_load(Engine *engine, const char *dataset, const Json *tables)
{
    Error err;

    engine->dataset = dataset;
    if (engine->kind->only_compiles)
        return;
    if (!engine->kind->begin(engine, dataset, &err))
        die(dataset, err.message);
    for (const Json *table = tables->first; table != NULL; table = table->next)
    {
        CLEANUP(arena_free) Arena *arena = arena_new();
        Insert insert = { .engine = engine, .table = table, .arena = arena };

        if (!engine->kind->exec(engine, create_table(engine, arena, table), &err))
            die(dataset, err.message);
        add_rows(&insert);
    }
    engine->kind->end(engine);
}

void
engine_address(const Engine *engine, Arena *arena, Json *details)
{
    char user[100] = "", password[100] = "", host[100] = "";
    int port = 0;

    if (sscanf(engine->where, "%*[^:]://%99[^:]:%99[^@]@%99[^:]:%d", user, password, host, &port) !=
        4)
        die(engine->where, "is no address");
    json_put(arena, details, "user", json_new_text(arena, arena_text(arena, user)));
    json_put(arena, details, "password", json_new_text(arena, arena_text(arena, password)));
    json_put(arena, details, "host", json_new_text(arena, arena_text(arena, host)));
    json_put(arena, details, "port", json_new_int(arena, port));
}

static Conn *
conn_of(Engine *engine, const char *dataset, Error *err)
{
    Conn *conn = map_get(engine->conns, dataset);
    Json *details = json_new(engine->arena, JSON_OBJECT);
    ConnSpec spec = { .driver = engine->driver, .details = details, .data_folder = engine->where };

    if (conn != NULL)
        return conn;
    engine->kind->details(engine, engine->arena, details, dataset);
    conn = conn_open(&spec, err);
    if (conn != NULL)
        map_put(engine->conns, dataset, conn);
    return conn;
}

bool
engine_run(Engine *engine, const char *dataset, const char *timezone, const Sql *sql, Arena *arena,
           Rows *rows, Error *err)
{
    RowCollector collector = row_collector(arena, rows, MAX_ROWS);
    QuerySession session = { .timezone = timezone, .timeout_ms = 60000 };
    Conn *conn;

    if (engine->kind->only_compiles)
        return error_set(err, ERR_UNAVAILABLE, "nothing runs on %s here", engine->kind->name);
    conn = conn_of(engine, dataset, err);
    return conn != NULL && conn_prepare(conn, &session, err) &&
           conn_query(conn, sql, &collector.sink, err);
}

void
engine_close(Engine *engine)
{
    for (size_t i = 0; i < map_count(engine->conns); i++)
    {
        Conn *conn = map_value_at(engine->conns, i);

        conn_close(&conn);
    }
}
