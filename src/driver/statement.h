/* A read-only transaction does not stop everything: MariaDB drops a database in one, and PostgreSQL
 * lets a superuser copy into files. So the first word of a statement must be one that reads. */
#ifndef DRIVER_STATEMENT_H
#define DRIVER_STATEMENT_H

#include "base/error.h"

/* ERR_DENIED otherwise. Comments that a server would run count as no word. */
bool statement_reads(const char *text, Error *err);
/* EXPLAIN ANALYZE, which runs what it explains. */
bool statement_runs_explained(const char *text);

#endif
