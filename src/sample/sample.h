/*
 * The sample database: tables that people know from tutorials (orders, products, people, reviews,
 * accounts, invoices, feedback, analytic_events), made by a deterministic generator: the same seed
 * gives the same rows.
 */
#ifndef SAMPLE_SAMPLE_H
#define SAMPLE_SAMPLE_H

#include "base/error.h"

#define SAMPLE_FILE "sample-database.db"

/* Writes the file anew, through a temporary one. */
bool sample_make(const char *path, Error *err);

#endif
