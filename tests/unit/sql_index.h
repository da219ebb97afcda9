/* Every named statement of the store, listed at build time. */
#ifndef TESTS_UNIT_SQL_INDEX_H
#define TESTS_UNIT_SQL_INDEX_H

typedef struct SqlStatement
{
    const char *name;
    const char *text;
} SqlStatement;

extern const SqlStatement sql_statements[]; /* ended by a zero name */

#endif
