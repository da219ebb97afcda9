/* Between the files of the expand pass. */
#ifndef QUERY_EXPAND_H
#define QUERY_EXPAND_H

#include "query/ast.h"

bool expand_stage(Compiler *c, Stage *stage, Error *err);
/* Points a reference, and all references inside a clause, at columns; sets types. */
bool expand_node(Compiler *c, Stage *stage, Node *node, Error *err);
/* The columns of a table, stage or native text, as a source of others. */
bool expand_source(Compiler *c, Source *source, Error *err);
/* A name that fits the dialect and is not among `taken`. */
const char *unique_alias(Compiler *c, Map **taken, const char *wanted);
bool expand_binning(Compiler *c, Stage *stage, Node *node, Error *err);
/* The columns that a stage returns. */
bool expand_outputs(Compiler *c, Stage *stage, Error *err);
/* Key columns with a display column or values beside them, in the last stage. */
/* The field when a reference is to a key that is shown by another column. */
const CatalogField *remapped_key(const Compiler *c, const Node *node);
bool remap_display(Compiler *c, Stage *stage, const Node *key, Node **display, Error *err);
bool expand_remaps(Compiler *c, Stage *stage, Error *err);
const char *column_title(Compiler *c, const Stage *stage, const Node *node);
const char *words_of_name(Compiler *c, const char *name);
const char *field_title(Compiler *c, const CatalogField *field);
/* Default result name of an aggregation or expression. */
const char *node_name(Compiler *c, const Node *node);
bool same_reference(const Node *a, const Node *b);
bool node_has_window(const Node *node);

#endif
