/*
 * The schema of the app database, from migrations/NNNN_name.sql kept in the program. Each runs in
 * one transaction and its checksum is kept. Before the first pending one, the state is copied:
 * <file>.before-NNNN beside a SQLite file, schema vigie_before_NNNN in Postgres; the last two
 * copies stay. Several processes may start at once: one migrates, the others wait, and nothing is
 * left locked by one that dies.
 *
 * Migrations that this program does not know, made by a newer release, are accepted when they say
 * of themselves that the previous release runs on them (migrate_check counts them: warn), else
 * refused (ERR_CONFIG).
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/store.h"

typedef struct Migration
{
    int number;
    const char *name; /* "0001_base" */
    const char *text;
} Migration;

/* In order, ended by a zero name. The program's own is migrations_built_in. */
extern const Migration migrations_built_in[];

typedef struct MigrationStatus
{
    const char *name;
    const char *applied_at; /* NULL: pending */
    bool compatible;        /* the previous release runs on it */
    bool known;             /* to this program */
} MigrationStatus;

typedef struct MigrationReport
{
    MigrationStatus *items; /* applied ones, then pending ones */
    size_t count;
    size_t pending;
    size_t unknown;
} MigrationReport;

/* What is applied and what would run; changes nothing. Fails like migrate_run would. */
bool migrate_check(Store *store, Arena *arena, const Migration *migrations, MigrationReport *report,
                   Error *err);
/* Runs what is pending. *applied (may be NULL) tells how many this call ran. */
bool migrate_run(Store *store, const Migration *migrations, size_t *applied, Error *err);
/*
 * Puts the last copy back, and removes it. *name tells which one. ERR_NOT_FOUND when there is no
 * copy. Everything written since the migration is lost; no server may be running.
 */
bool migrate_rollback(Store *store, Arena *arena, const Migration *migrations, const char **name,
                      Error *err);

#endif
