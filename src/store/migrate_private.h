/* Between migrate.c and migrate_copy.c. `held` is a connection from store_hold. */
#ifndef STORE_MIGRATE_PRIVATE_H
#define STORE_MIGRATE_PRIVATE_H

#include "store/migrate.h"
#include "store/store_private.h"

/* A row of vigie_migration. */
typedef struct Applied
{
    int number;
    const char *name;
    const char *checksum;
    bool compatible;
    const char *applied_at;
} Applied;

typedef struct AppliedList
{
    Applied *items;
    size_t count;
} AppliedList;

AppliedList migrate_read_applied(Arena *arena, const Rows *rows);
const Migration *migrate_lookup(const Migration *migrations, int number);
const char *migrate_checksum(Arena *arena, const Migration *migration);
/* The table of migrations and the text of one, on this engine, in the open transaction. */
bool migrate_make_table(Store *held, Error *err);
bool migrate_apply_text(Store *held, Arena *arena, const Migration *migration, Error *err);

/* Copies the state under the number of the migration that comes, and drops the oldest copies. On
 * Postgres it is a part of the open transaction. */
bool migrate_copy_make(Store *held, Arena *arena, const Migration *migrations,
                       const AppliedList *applied, int number, Error *err);
/* Puts the newest back and removes it, in its own transaction. */
bool migrate_copy_restore(Store *held, Arena *arena, const Migration *migrations, const char **name,
                          Error *err);

#endif
