/* How data sets get into each kind of engine. */
#include "driver/dialects.h"
#include "driver/duckdb_library.h"
#include "http/client.h"
#include "pg/pg.h"
#include "runner.h"

#include <sqlite3.h>
#include <string.h>

#ifdef VIGIE_WITH_MYSQL
/* Its headers have a list_add of their own. */
#define list_add mysql_list_add
#include <mysql.h>
#undef list_add
#endif

static void
put_text(Arena *arena, Json *details, const char *key, const char *value)
{
    (void) json_put(arena, details, key, json_new_text(arena, value));
}

/* -------------------------------------------------------------------------------------- SQLite */

static bool
sqlite_exec(Engine *engine, const char *sql, Error *err)
{
    return sqlite3_exec(engine->loader, sql, NULL, NULL, NULL) == SQLITE_OK ||
           error_set(err, ERR_UPSTREAM, "%s", sqlite3_errmsg(engine->loader));
}

static bool
sqlite_begin(Engine *engine, const char *dataset, Error *err)
{
    const char *path = arena_format(engine->arena, "%s/%s.db", engine->where, dataset);
    sqlite3 *db;

    if (sqlite3_open(path, &db) != SQLITE_OK)
        return error_set(err, ERR_UPSTREAM, "%s", sqlite3_errmsg(db));
    engine->loader = db;
    return sqlite_exec(engine, "begin", err);
}

static void
sqlite_end(Engine *engine)
{
    (void) sqlite3_exec(engine->loader, "commit", NULL, NULL, NULL);
    (void) sqlite3_close(engine->loader);
}

static void
sqlite_details(const Engine *engine, Arena *arena, Json *details, const char *dataset)
{
    (void) engine;
    put_text(arena, details, "db", arena_format(arena, "%s.db", dataset));
}

/* ------------------------------------------------------------------------------------ Postgres */

static bool
postgres_exec(Engine *engine, const char *sql, Error *err)
{
    return pg_script(engine->loader, NULL, sql, err);
}

static bool
postgres_begin(Engine *engine, const char *dataset, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *server = NULL;
    Sql sql = { .arena = arena, .dialect = engine->driver->dialect };
    PgTarget target;

    sql_words(&sql, "create database ");
    sql_ident(&sql, dataset);
    if (!pg_target_from_url(arena, engine->where, &target, err) ||
        !pg_open(&target, NULL, &server, err) || !pg_script(server, NULL, sql_cstr(&sql), err))
        return false;
    target.dbname = dataset;
    return pg_open(&target, NULL, (Pg **) &engine->loader, err) &&
           postgres_exec(engine, "set time zone 'UTC'", err);
}

static void
postgres_end(Engine *engine)
{
    pg_close((Pg **) &engine->loader);
}

static void
server_details(const Engine *engine, Arena *arena, Json *details, const char *dataset)
{
    engine_address(engine, arena, details);
    put_text(arena, details, "dbname", dataset);
}

/* --------------------------------------------------------------------------- MariaDB and MySQL */

#ifdef VIGIE_WITH_MYSQL
static bool
mysql_exec(Engine *engine, const char *sql, Error *err)
{
    return mysql_query(engine->loader, sql) == 0 ||
           error_set(err, ERR_UPSTREAM, "%s", mysql_error(engine->loader));
}

static bool
mysql_begin(Engine *engine, const char *dataset, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Json *details = json_new(arena, JSON_OBJECT);
    Sql sql = { .arena = arena, .dialect = engine->driver->dialect };

    engine_address(engine, arena, details);
    engine->loader = mysql_init(NULL);
    if (mysql_real_connect(engine->loader, json_text_or(json_get(details, "host"), NULL),
                           json_text_or(json_get(details, "user"), NULL),
                           json_text_or(json_get(details, "password"), NULL), NULL,
                           (unsigned) json_int_or(json_get(details, "port"), 0), NULL, 0) == NULL)
        return error_set(err, ERR_UPSTREAM, "%s", mysql_error(engine->loader));
    (void) mysql_set_character_set(engine->loader, "utf8mb4");
    sql_words(&sql, "create database ");
    sql_ident(&sql, dataset);
    return mysql_exec(engine, sql_cstr(&sql), err) &&
           (mysql_select_db(engine->loader, dataset) == 0 ||
            error_set(err, ERR_UPSTREAM, "%s", mysql_error(engine->loader)));
}

static void
mysql_end(Engine *engine)
{
    mysql_close(engine->loader);
}
#endif

/* ---------------------------------------------------------------------------------- ClickHouse */

static bool
post(const char *address, const char *database, const char *sql, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    HttpCall call = { .method = POST,
                      .url = arena_format(
                          arena, "http://%s/%s%s", strchr(address, '@') + 1,
                          database == NULL ? "" : "?database=", database == NULL ? "" : database),
                      .body = str_of(sql) };
    HttpReply reply;

    if (!client_call(arena, &call, &reply, err))
        return false;
    return reply.status == 200 || error_set(err, ERR_UPSTREAM, "%.400s", reply.body.ptr);
}

static bool
clickhouse_exec(Engine *engine, const char *sql, Error *err)
{
    return post(engine->where, engine->dataset, sql, err);
}

static bool
clickhouse_begin(Engine *engine, const char *dataset, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Sql sql = { .arena = arena, .dialect = engine->driver->dialect };

    sql_words(&sql, "create database ");
    sql_ident(&sql, dataset);
    return post(engine->where, NULL, sql_cstr(&sql), err);
}

static void
clickhouse_end(Engine *engine)
{
    (void) engine;
}

/* -------------------------------------------------------------------------------------- DuckDB */

typedef struct DuckLoader
{
    const DuckLibrary *library;
    DuckDatabase database;
    DuckConnection connection;
} DuckLoader;

static bool
duckdb_exec(Engine *engine, const char *sql, Error *err)
{
    DuckLoader *loader = engine->loader;
    DuckResult result = { 0 };
    bool done = loader->library->query(loader->connection, sql, &result) == DUCK_OK ||
                error_set(err, ERR_UPSTREAM, "%.400s", loader->library->result_error(&result));

    loader->library->destroy_result(&result);
    return done;
}

static bool
duckdb_begin(Engine *engine, const char *dataset, Error *err)
{
    const char *path = arena_format(engine->arena, "%s/%s.duckdb", engine->where, dataset);
    DuckLoader *loader = ARENA_NEW(engine->arena, DuckLoader);

    engine->loader = loader;
    return duckdb_library(&loader->library, err) &&
           ((loader->library->open_ext(path, &loader->database, NULL, NULL) == DUCK_OK &&
             loader->library->connect(loader->database, &loader->connection) == DUCK_OK) ||
            error_set(err, ERR_UPSTREAM, "%s cannot be made", path)) &&
           duckdb_exec(engine, "set TimeZone = 'UTC'", err);
}

static void
duckdb_end(Engine *engine)
{
    DuckLoader *loader = engine->loader;

    loader->library->disconnect(&loader->connection);
    loader->library->close(&loader->database);
}

static void
duckdb_details(const Engine *engine, Arena *arena, Json *details, const char *dataset)
{
    (void) engine;
    put_text(arena, details, "database_file", arena_format(arena, "%s.duckdb", dataset));
}

const EngineKind engine_kinds[] = {
    { .name = "sqlite",
      .words = WORDS_SQLITE,
      .begin = sqlite_begin,
      .exec = sqlite_exec,
      .end = sqlite_end,
      .details = sqlite_details },
    { .name = "postgres",
      .words = WORDS_POSTGRES,
      .begin = postgres_begin,
      .exec = postgres_exec,
      .end = postgres_end,
      .details = server_details },
#ifdef VIGIE_WITH_MYSQL
    { .name = "mysql",
      .words = WORDS_MYSQL,
      .utc_only = true,
      .begin = mysql_begin,
      .exec = mysql_exec,
      .end = mysql_end,
      .details = server_details },
#endif
    { .name = "clickhouse",
      .words = WORDS_CLICKHOUSE,
      .utc_only = true,
      .table_tail = " engine = Memory",
      .begin = clickhouse_begin,
      .exec = clickhouse_exec,
      .end = clickhouse_end,
      .details = server_details },
    { .name = "duckdb",
      .words = WORDS_DUCKDB,
      .begin = duckdb_begin,
      .exec = duckdb_exec,
      .end = duckdb_end,
      .details = duckdb_details },
    { .name = "trino", .only_compiles = true },
    { 0 },
};
