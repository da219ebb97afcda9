/* The databases, tables and questions that questions need, as a page asks for them before it draws.
 */
#ifndef API_NEEDS_H
#define API_NEEDS_H

#include "api/card.h"

/* What was met on the way through questions, each once. */
typedef struct Needs
{
    Request *req;
    List tables; /* Table * */
    List cards;  /* Card * */
} Needs;

Needs needs_new(Request *req);
/* What they may not see, or what is gone, is left out. */
void needs_add_table(Needs *needs, int64_t id);
bool needs_add_query(Needs *needs, const Content *content, const Json *query, Error *err);
/* A question that they may read, and what it needs. */
bool needs_add_card(Needs *needs, const Content *content, int64_t id, Error *err);
bool needs_answer(Needs *needs, const Content *content, Response *res, Error *err);

#endif
