/*
 * Looks in the built schema for values that were to be masked: samples of the source are held in
 * memory, compared with what the target answers, and forgotten. And how many people share each
 * combination of quasi-identifiers.
 */
#ifndef ETL_PROOF_H
#define ETL_PROOF_H

#include "etl/draft.h"

/* A kept column that holds values which another column masks. */
typedef struct ProofHit
{
    const char *table;
    const char *column;
    int64_t count;
} ProofHit;

/* A column whose mask, such as `first` or `round`, leaves most values as they were. */
typedef struct ProofSame
{
    const char *table;
    const char *column;
    const char *mask;
    int64_t values; /* that were looked at */
    int64_t same;
} ProofSame;

typedef struct ProofGroup
{
    const char *table;
    const char *columns; /* "birth_date, post_code" */
    int64_t groups;
    int64_t smallest;
    int64_t small_groups; /* fewer than k rows */
    int64_t small_rows;
} ProofGroup;

typedef struct Proof
{
    int64_t columns; /* masked, of text, whose absence can be shown */
    int64_t samples;
    int64_t looked; /* fields of the target that were compared */
    List hits;      /* ProofHit * */
    List same;      /* ProofSame * */
    List groups;    /* ProofGroup * */
} Proof;

/* ERR_INTERNAL that names the column when a masked value is in its own column of the target. */
bool proof_run(Pg *source, Pg *target, Arena *arena, const char *building, const CopyTable *tables,
               size_t count, int64_t k, Proof *proof, Error *err);

#endif
