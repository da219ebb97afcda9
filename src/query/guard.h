/* A table as a person may see it: itself, or those of its rows that their groups are let see. This
 * is the only place where a table's name is written into a question. */
#ifndef QUERY_GUARD_H
#define QUERY_GUARD_H

#include "query/catalog.h"
#include "sql/sql.h"

void guard_table(Sql *sql, const CatalogTable *table);

#endif
