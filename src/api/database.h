/* Databases, tables and fields as JSON, for the routes of both nouns. */
#ifndef API_DATABASE_H
#define API_DATABASE_H

#include "api/api.h"
#include "store/database.h"
#include "store/metadata.h"

/* All members, inside an object that is open. Details only for administrators, secrets masked. */
void database_write(const Request *req, JsonWriter *w, const Database *database);
void table_write(JsonWriter *w, const Table *table);
/* With its target when `fields` (may be NULL) holds it. */
void field_write(JsonWriter *w, const TableField *field, const TableFieldList *fields);

/* A sync that runs behind the answer. */
bool database_sync_later(Request *req, int64_t id, Error *err);
/* Makes the file if needed, connects it, syncs it. For the first start, and to restore it. */
bool sample_connect(App *app, Store *store, Arena *arena, Database *database, Error *err);

#endif
