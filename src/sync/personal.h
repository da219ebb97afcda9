/* Does a column look as if it held something about people? From its name, in French and English,
 * its meaning, and what a sample of it showed. */
#ifndef SYNC_PERSONAL_H
#define SYNC_PERSONAL_H

#include "base/arena.h"
#include "base/json.h"

typedef struct PersonalKind
{
    const char *key;              /* "email" */
    const char *english, *french; /* "an e-mail address" */
} PersonalKind;

typedef struct PersonalHint
{
    const char *name;
    const char *semantic_type; /* or NULL */
    const char *entity_type;   /* of its table, or NULL */
    const Json *fingerprint;   /* or NULL */
} PersonalHint;

/* NULL: it does not. */
const PersonalKind *personal_guess(Arena *arena, const PersonalHint *hint);

#endif
