/* How one database writes SQL, as data. Each driver has its constant; a template goes here. */
#ifndef SQL_DIALECT_H
#define SQL_DIALECT_H

#include "base/base.h"

typedef enum PlaceholderStyle
{
    PLACEHOLDER_DOLLAR, /* $1, $2 */
    PLACEHOLDER_QUESTION
} PlaceholderStyle;

typedef struct Dialect
{
    const char *name;
    char quote; /* around names, doubled inside: " or ` */
    PlaceholderStyle placeholder;
    size_t max_ident_bytes; /* longer names are refused, never cut */
    size_t max_values;      /* bound values of one statement */
    size_t max_text_bytes;  /* of one statement */
    bool backslash_escapes; /* a backslash means something inside '...' */
} Dialect;

#endif
