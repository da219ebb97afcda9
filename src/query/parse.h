/* JSON to nodes: used by the first pass, and by those that bring in saved questions. */
#ifndef QUERY_PARSE_H
#define QUERY_PARSE_H

#include "query/ast.h"

/* A whole question as stages, first to last. Returns the last; those sent are added to `stages`. */
bool parse_question(Compiler *c, const Json *question, List *stages, Stage **last, Error *err);
bool parse_stage(Compiler *c, const Json *json, const Path *path, List *stages, Stage **stage,
                 Error *err);
bool parse_node(Compiler *c, const Json *json, const Path *path, Node **node, Error *err);
Stage *stage_new(Compiler *c, const Path *path);
/* A member whose key may be written source-table, source_table or SOURCE_TABLE. */
const Json *member(const Compiler *c, const Json *object, const char *key);
const Path *path_key(Compiler *c, const Path *up, const char *key);
const Path *path_index(Compiler *c, const Path *up, size_t index);
/* One clause or a list of them. */
bool parse_nodes(Compiler *c, const Json *json, const Path *path, List *nodes, Error *err);
/* A cell of JSON; lists and maps are null. */
Value value_of_scalar(const Json *json);

#endif
