/* What is kept of a card or a dashboard at each change: everything but what shows it to strangers.
 */
#ifndef CONTENT_VERSION_H
#define CONTENT_VERSION_H

#include "store/card.h"
#include "store/dashboard.h"

/* What a version holds, and what putting it back restores. */
extern const Field version_card[];
extern const Field version_dashboard[];
extern const Field version_dashcard[];
extern const Field version_tab[];

typedef struct Change
{
    bool is_creation;
    bool is_reversion;
    const char *message; /* or NULL */
} Change;

bool version_note_card(Store *tx, Arena *arena, int64_t user_id, const Card *card, Change change,
                       Error *err);
/* With its tabs and cards as they are in the store. */
bool version_note_dashboard(Store *tx, Arena *arena, int64_t user_id, const Dashboard *dashboard,
                            Change change, Error *err);

#endif
