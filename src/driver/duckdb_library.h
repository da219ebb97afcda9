/*
 * What is used of DuckDB's C interface. The library is not linked: it is looked for when the first
 * such database is opened, so that the program runs without it. Its header is not needed either;
 * these declarations follow its stable interface of version 1.4 and later.
 */
#ifndef DRIVER_DUCKDB_LIBRARY_H
#define DRIVER_DUCKDB_LIBRARY_H

#include "base/error.h"

typedef struct DuckDatabase *DuckDatabase;
typedef struct DuckConnection *DuckConnection;
typedef struct DuckConfig *DuckConfig;
typedef struct DuckStatement *DuckStatement;
typedef struct DuckPending *DuckPending;
typedef struct DuckChunk *DuckChunk;
typedef struct DuckVector *DuckVector;
typedef struct DuckType *DuckType;

typedef struct DuckResult
{
    uint64_t column_count, row_count, rows_changed; /* not used any more */
    void *columns;
    char *message;
    void *internal;
} DuckResult;

typedef enum DuckState
{
    DUCK_OK,
    DUCK_FAILED
} DuckState;

typedef enum DuckProgress
{
    DUCK_READY,
    DUCK_NOT_READY,
    DUCK_PENDING_FAILED,
    DUCK_NO_TASK
} DuckProgress;

typedef enum DuckTypeId
{
    DUCK_UNKNOWN = 0, /* of a statement whose values have no type yet */
    DUCK_BOOLEAN = 1,
    DUCK_TINYINT = 2,
    DUCK_SMALLINT = 3,
    DUCK_INTEGER = 4,
    DUCK_BIGINT = 5,
    DUCK_UTINYINT = 6,
    DUCK_USMALLINT = 7,
    DUCK_UINTEGER = 8,
    DUCK_UBIGINT = 9,
    DUCK_FLOAT = 10,
    DUCK_DOUBLE = 11,
    DUCK_TIMESTAMP = 12,
    DUCK_DATE = 13,
    DUCK_TIME = 14,
    DUCK_INTERVAL = 15,
    DUCK_HUGEINT = 16,
    DUCK_VARCHAR = 17,
    DUCK_BLOB = 18,
    DUCK_DECIMAL = 19,
    DUCK_TIMESTAMP_S = 20,
    DUCK_TIMESTAMP_MS = 21,
    DUCK_TIMESTAMP_NS = 22,
    DUCK_ENUM = 23,
    DUCK_LIST = 24,
    DUCK_STRUCT = 25,
    DUCK_MAP = 26,
    DUCK_UUID = 27,
    DUCK_TIMESTAMP_TZ = 31,
    DUCK_UHUGEINT = 32,
    DUCK_ARRAY = 33,
    DUCK_SQLNULL = 36
} DuckTypeId;

/* Kinds of statements that only read. */
typedef enum DuckStatementKind
{
    DUCK_SELECT = 1,
    DUCK_EXPLAIN = 4
} DuckStatementKind;

/* Texts of up to twelve bytes are inside, longer ones elsewhere. */
typedef union DuckText
{
    struct
    {
        uint32_t length;
        char text[12];
    } inside;
    struct
    {
        uint32_t length;
        char prefix[4];
        const char *text;
    } elsewhere;
} DuckText;

typedef struct DuckLibrary
{
#define DUCK(result, name, arguments) result(*name) arguments;
#include "driver/duckdb_library.def"
#undef DUCK
} DuckLibrary;

/* Where to look, from the settings; before threads start. NULL: "libduckdb.so" of the system. */
void duckdb_library_setup(const char *path);
/* Loads it once. ERR_UNAVAILABLE with a hint when it is not on this machine or too old. */
bool duckdb_library(const DuckLibrary **library, Error *err);

#endif
