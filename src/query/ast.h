/*
 * What a question is between its JSON and its SQL. One node type for clauses, references and
 * values; a Stage for each level; a Source for whatever columns are read from.
 */
#ifndef QUERY_AST_H
#define QUERY_AST_H

#include "base/map.h"
#include "query/compile.h"

typedef enum Unit
{
    UNIT_NONE,
#define UNIT(id, name, kind, english, french, order) id,
#include "query/unit.def"
#undef UNIT
    UNIT_COUNT
} Unit;

typedef enum FunctionId
{
    FN_NONE,
#define FUNCTION(id, name, kind, least, most, result, slot) id,
#include "query/functions.def"
#undef FUNCTION
    FN_COUNT_OF_ALL
} FunctionId;

typedef enum FunctionKind
{
    KIND_CONDITION,
    KIND_SCALAR,
    KIND_AGGREGATE,
    KIND_WINDOW
} FunctionKind;

typedef enum ResultType
{
    RESULT_BOOLEAN,
    RESULT_INTEGER,
    RESULT_FLOAT,
    RESULT_TEXT,
    RESULT_DATE,
    RESULT_DATETIME,
    RESULT_INSTANT,
    RESULT_TIME,
    RESULT_INTERVAL,
    RESULT_NUMBER, /* integer when all arguments are; a time when one is */
    RESULT_FIRST,  /* as the first argument */
    RESULT_BRANCH, /* as the values of the branches */
    RESULT_MOMENT  /* as the first argument, text read as a time */
} ResultType;

typedef struct FunctionRow
{
    const char *name;
    FunctionKind kind;
    int least, most;
    ResultType result;
    DialectSlot slot;
} FunctionRow;

extern const FunctionRow function_rows[];
FunctionId function_from_name(const char *name);

typedef enum UnitKind
{
    UNIT_KIND_NONE,
    UNIT_KIND_TRUNC,
    UNIT_KIND_EXTRACT
} UnitKind;

typedef struct UnitRow
{
    const char *name;
    UnitKind kind;
    const char *english, *french;
    int order; /* from fine to coarse */
} UnitRow;

extern const UnitRow unit_rows[];
/* UNIT_NONE when there is no such unit. */
Unit unit_from_name(const char *name);

/* Where a clause is in the question, for messages. */
typedef struct Path
{
    const struct Path *up;
    const char *key; /* NULL: an index */
    size_t index;
} Path;

const char *path_text(Arena *arena, const Path *path);

typedef struct Node Node;
typedef struct Stage Stage;
typedef struct Source Source;
typedef struct OutColumn OutColumn;

typedef enum NodeKind
{
    NODE_VALUE,
    NODE_FIELD,
    NODE_EXPRESSION,
    NODE_AGGREGATION,
    NODE_CALL
} NodeKind;

typedef enum BinStrategy
{
    BIN_NONE,
    BIN_DEFAULT,
    BIN_COUNT,
    BIN_WIDTH
} BinStrategy;

typedef struct Binning
{
    BinStrategy strategy;
    double count, width; /* the one asked for; both after `expand` */
    double min, max;
} Binning;

struct Node
{
    NodeKind kind;
    FunctionId fn; /* of a call */
    const Path *path;
    Node **args;
    size_t count;
    Value value;   /* of a value */
    BaseType type; /* after `expand` */
    bool typed;    /* a reference or a value that says its type */

    /* References. */
    int64_t id;        /* of a field, or the index of an aggregation */
    const char *name;  /* of a field or an expression; of a call: the name it was given */
    const char *label; /* of an expression where it is defined */
    const char *join_alias;
    int64_t source_field;
    const char *source_field_name, *source_field_alias;
    Unit unit;
    bool inherited; /* bucketed in an earlier stage */
    Binning binning;
    bool descending; /* in order-by */
    bool is_display; /* stands before the key that it is shown for */

    /* Calls. */
    const char *display_name;
    const char *uuid;
    bool ignore_case;
    bool include_current;
    bool has_default; /* the last argument of `case` is its default */
    const char *mode; /* of `datetime` */

    /* After `expand`. */
    const OutColumn *column; /* what a field means */
    const Source *source;    /* and where it is read from; NULL: in this stage */
    Node *target;            /* what an expression or aggregation reference means */
    const char *timezone;    /* the zone that a converted time is in */
};

/* A column that a source offers or a stage returns. */
struct OutColumn
{
    const char *alias; /* its name in SQL, unique in its stage */
    const char *name;  /* as clients see it */
    const char *raw;   /* before it was made unique */
    const char *display_name;
    BaseType base_type, type; /* type: effective */
    const char *semantic_type;
    const CatalogField *field;
    const char *join_alias; /* of the stage that returned it */
    int64_t source_field;
    Unit unit;
    Binning binning;
    bool has_range; /* minimum and maximum are known */
    double min, max;
    bool physical; /* read from a table: coercion applies */
    const char *source_kind;
    const char *timezone;
    const char *remapped_from, *remapped_to;
    const Json *remap_pairs;
    const Node *node; /* what is computed */
};

typedef struct NativePart
{
    enum
    {
        PART_TEXT,
        PART_VALUE,  /* one quoted constant or number */
        PART_LIST,   /* several, with commas */
        PART_FILTER, /* a condition on a column */
        PART_UNIT,   /* a column cut to a unit */
        PART_CARD,   /* a question in brackets */
        PART_TABLE
    } kind;
    Str text;
    const Value *values;
    size_t count;
    Node *node;
    Stage *stage;
    const CatalogTable *table;
} NativePart;

typedef struct Native
{
    const Json *json; /* the template, its tags */
    NativePart *parts;
    size_t count;
    size_t size;
} Native;

/* A table, a stage or SQL text, with a name in the statement. */
struct Source
{
    const CatalogTable *table;
    Stage *stage;
    const char *alias; /* in SQL */
    const char *as;    /* the alias as the question names it; NULL for the first source */
    const char *title; /* of the table or join, for display names */
    OutColumn **columns;
    size_t count;
    bool open; /* columns are not known: any name is taken */
    /* Of an implicit join. */
    int64_t key_id;
    const char *key_name, *key_alias;
};

typedef enum JoinStrategy
{
    JOIN_LEFT,
    JOIN_RIGHT,
    JOIN_INNER,
    JOIN_FULL
} JoinStrategy;

typedef struct Join
{
    Source source;
    const Path *path;
    JoinStrategy strategy;
    Node *condition;
    bool all_fields;
    Node **fields;
    size_t field_count;
    int64_t table_id, card_id; /* until `resolve` */
    bool implicit;
} Join;

struct Stage
{
    const Path *path;
    int64_t table_id, card_id; /* until `resolve` */
    const Json *metadata;      /* columns of a native source, or edits of a model */
    int64_t saved_id;          /* of the saved question whose last stage it is, or 0 */
    bool is_model;
    bool adopted; /* has the filters of the metric that it uses */
    Native *native;
    Source source;
    Join **joins;
    size_t join_count;
    List expressions;  /* of Node, named */
    List filters;      /* of Node */
    List aggregations; /* of Node */
    List breakouts;    /* of Node */
    List fields;       /* of Node */
    List orders;       /* of Node: references with `descending` */
    bool has_fields;
    int64_t limit, offset; /* limit -1: none */
    OutColumn **columns;
    size_t column_count;
    size_t window_breakout; /* the one along which window functions run */
    size_t explicit_orders; /* leading orders that were asked for */
    Map *aliases;
};

/* One compilation. */
typedef struct Compiler
{
    Arena *arena;
    const Json *question;
    const Catalog *catalog;
    const Dialect *dialect;
    QueryOptions options;
    const Zone *zone;
    Stage *stage; /* the last one */
    List stages;  /* first to last */
    size_t sent;  /* how many of them the question had */
    List tables, fields;

    int depth; /* of clauses in clauses */
    int card_depth, card_total, saved_depth;
    int64_t cards[16];
    Sql *sql;
    bool is_pivot;
    unsigned pivot_grouping;
    const unsigned *pivot_sets; /* the groupings of one statement; NULL: pivot_grouping is all */
    size_t pivot_set_count;
    const Node *pivot_node;  /* the breakout that says which grouping a row is of */
    bool pivot_sets_refused; /* these breakouts cannot be written twice */
    GroupCount group_count;
    const Json *parameters;
    CompiledQuery *compiled;

} Compiler;

/* ERR_INVALID with the clause's path in front. */
#define node_error(c, node, ...)                                                                   \
    (error_fill(err, ERR_INVALID, __VA_ARGS__), node_prefix(c, node, err), false)
void node_prefix(const Compiler *c, const Path *path, Error *err);

Node *node_new(Compiler *c, NodeKind kind, const Path *path);
Node *node_call(Compiler *c, FunctionId fn, const Path *path, size_t count, ...);
Node *node_value(Compiler *c, const Path *path, Value value);
Node *node_copy(Compiler *c, const Node *node);

/* The passes, and what holds after each. */
bool pass_parse(Compiler *c, Error *err);   /* JSON is nodes; the shape is right */
bool pass_params(Compiler *c, Error *err);  /* no parameter is left */
bool pass_resolve(Compiler *c, Error *err); /* sources point into the catalog */
bool pass_expand(Compiler *c, Error *err);  /* references point at columns; nothing is implied */
bool pass_check(Compiler *c, Error *err);   /* types fit; what is touched is listed */
bool pass_emit(Compiler *c, Error *err);    /* SQL text and bound values */

#endif
