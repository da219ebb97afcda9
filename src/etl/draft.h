/*
 * What a run would do: rules and catalog brought together. Every table and column of the source
 * has an answer here, or is a problem; nothing moves while there is one.
 */
#ifndef ETL_DRAFT_H
#define ETL_DRAFT_H

#include "etl/plan.h"

#include <stdatomic.h>

/* A column of the target. */
typedef struct CopyColumn
{
    const char *name;
    const char *comment;
    SqlType type;
    const char *collation; /* of pg_catalog; NULL: that of the type */
    const char *fallback;  /* the text of a constant default; NULL: none */
    bool not_null;
    bool masked;
    MaskUse use; /* when masked */
    const SourceColumn *source;
} CopyColumn;

typedef struct CopyKey
{
    const SourceKey *source;
    const char *target; /* the table of the target it points to */
} CopyKey;

/*
 * A table of the target and where its rows come from. Whoever fills these members (rules, or a
 * feed) can use copy, target, proof and report.
 */
typedef struct CopyTable
{
    const char *name;
    const char *comment;
    const SourceTable *source;
    const char *where;       /* conditions of the operator, SQL; or NULL */
    const char *drop_column; /* whose rows are dropped, as drop_use says; or NULL */
    const MaskUse *drop_use;
    bool ident; /* some mask wants the id of the row */
    CopyColumn *columns;
    size_t column_count;
    const SourceIndex **indexes;
    size_t index_count;
    CopyKey *keys;
    size_t key_count;
    TextList quasi;
    /* Of the run: */
    _Atomic int64_t rows;
    _Atomic int64_t bytes;
    _Atomic int64_t micros; /* of work, over all connections */
    _Atomic int parts_left;
} CopyTable;

typedef struct Problem
{
    const char *table;
    const char *column; /* or NULL */
    const char *text;
} Problem;

typedef struct Draft
{
    CopyTable *tables;
    size_t table_count;
    Problem *problems;
    size_t problem_count;
    List warnings;     /* const char * */
    List skipped;      /* Skipped * */
    const char *paste; /* YAML for what no rule names, or "" */
    bool key_needed;
} Draft;

bool draft_make(Arena *arena, const Plan *plan, const Catalog *catalog, Draft *draft, Error *err);
/* ERR_CONFIG when there are problems, or, if strict, warnings. */
bool draft_check(const Draft *draft, bool strict, Error *err);
const CopyColumn *draft_column(const CopyTable *table, const char *name);

#endif
