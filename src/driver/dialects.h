/* The dialects of the databases, one file each. */
#ifndef DRIVER_DIALECTS_H
#define DRIVER_DIALECTS_H

#include "sql/dialect.h"

extern const Dialect sqlite_dialect;
/* A connection is set to the report time zone before a compiled statement runs. */
extern const Dialect postgres_dialect;
extern const Dialect mysql_dialect;
extern const Dialect duckdb_dialect;
/* Instants are put into the report zone by the statement itself. */
extern const Dialect clickhouse_dialect;
extern const Dialect trino_dialect;

#endif
