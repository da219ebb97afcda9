/* Databases, tables and fields as JSON, for the routes of both nouns. */
#ifndef API_DATABASE_H
#define API_DATABASE_H

#include "api/api.h"
#include "store/database.h"
#include "store/metadata.h"
#include "sync/scan.h"

/* All members, inside an object that is open. Details only for administrators, secrets masked. */
void database_write(const Request *req, JsonWriter *w, const Database *database);
void table_write(JsonWriter *w, const Table *table);
/* With its target when `fields` (may be NULL) holds it. */
void field_write(JsonWriter *w, const TableField *field, const TableFieldList *fields);

/* As in the store, without what they may not see. */
bool seen_tables(Request *req, const TableFilter *filter, TableList *list, Error *err);
bool seen_fields(Request *req, const FieldFilter *filter, TableFieldList *list, Error *err);
/* ERR_NOT_FOUND also for what they may not see. */
bool seen_database(Request *req, int64_t id, Database *database, Error *err);
bool seen_table(Request *req, int64_t id, Table *table, Error *err);
bool seen_field(Request *req, int64_t id, TableField *field, Error *err);

/* A sync that runs behind the answer. */
bool database_sync_later(Request *req, int64_t id, Error *err);
/* A look into tables that runs behind the answer. */
bool database_scan_later(Request *req, const ScanOrder *order, Error *err);
/* May they change what is said of a table, or of the database (table 0)? ERR_DENIED. */
bool database_may_describe(Request *req, int64_t database_id, int64_t table_id, Error *err);
/* Makes the file if needed, connects it, syncs it. For the first start, and to restore it. */
bool sample_connect(App *app, Store *store, Arena *arena, Database *database, Error *err);

#endif
