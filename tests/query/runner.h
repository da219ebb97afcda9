/* Runs questions against a real engine and compares rows. */
#ifndef TESTS_QUERY_RUNNER_H
#define TESTS_QUERY_RUNNER_H

#include "base/json.h"
#include "query/compile.h"
#include "sql/row.h"

/* One engine with the data sets loaded into it. */
typedef struct Engine Engine;
struct Engine
{
    const char *name;
    const Dialect *dialect;
    void (*load)(Engine *engine, const char *dataset, const Json *tables);
    bool (*run)(Engine *engine, const char *dataset, const char *timezone, const Sql *sql,
                Arena *arena, Rows *rows, Error *err);
    void *state;
    const char *folder; /* for files */
};

Engine *engine_sqlite(const char *folder);
Engine *engine_postgres(const char *url);
void engine_close(Engine *engine);

/* A cell of a generated table: text of now + steps. */
const char *generated_text(Arena *arena, int64_t step_seconds, int64_t number);

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
