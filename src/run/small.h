/*
 * Small cells: an answer for strangers without the figures of groups that count few rows. What
 * follows from the others goes too: in each line of groups, what is left out counts enough rows.
 * When it is not known how many rows a group counts, nothing is shown.
 */
#ifndef RUN_SMALL_H
#define RUN_SMALL_H

#include "run/run.h"

/* Why nothing of this answer may be shown, known before it runs; NULL: it may run. */
const char *small_refusal(const SmallCells *small, const CompiledQuery *part);
/* An answer of no rows. */
void small_hide(RunAnswer *answer, const SmallCells *small, const char *why);
/* Takes the place of the rows of a whole answer; `max_bytes` as for any other. */
bool small_apply(Arena *arena, const RunOrder *order, size_t max_bytes, RunAnswer *answer,
                 Error *err);

#endif
