/* What a database holds, compared with what the app database knows of it: the difference is
 * applied, and what people wrote is kept. */
#ifndef SYNC_SYNC_H
#define SYNC_SYNC_H

#include "base/error.h"
#include "base/worker.h"
#include "store/store.h"

typedef struct SyncReport
{
    int64_t tables;
    int64_t created;
    int64_t retired;
    int64_t fields;
} SyncReport;

/* Marks the database as complete at the end; `report` may be NULL. Two syncs of one database at
 * the same time do no harm. */
bool sync_database(Store *store, int64_t database_id, const char *data_folder, const Cancel *cancel,
                   SyncReport *report, Error *err);

#endif
