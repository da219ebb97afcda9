/* Cards as JSON, and the rules of saving them, for the routes of cards, dashboards and lists. */
#ifndef API_CARD_H
#define API_CARD_H

#include "api/content.h"

/* How a card is written besides its members. */
typedef struct CardStyle
{
    bool whole;       /* of one card: with counts, its dashboard and the old form of its query */
    bool legacy_mbql; /* its query in the old form (MBQL 4) */
} CardStyle;

/* As an object. */
bool card_write(JsonWriter *w, const Content *content, const Card *card, CardStyle style,
                Error *err);
/* The whole card as the answer, for who may read it. */
bool card_answer(Request *req, Response *res, int64_t id, CardStyle style, Error *err);
/* May they ask this question? Tables and cards that it names are looked at. */
bool card_require_query(const Content *content, const Json *query, Error *err);
/* A copy in that collection; the name is given. Comes back whole. */
bool card_duplicate(const Content *content, Store *tx, const Card *from, const char *name,
                    OptInt collection_id, Card *copy, Error *err);
/* Readable and found, with what is needed to write it. */
bool card_open(Request *req, int64_t id, Access access, Content *content, Card *card, Error *err);

#endif
