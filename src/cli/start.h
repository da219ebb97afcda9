/* What several commands need: the app database, opened, brought up to date, unlocked. */
#ifndef CLI_START_H
#define CLI_START_H

#include "config/config.h"
#include "store/settings.h"
#include "store/store.h"

/* Opens only. */
bool start_store(Arena *arena, const Config *config, Store **store, Error *err);
/* Opens, migrates, unlocks with the encryption key. */
bool start_store_ready(Arena *arena, const Config *config, Store **store, Error *err);

#endif
