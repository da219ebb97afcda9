/* Runs questions against a real engine and compares rows. */
#ifndef TESTS_QUERY_RUNNER_H
#define TESTS_QUERY_RUNNER_H

#include "base/json.h"
#include "base/map.h"
#include "driver/driver.h"
#include "query/compile.h"
#include "sql/row.h"

/* The types of a column as an engine declares them, in this order in engines.c. */
typedef enum TypeWords
{
    WORDS_POSTGRES,
    WORDS_SQLITE,
    WORDS_MYSQL,
    WORDS_CLICKHOUSE,
    WORDS_DUCKDB,
    WORDS_COUNT
} TypeWords;

/* How data sets get into one kind of engine. Questions are asked through its driver. */
typedef struct Engine Engine;
typedef struct EngineKind
{
    const char *name; /* also of the driver */
    TypeWords words;
    bool utc_only;          /* instants are written in UTC, without an offset */
    bool only_compiles;     /* no server can be had: SQL is compared, and nothing runs */
    const char *table_tail; /* after the columns of a table, or NULL */
    /* An empty database, ready for `exec`. */
    bool (*begin)(Engine *engine, const char *dataset, Error *err);
    bool (*exec)(Engine *engine, const char *sql, Error *err);
    void (*end)(Engine *engine);
    /* Connection details of a data set. */
    void (*details)(const Engine *engine, Arena *arena, Json *details, const char *dataset);
} EngineKind;

struct Engine
{
    const EngineKind *kind;
    const Driver *driver;
    Arena *arena;
    const char *where; /* a folder or a URL */
    const char *dataset;
    Map *conns; /* by data set */
    void *loader;
};

/* NULL when there is none of this name, or its driver is not built. */
Engine *engine_new(Arena *arena, const char *name, const char *where);
void engine_load(Engine *engine, const char *dataset, const Json *tables);
bool engine_run(Engine *engine, const char *dataset, const char *timezone, const Sql *sql,
                Arena *arena, Rows *rows, Error *err);
void engine_close(Engine *engine);

extern const EngineKind engine_kinds[]; /* ended by a zero name */
/* user, password, host and port of "scheme://user:password@host:port". */
void engine_address(const Engine *engine, Arena *arena, Json *details);

typedef struct Dataset
{
    const char *name;
    const Json *json;
    Catalog catalog;
    bool loaded;
} Dataset;

/* The tables and fields of a data set with ids, types and ranges. */
void dataset_catalog(Arena *arena, Dataset *dataset);
int64_t dataset_symbol(const Dataset *dataset, const char *symbol);
/* The same catalog with what a case changes: fields, remappings. */
Catalog dataset_changed(Arena *arena, const Dataset *dataset, const Json *setup);

/* Compares; `why` says what differs. */
bool rows_match(Arena *arena, const Json *test, const CompiledQuery *compiled, const Rows *rows,
                const Zone *zone, const char **why);
/* The text of a moment as it is compared. */
const char *cell_text(Arena *arena, const Value *cell, const Zone *zone);

#endif
