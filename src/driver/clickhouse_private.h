/* Between the files of the ClickHouse driver. */
#ifndef DRIVER_CLICKHOUSE_PRIVATE_H
#define DRIVER_CLICKHOUSE_PRIVATE_H

#include "driver/details.h"
#include "driver/driver.h"

typedef struct ClickhouseConn
{
    ConnBase base; /* first, so that a Conn * is a ClickhouseConn * */
    Arena *arena;
    const char *url; /* "https://host:8443/" */
    const char *user;
    const char *password;
    const char *dbname;
    PemFile root;
    const Zone *zone; /* of the server: that of a DateTime that names none */
    bool is_fixed;    /* the profile of the user forbids every setting */
    Cancel *cancel;   /* of the task, or NULL */
    Cancel *own;      /* of the running statement; conn_cancel may look at it */
    int64_t timeout_ms;
} ClickhouseConn;

/* Rows of the format JSONCompactEachRowWithNamesAndTypes, as they come, to a sink. */
typedef struct ClickhouseReader
{
    const ClickhouseConn *conn;
    Arena *arena;
    Arena *row_arena;
    RowSink *sink;
    Buf line;
    Buf failure; /* what is no row: the words of an exception */
    size_t lines;
    const char **names;
    struct ClickhouseType *types;
    Value *cells;
    size_t count;
} ClickhouseReader;

ClickhouseReader clickhouse_reader(const ClickhouseConn *conn, Arena *arena, RowSink *sink);
/* For HttpCall.receive. */
bool clickhouse_take(void *reader, const char *bytes, size_t len, Error *err);
/* The words of an exception so far, when the connection broke in the middle; "" without any. */
Str clickhouse_last_words(ClickhouseReader *reader);
/* The last line, then the end of the sink; fails when the server broke off. */
bool clickhouse_finish(ClickhouseReader *reader, Error *err);
/* The error of an exception: "Code: 60. DB::Exception: ...". */
bool clickhouse_fail(Str text, Error *err);
/* Of a type as the server writes it: "LowCardinality(Nullable(String))". */
BaseType clickhouse_base_type(const char *type);

#endif
