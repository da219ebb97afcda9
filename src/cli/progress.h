/*
 * Progress of a copy. In a terminal: a line for each table at work and one for all, written over;
 * elsewhere a line now and then. A table that is done has its line for good. SIGINT and SIGTERM end
 * the copy in order; a second one ends the process.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "etl/draft.h"

typedef struct Progress
{
    bool terminal;
    bool quiet; /* nothing is shown; signals still stop the copy */
    int64_t begun;
    int64_t last;
    bool *told;     /* of each table: its end */
    int64_t *since; /* of each table: when its first rows were seen; 0: not yet */
    size_t done;
    size_t drawn; /* lines that are written over the next time */
} Progress;

void progress_begin(Arena *arena, size_t tables, Progress *progress);
/* The `watch` of EtlRun and FeedRun; `arg` is a Progress. */
bool progress_show(void *arg, const CopyTable *tables, size_t count, Error *err);
/* Takes away the lines that are written over. */
void progress_end(Progress *progress);

#endif
