/* Functions that the SQLite dialect uses and SQLite has not. */
#ifndef DRIVER_SQLITE_FUNCTIONS_H
#define DRIVER_SQLITE_FUNCTIONS_H

#include <sqlite3.h>
#include <stdbool.h>

bool sqlite_functions_add(sqlite3 *db);

#endif
