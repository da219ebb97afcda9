/* Saved questions as tables of one virtual database: "card__7" of -1337. */
#ifndef API_SAVED_H
#define API_SAVED_H

#include "api/api.h"

/* The virtual database as an object, with its tables when asked. */
bool saved_write_database(Request *req, JsonWriter *w, bool tables, Error *err);

/* What routes of tables and databases answer about saved questions; req->id is the card. */
Handler saved_get_table, saved_get_query_metadata, saved_list_keys, saved_get_database,
    saved_get_metadata, saved_list_schemas, saved_list_tables;

#endif
