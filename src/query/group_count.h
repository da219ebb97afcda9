/* The rows that each group of the last stage counts. */
#ifndef QUERY_GROUP_COUNT_H
#define QUERY_GROUP_COUNT_H

#include "query/ast.h"

/* Adds the count as the last aggregation, and says in `c->group_count` why it could not. Sources
 * are expanded, aggregations are not yet. */
void group_count_apply(Compiler *c, Stage *stage);
/* Do measures say in which order the groups come? After the stage is expanded. */
bool group_count_ranks(const Stage *stage);
/* Is the measure of two groups together the sum of theirs? */
bool group_count_adds(const Node *node);

#endif
