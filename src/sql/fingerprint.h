/*
 * What a sample of rows says of its columns, in the form that clients know: how many values differ,
 * how many are missing; of numbers range and quartiles, of texts what they look like, of times the
 * first and the last.
 */
#ifndef SQL_FINGERPRINT_H
#define SQL_FINGERPRINT_H

#include "base/json.h"
#include "sql/row.h"

enum
{
    FINGERPRINT_VERSION = 5,
    FINGERPRINT_ROWS = 10000 /* of a sample */
};

/* A sink; it lives in the arena. */
typedef struct Fingerprints
{
    RowSink sink; /* first, so that a RowSink * is a Fingerprints * */
    Arena *arena;
    struct ColumnSample *columns;
    size_t count;
    size_t most; /* rows beyond are not looked at */
    size_t set_size;
    int64_t rows;
} Fingerprints;

/* `types` of the columns, as they are known. */
Fingerprints *fingerprints_new(Arena *arena, const BaseType *types, size_t count, size_t most);
const Json *fingerprints_json(const Fingerprints *prints, size_t column);
/* Distinct values of the sample, missing ones apart. */
int64_t fingerprints_distinct(const Fingerprints *prints, size_t column);
/* Of the texts of a column, the part that looks like that, from 0 to 1. */
double fingerprints_share_of_emails(const Fingerprints *prints, size_t column);
double fingerprints_share_of_urls(const Fingerprints *prints, size_t column);

#endif
