/*
 * Reads the values of a column of a model for search, all of them, and tells who may find them:
 * only those for whom the very same question gives them. Whoever has rows or columns hidden, or no
 * right to the data, is asked another question, or none.
 */
#ifndef RUN_INDEX_H
#define RUN_INDEX_H

#include "run/run.h"
#include "store/model_index.h"

enum
{
    INDEX_VALUES = 25000 /* most of one index */
};

typedef struct IndexGround
{
    Runner *runner;
    Store *store;
    Settings *settings;
    Cancel *cancel; /* may be NULL */
} IndexGround;

/* Puts what the model holds now in the place of what was kept. A failure is kept with the index,
 * too: then it has no values. *count: how many there are. */
bool index_fill(const IndexGround *ground, Arena *arena, ModelIndex *index, int64_t *count,
                Error *err);
/* False in doubt. Nothing runs. */
bool index_is_for(const IndexGround *ground, Arena *arena, const ModelIndex *index,
                  const Identity *who);

#endif
