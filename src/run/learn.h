/* What a saved question gives: its columns and what their values look like, kept with it for those
 * who build on it. */
#ifndef RUN_LEARN_H
#define RUN_LEARN_H

#include "run/run.h"

/* Keeps what this whole answer tells. An answer that withheld something from who asked is not kept.
 */
bool learn_from(Store *store, Arena *arena, int64_t card_id, const RunAnswer *answer,
                const Json **columns, Error *err);
/* Runs the saved question as who asks `order` may see it, and does the above. */
bool learn_card(Runner *runner, Arena *arena, const RunOrder *order, int64_t card_id,
                const Json **columns, Error *err);

#endif
