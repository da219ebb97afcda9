/* Segments and metrics of a table, for its metadata. */
#ifndef API_DEFINITION_H
#define API_DEFINITION_H

#include "api/api.h"

/* "segments" and "metrics" of a table that they may see, in an object that is open. */
bool definitions_write(Request *req, JsonWriter *w, int64_t table_id, Error *err);

#endif
