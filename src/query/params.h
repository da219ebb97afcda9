/* Parameters: values that come with a question become clauses. */
#ifndef QUERY_PARAMS_H
#define QUERY_PARAMS_H

#include "query/ast.h"

/* The condition that a parameter of that type and value puts on a reference; NULL: none. */
bool param_filter(Compiler *c, const char *type, const Json *value, const Json *options,
                  const Node *target, Node **filter, Error *err);
/* "past3days", "2024-01~2024-06", "exclude-days-Mon"... */
bool date_filter(Compiler *c, const char *text, const Node *target, Node **filter, Error *err);
/* Null, missing, an empty text or list. */
bool param_is_empty(const Json *value);
/* Does it aim at a column, not at a variable of SQL? */
bool param_is_of_column(const Compiler *c, const Json *parameter);

/* Parameters of a saved question must name a column, or a tag and be of a type that it allows. */
bool check_tag_parameters(Compiler *c, const Json *tags, const Json *parameters, Error *err);
/* Is the parameter meant for that tag? */
bool parameter_is_for(const Compiler *c, const Json *parameter, const Json *tag, const char *name);

/* The template of a native stage becomes parts; `parameters` NULL: defaults only. */
bool native_expand(Compiler *c, Stage *stage, const Json *parameters, Error *err);
/* Sources of a stage point into the catalog. */
bool resolve_stage(Compiler *c, Stage *stage, Error *err);
bool resolve_card(Compiler *c, int64_t id, const Path *path, Stage **stage, Error *err);
/* Literals take the type of what they are compared with. */
bool check_node(Compiler *c, Node *node, Error *err);

#endif
