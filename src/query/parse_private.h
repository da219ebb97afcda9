/* Between the two files of the parser. */
#ifndef QUERY_PARSE_PRIVATE_H
#define QUERY_PARSE_PRIVATE_H

#include "query/ast.h"

/* Lower case, with dashes. */
char word_letter(char letter);
/* Like parse_node, but a bare number or text is a field. */
bool parse_reference(Compiler *c, const Json *json, const Path *path, Node **node, Error *err);
bool parse_references(Compiler *c, const Json *json, const Path *path, List *nodes, Error *err);
bool parse_stages(Compiler *c, const Json *json, const Path *path, List *stages, Stage **last,
                  Error *err);

#endif
