/* What a column may be read as, when its values mean something else than their type says. */
#ifndef QUERY_COERCION_H
#define QUERY_COERCION_H

#include "sql/dialect.h"
#include "sql/value.h"

typedef struct Coercion
{
    const char *name; /* "Coercion/UNIXSeconds->DateTime" */
    DialectSlot slot;
    int64_t scale; /* of numbers that count moments: how many make a second */
    BaseType type; /* what questions see */
} Coercion;

/* NULL when there is none of this name. */
const Coercion *coercion_find(const char *name);
/* Whether columns of this type can be read so. */
bool coercion_fits(const Coercion *coercion, BaseType base_type);
/* All names that fit, with commas. */
const char *coercion_names(Arena *arena, BaseType base_type);

#endif
