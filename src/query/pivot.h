/* Which groupings a pivot table has, and a stage changed into one of them. */
#ifndef QUERY_PIVOT_H
#define QUERY_PIVOT_H

#include "query/ast.h"

/* By number, at most 1024. The question is parsed. */
bool pivot_parts(Compiler *c, unsigned *groupings, size_t *count, Error *err);
/* The grouping becomes a column after the breakouts; those that it leaves out are null. */
void pivot_apply(Compiler *c, Stage *stage);

#endif
