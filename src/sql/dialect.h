/* How one database writes SQL, as data. Each driver has its constant; the pieces that differ are
 * slots. */
#ifndef SQL_DIALECT_H
#define SQL_DIALECT_H

#include "base/base.h"

typedef enum PlaceholderStyle
{
    PLACEHOLDER_DOLLAR, /* $1, $2 */
    PLACEHOLDER_QUESTION,
    PLACEHOLDER_NONE /* the database binds nothing: values are quoted constants */
} PlaceholderStyle;

typedef enum DialectSlot
{
#define SLOT(id, text) id,
#include "sql/dialect_slot.def"
#undef SLOT
    SLOT_COUNT
} DialectSlot;

typedef struct Dialect
{
    const char *name;
    char quote; /* around names, doubled inside: " or ` */
    PlaceholderStyle placeholder;
    size_t max_ident_bytes;  /* longer names are refused, never cut */
    size_t max_values;       /* bound values of one statement */
    size_t max_text_bytes;   /* of one statement */
    bool backslash_escapes;  /* a backslash means something inside '...' */
    bool backslash_in_names; /* and in quoted names */
    bool folds_names;        /* names that differ in case only are the same */
    bool has_empty_names;    /* a column may be called "" */
    bool has_full_join;
    bool has_grouping_sets;
    bool offset_before_limit; /* "offset 5 limit 10" */
    bool strict_branches;     /* whole numbers and others do not mix in a case */
    const char *const *slots; /* by DialectSlot; NULL members mean the usual text */
} Dialect;

/* The text of a slot in this dialect; "" when the database cannot do it. */
const char *dialect_slot(const Dialect *dialect, DialectSlot slot);

#endif
