/* What the files of a feed's run share. */
#ifndef ETL_FEED_PRIVATE_H
#define ETL_FEED_PRIVATE_H

#include "etl/feed.h"
#include "etl/target.h"

/* One run, or one check, of a feed. */
typedef struct FeedWork
{
    Arena *arena;
    const Feed *feed;
    const FeedRun *run;
    FeedReport *report;
    Plan plan; /* schema and readers, for the functions of the target */
    Pg *source;
    Pg *target;
    const char *snapshot;
    Catalog catalog;
    const char *building;
    int64_t history_id;
    int64_t begun;
    List gone; /* const char *: tables that it filled once and does not name any more */
    List skipped;
} FeedWork;

bool feed_ask(FeedWork *w, const char *sql, const Value *values, size_t count, Rows *rows,
              Error *err);
Sql feed_sql(const FeedWork *w);
bool feed_script(FeedWork *w, const Sql *sql, Error *err);
void feed_change(FeedWork *w, const char *text);
/* Asks whoever watches whether to go on; a callback of copy and swap, `arg` is a FeedWork. */
bool feed_watch(void *arg, Error *err);

bool feed_begin_history(FeedWork *w, Error *err);
bool feed_end_history(FeedWork *w, const char *state, const char *message, Error *err);

/* Which tables of the target are not the feed's: ERR_CONFLICT when a swap would drop one. */
bool feed_meet_others(FeedWork *w, Error *err);
/* Rights on the schema, and those that later tables will have, go on with the swapped one. */
bool feed_carry_rights(FeedWork *w, Error *err);
/* What was built takes its place, in one transaction that also ends the history. */
bool feed_put_in_place(FeedWork *w, Error *err);

#endif
