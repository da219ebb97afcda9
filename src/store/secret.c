/*
 * Secrets at rest: which key the store is sealed with, and sealing what is still plain. A known
 * text is kept sealed in the setting "encryption-check"; only the right key opens it. What is a
 * secret is decided by its noun (database.c, settings.c).
 */
#include "store/setting.h"
#include "store/store_private.h"

#include <string.h>

extern const char sql_secret_database_details[], sql_secret_put_database_details[],
    sql_setting_get[], sql_setting_put[];

static const char check_key[] = "encryption-check";
static const char check_text[] = "vigie";

const char *
store_seal(const Store *store, Arena *arena, const char *secret)
{
    const SealKey *key = store_key(store);

    if (secret == NULL || key == NULL)
        return secret;
    return seal(arena, key, str_of(secret));
}

static bool
key_missing(Error *err)
{
    (void) error_set(
        err, ERR_CONFIG,
        "the app database holds sealed secrets, and MB_ENCRYPTION_SECRET_KEY is not set");
    return error_hint(err, "Set it to the value that it had when they were written.");
}

static bool
key_differs(Error *err)
{
    (void) error_set(
        err, ERR_CONFIG,
        "MB_ENCRYPTION_SECRET_KEY does not match the key that sealed the app database");
    return error_hint(err, "Set it to the value that it had when the secrets were written.");
}

bool
store_unseal(const Store *store, Arena *arena, const char *kept, const char **secret, Error *err)
{
    const SealKey *key = store_key(store);
    Error ignored;
    Str plain;

    if (kept == NULL || !seal_is(kept))
    {
        *secret = kept;
        return true;
    }
    if (key == NULL)
        return key_missing(err);
    if (!seal_open(arena, key, kept, &plain, &ignored))
        return key_differs(err);
    *secret = str_copy(arena, plain);
    return true;
}

/* *kept becomes NULL when no key was ever given. */
static bool
read_check(Store *store, Arena *arena, const char **kept, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_setting_get, VALUES(VALUE_OF_TEXT(check_key)), &rows, err))
        return false;
    *kept = rows.count == 0 ? NULL : value_to_text(arena, &rows.row[0][0]);
    return true;
}

static bool
seal_databases(Store *tx, Arena *arena, const SealKey *key, Error *err)
{
    Rows rows;

    if (!store_query(tx, arena, sql_secret_database_details, NULL, 0, &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
    {
        const char *details = value_to_text(arena, &rows.row[i][1]);

        if (seal_is(details))
            continue;
        if (!store_query(tx, arena, sql_secret_put_database_details,
                         VALUES(rows.row[i][0], VALUE_OF_TEXT(seal(arena, key, str_of(details)))),
                         NULL, err))
            return false;
    }
    return true;
}

/* The first start with a key: databases and the check in one transaction. */
static bool
seal_all(Store *store, Arena *arena, const SealKey *key, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const char *check = seal(arena, key, str_of(check_text));

    return store_begin(store, &tx, err) && seal_databases(tx, arena, key, err) &&
           store_query(tx, arena, sql_setting_put,
                       VALUES(VALUE_OF_TEXT(check_key), VALUE_OF_TEXT(check)), NULL, err) &&
           store_commit(&tx, err);
}

bool
store_unlock(Store *store, const SealKey *key, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *kept = NULL;
    Error ignored;
    Str plain;

    if (!read_check(store, arena, &kept, err))
        return false;
    if (kept == NULL && key == NULL)
        return true;
    if (key == NULL)
        return key_missing(err);
    if (kept == NULL && !seal_all(store, arena, key, err))
        return false;
    if (kept != NULL &&
        (!seal_open(arena, key, kept, &plain, &ignored) || !str_is(plain, check_text)))
        return key_differs(err);
    store_set_key(store, key);
    return true;
}
