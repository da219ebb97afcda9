/*
 * Progress of a copy: one line that is written over in a terminal, a line now and then elsewhere.
 * SIGINT and SIGTERM end the copy in order; a second one ends the process.
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
    bool *told; /* of each table: its end */
    size_t done;
} Progress;

void progress_begin(Arena *arena, size_t tables, Progress *progress);
/* The `watch` of EtlRun and FeedRun; `arg` is a Progress. */
bool progress_show(void *arg, const CopyTable *tables, size_t count, Error *err);
/* After a failure: leaves the line that is written over. */
void progress_end(const Progress *progress);

#endif
