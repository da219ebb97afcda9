/* What a name tells: a readable name, the meaning of a column, the kind of thing a table holds. As
 * Metabase guesses. */
#ifndef SYNC_GUESS_H
#define SYNC_GUESS_H

#include "base/arena.h"
#include "driver/driver.h"

/* "CREATED_AT" gives "Created At", "createdAt" too. */
char *guess_display_name(Arena *arena, const char *name);
/* "type/PK", "type/Email"...; NULL when the name tells nothing. */
const char *guess_semantic_type(Arena *arena, const SchemaColumn *column);
/* "entity/TransactionTable"...; "entity/GenericTable" in doubt. */
const char *guess_entity_type(Arena *arena, const char *table);

#endif
