/*
 * A feed: tables of a target filled from columns of a source, or from queries, as a file says.
 * Columns are listed one by one, so that nothing unnamed passes.
 */
#ifndef ETL_FEED_H
#define ETL_FEED_H

#include "etl/draft.h"

typedef struct FeedColumn
{
    const char *column; /* in the source, or in the result of the query */
    const char *name;   /* in the target */
    const char *type;   /* NULL: that of the source */
    const char *comment;
} FeedColumn;

typedef struct FeedTable
{
    const char *name;
    const char *comment;
    const char *schema; /* of the source's table `from`; NULL when there is a query */
    const char *from;
    const char *query; /* text of the .sql file */
    TextList key;      /* names in the target */
    FeedColumn *columns;
    size_t column_count;
} FeedTable;

typedef struct Feed
{
    const char *name;
    const char *schema;
    bool swap; /* the whole schema is replaced; else each table keeps its identity */
    PgTarget source;
    PgTarget target;
    TextList readers;
    const char *schedule; /* NULL: none */
    const char *timezone; /* NULL: that of the server */
    bool make_up;
    FeedTable *tables;
    size_t table_count;
} Feed;

/* `name` is a path, or the name of a file of `folder` without its ending. ERR_CONFIG names the
 * place in the file. */
bool feed_load(Arena *arena, const char *folder, const char *name, char *const *environment,
               Feed *feed, Error *err);

typedef struct FeedReport
{
    CopyTable *tables;
    size_t table_count;
    List changes;   /* const char *: of the tables' definitions */
    List forgotten; /* const char *: tables that are not in the file any more and had to stay */
    Instant started;
    int64_t rows;
    int64_t bytes;
    int64_t memory; /* the most that this process held, bytes */
    double seconds;
    bool cleaned; /* a dead run had left something */
} FeedReport;

typedef struct FeedRun
{
    const Cancel *cancel; /* may be NULL */
    /* Called from time to time with the tables and their counters; false stops the run. */
    bool (*watch)(void *arg, const CopyTable *tables, size_t count, Error *err);
    void *watch_arg;
} FeedRun;

/* Source and target fit the feed; copies nothing. */
bool feed_check(Arena *arena, const Feed *feed, FeedReport *report, Error *err);
/* Readers see the old tables or the new ones. On failure nothing that was built stays. */
bool feed_run(Arena *arena, const Feed *feed, const FeedRun *run, FeedReport *report, Error *err);

/* Keys are read by scripts: add, do not rename. */
void feed_report_json(JsonWriter *w, const Feed *feed, const FeedReport *report);
void feed_report_text(Buf *out, const Feed *feed, const FeedReport *report);

#endif
