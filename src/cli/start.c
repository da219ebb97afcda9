/* Opens the app database as the settings say. */
#include "cli/start.h"

#include "base/crypto.h"
#include "base/file.h"
#include "base/log.h"
#include "store/migrate.h"

enum
{
    RETRY_SECONDS = 30
};

bool
start_store(Arena *arena, const Config *config, Store **store, Error *err)
{
    StoreOptions options = { .retry_seconds = RETRY_SECONDS };
    const char *url;

    if (!config_database_url(arena, config, &url, err))
        return false;
    options.location = url[0] != '\0' ? url : path_join(arena, config->data, "vigie.db");
    return store_open(&options, store, err);
}

static bool
unlock(Store *store, const Config *config, Error *err)
{
    SealKey key;

    if (config->encryption_key[0] == '\0')
        return store_unlock(store, NULL, err);
    return seal_key_from(config->encryption_key, &key, err) && store_unlock(store, &key, err);
}

/* A newer release was here: it said that this one may run on what it made. */
static bool
warn_newer(Store *store, Arena *arena, Error *err)
{
    MigrationReport report;

    if (!migrate_check(store, arena, migrations_built_in, &report, err))
        return false;
    if (report.unknown > 0)
        log_warn("migrate.newer", LOG_INT("steps", (int64_t) report.unknown),
                 LOG_TEXT("hint", "a newer release has used this app database; upgrade again, or "
                                  "roll back with that release"));
    return true;
}

bool
start_store_ready(Arena *arena, const Config *config, Store **store, Error *err)
{
    size_t applied = 0;

    if (!start_store(arena, config, store, err))
        return false;
    if (migrate_run(*store, migrations_built_in, &applied, err) && warn_newer(*store, arena, err) &&
        unlock(*store, config, err))
    {
        if (applied > 0)
            log_info("migrate.done", LOG_INT("steps", (int64_t) applied),
                     LOG_TEXT("store", store_label(*store)));
        return true;
    }
    store_close(store);
    return false;
}
