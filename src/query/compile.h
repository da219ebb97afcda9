/*
 * The compiler: a question (MBQL 4, MBQL 5 or SQL with tags) becomes one statement for one dialect,
 * with the columns that it gives and the tables and fields that it touches. Pure: no database, no
 * clock (the moment comes with the options). Errors name the clause and its path.
 */
#ifndef QUERY_COMPILE_H
#define QUERY_COMPILE_H

#include "base/error.h"
#include "query/catalog.h"
#include "sql/sql.h"

typedef struct QueryOptions
{
    Instant now;           /* what "today" is counted from */
    const char *timezone;  /* report time zone; NULL: UTC. The connection must be set to it */
    int week_start;        /* 1 Monday .. 7 Sunday; 0: Sunday */
    double bin_width;      /* of latitudes and longitudes; 0: 10 */
    int bin_count;         /* of other numbers; 0: 8 */
    int64_t bare_limit;    /* rows of a last stage that does not aggregate; 0: none */
    int64_t grouped_limit; /* rows of one that does; 0: none. Told, not written in the SQL */
    bool saved;    /* a saved question: its parameters must name tags and be of types they allow */
    bool of_model; /* and it is a model: its filters act on what it gives */
    const char *locale; /* of display names: "en" or "fr"; NULL: "en" */
    bool counts_groups; /* also ask how many rows each group of the answer counts */
    /* Where to say, when a compilation fails for it, which saved question's values were never
     * looked at; or NULL. */
    int64_t *unseen_card;
} QueryOptions;

/* A column of the answer, as clients know it. */
typedef struct QueryColumn
{
    const char *name;
    const char *display_name;
    const char *source; /* "fields", "breakout", "aggregation", "native" */
    BaseType base_type;
    BaseType effective_type;
    const char *semantic_type; /* or NULL */
    const char *unit;          /* temporal unit, or NULL */
    const char *timezone;      /* of a converted time, or NULL */
    const CatalogField *field; /* the column of a table that it comes from, or NULL */
    int64_t fk_field_id;       /* key of an implicit join, or 0 */
    const char *join_alias;
    const char *expression; /* name of the expression, or NULL */
    const char *remapped_from, *remapped_to;
    const Json *remap_pairs; /* values to show as text, for a column that the database has not */
    bool is_remapped_text;   /* filled by the server from the column `remapped_from` */
    const Json *field_ref;
    const Json *binning; /* binning_info, or NULL */
    bool adds;           /* a measure: that of two groups together is the sum of theirs */
} QueryColumn;

/* Whether it is known how many rows each group of an answer counts, or why not. */
typedef enum GroupCount
{
    GROUP_NOT_ASKED,
    GROUP_COUNTED,
    GROUP_OF_ONE,    /* rows are shown as they are */
    GROUP_OF_GROUPS, /* its rows are groups of another question, or of SQL */
    GROUP_IN_PART,   /* a measure is of some rows of a group, or of several groups */
    GROUP_OF_SQL     /* only whoever wrote it knows */
} GroupCount;

typedef struct CompiledQuery
{
    Sql sql;
    const QueryColumn *columns; /* none for a native question: the database tells */
    size_t column_count;
    const int64_t *tables; /* touched, each once */
    size_t table_count;
    const int64_t *fields;
    size_t field_count;
    bool is_native;   /* the text was written by a person: needs that right */
    int64_t max_rows; /* cut the answer there and say so; 0: no limit */
    const char *timezone;
    GroupCount group_count;
    size_t count_at;   /* GROUP_COUNTED: of the database's columns, the count; not in `columns` */
    bool ranks_groups; /* measures say in which order groups come */
} CompiledQuery;

/* `question` is the body of a request: database, type, query or native or stages, parameters. */
bool query_compile(Arena *arena, const Json *question, const Catalog *catalog,
                   const Dialect *dialect, const QueryOptions *options, CompiledQuery *compiled,
                   Error *err);

/* May a value of this type of parameter be given to a tag of an SQL template, or where the other
 * type is declared? What asks for an exact match must not become a "not". */
bool query_tag_accepts(const Json *tag, const char *type);
bool query_type_accepts(const char *declared, const char *type);

/* A pivot table (pivot_rows, pivot_cols... of the question): one statement where the database has
 * grouping sets, else several with the same columns, whose rows follow each other. */
bool query_compile_pivot(Arena *arena, const Json *question, const Catalog *catalog,
                         const Dialect *dialect, const QueryOptions *options, CompiledQuery **parts,
                         size_t *count, Error *err);

#endif
