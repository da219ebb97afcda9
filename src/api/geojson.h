/* Maps that administrators brought: read once, kept, shown from here. No reader makes this server
 * ask another one. */
#ifndef API_GEOJSON_H
#define API_GEOJSON_H

#include "api/api.h"
#include "store/card.h"

/* The value of the setting as it will be kept: outlines that are new or elsewhere now are read, and
 * what is no longer named is forgotten. */
bool geojson_settle(Request *req, const Json *value, const Json **kept, Error *err);
/* The map of that key, with how its regions are named. ERR_NOT_FOUND also when it was not read. */
bool geojson_body(Request *req, const char *key, Str *body, const char **etag, Error *err);
/* Is it what that chart, drawn with these settings of a dashboard (or NULL), may show? */
bool geojson_is_used(const char *key, const Card *card, const Json *settings);

#endif
