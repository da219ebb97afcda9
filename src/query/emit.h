/* Between the files of the emit pass. */
#ifndef QUERY_EMIT_H
#define QUERY_EMIT_H

#include "query/ast.h"
#include "query/moment.h"

/* Something to be written, perhaps more than once: an argument of a slot. */
typedef struct Piece Piece;
struct Piece
{
    enum
    {
        PIECE_NODE,
        PIECE_RAW, /* a node without its unit and bins */
        PIECE_COLUMN,
        PIECE_VALUE,
        PIECE_INT,
        PIECE_DOUBLE,
        PIECE_UNIT_QUOTED,
        PIECE_SLOT
    } kind;
    const Node *node;
    Value value;
    double number;
    DialectSlot slot;
    Unit unit;
    const Piece *args[3];
};

typedef struct Emitter
{
    Compiler *c;
    Sql *sql;
    const Stage *stage;
    const List *inner; /* aggregates computed below, when window functions are written */
    bool text_is_free; /* the database finds the type of a bound text itself */
} Emitter;

bool emit_stage(Compiler *c, const Stage *stage, Error *err);
bool emit_source(Compiler *c, const Source *source, Error *err);
bool emit_node(Emitter *x, const Node *node, Error *err);
/* With brackets around what needs them. */
bool emit_operand(Emitter *x, const Node *node, Error *err);
bool emit_condition(Emitter *x, const Node *node, Error *err);
bool emit_aggregate(Emitter *x, const Node *node, Error *err);
/* Inside window functions: the column below that holds the node. */
bool emit_inner_name(Emitter *x, const Node *node);
bool emit_window(Emitter *x, const Node *node, Error *err);
bool emit_function(Emitter *x, const Node *node, Error *err);
bool emit_time_function(Emitter *x, const Node *node, Error *err);
bool emit_piece(Emitter *x, const Piece *piece, Error *err);
bool emit_slot(Emitter *x, const Path *path, DialectSlot slot, Unit unit, const Piece *a,
               const Piece *b, const Piece *e, Error *err);
/* A column reference without unit and bins, or an expression likewise. */
bool emit_raw(Emitter *x, const Node *node, Error *err);
/* A moment in the report zone as a constant of that type. */
bool emit_moment(Emitter *x, const Civil *moment, BaseType type, Error *err);
bool emit_native(Compiler *c, const Stage *stage, Error *err);
bool emit_text(Emitter *x, Value text, Error *err);
const Piece *piece_node(Emitter *x, const Node *node);
const Piece *piece_raw(Emitter *x, const Node *node);
const Piece *piece_value(Emitter *x, Value value);
const Piece *piece_int(Emitter *x, int64_t number);
const Piece *piece_slot(Emitter *x, DialectSlot slot, Unit unit, const Piece *a, const Piece *b,
                        const Piece *e);
/* Wraps a piece of that type into its bucket or extraction. */
const Piece *piece_unit(Emitter *x, const Piece *piece, BaseType type, Unit unit);

#endif
