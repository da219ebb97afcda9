/* What a plan says, done: inside the transaction of the import. */
#ifndef CONTENT_APPLY_H
#define CONTENT_APPLY_H

#include "content/piece.h"

/* One import. plan->steps[i] is of pieces.items[i]; those of the trash follow. */
typedef struct Import
{
    Store *tx;
    Arena *arena;
    const ContentOrder *order;
    ContentPlan *plan;
    Names names;
    PieceMaker maker;
    PieceList pieces;
} Import;

/* What cannot be found or decoded is in plan->problems; false is a failure of the store. */
bool apply_all(Import *import, Error *err);

#endif
