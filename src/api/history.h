/* What is noted when a card or a dashboard changes, and putting an older version back. */
#ifndef API_HISTORY_H
#define API_HISTORY_H

#include "api/content.h"
#include "content/version.h"

bool history_note_card(Request *req, Store *tx, const Card *card, Change change, Error *err);
/* With its tabs and cards as they are in the store. */
bool history_note_dashboard(Request *req, Store *tx, const Dashboard *dashboard, Change change,
                            Error *err);

#endif
