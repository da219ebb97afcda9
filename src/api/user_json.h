/* People as JSON, in the shape that Metabase's clients know. */
#ifndef API_USER_JSON_H
#define API_USER_JSON_H

#include "api/api.h"

/* All members, inside an object that is open. The memberships are read from the store. */
bool user_write(Request *req, JsonWriter *w, const User *user, Error *err);
/* Oneself, as an object: what the app knows of who uses it. */
bool user_write_current(Request *req, JsonWriter *w, Error *err);
/* {id, email, first_name, last_name, common_name}; null when `user` is NULL. */
void user_write_short(JsonWriter *w, const User *user);

#endif
