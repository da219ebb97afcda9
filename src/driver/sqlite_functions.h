/* Functions that the SQLite dialect uses and SQLite has not. */
#ifndef DRIVER_SQLITE_FUNCTIONS_H
#define DRIVER_SQLITE_FUNCTIONS_H

#include <sqlite3.h>
#include <stdbool.h>

/* All of them. */
bool sqlite_functions_add(sqlite3 *db);
/* Those of capital and small letters. */
bool sqlite_letters_add(sqlite3 *db);

#endif
