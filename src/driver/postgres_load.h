/* A table of PostgreSQL made from rows of a file. */
#ifndef DRIVER_POSTGRES_LOAD_H
#define DRIVER_POSTGRES_LOAD_H

#include "driver/driver.h"
#include "pg/pg.h"

/* In one transaction: the table is whole, or as it was. */
bool postgres_load_rows(Pg *pg, Cancel *cancel, const LoadTable *table, LoadRows *rows, Error *err);

#endif
