/*
 * A saved question, asked through whatever door: its own page, a dashboard, a public link, a signed
 * frame. Whoever asks sends values; what they are compared with is said by the question or by the
 * dashboard, never by who asks.
 */
#ifndef API_ASK_H
#define API_ASK_H

#include "api/result.h"
#include "store/card.h"
#include "store/dashboard.h"

typedef struct Ask
{
    Card card;
    Dashboard dashboard; /* id 0: the question on its own */
    Dashcard dashcard;
    const Json *values; /* [{id, value}...] as they were sent, or NULL */
    bool pivot;
    bool is_published; /* the right was given by whoever published it: nobody's is looked at */
} Ask;

/* Finds the parts and checks that they belong together: ERR_NOT_FOUND. No right is looked at. */
bool ask_dashcard(Request *req, const Dashboard *dashboard, int64_t dashcard_id, int64_t card_id,
                  Ask *ask, Error *err);

/* What a question may be asked with: its own list, else one made from its template tags. */
const Json *ask_card_parameters(Arena *arena, const Card *card);

/* What its display says: of a card on a dashboard, what the dashboard says of it wins over what the
 * question says; columns and series keep both. */
const Json *ask_settings(Arena *arena, const Ask *ask);

/* The order to run it: question with resolved parameters, view of the card's settings. ERR_INVALID
 * for a value that nothing asks for. */
bool ask_order(Request *req, const Ask *ask, ResultOrder *order, Error *err);

/* A question that was just saved learns what it gives, if it does not know. */
void ask_learn(Request *req, int64_t card_id);

#endif
