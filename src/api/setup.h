/* The token that the first set-up must show. It exists until the first user does. */
#ifndef API_SETUP_H
#define API_SETUP_H

#include "api/api.h"

/* NULL when there is a user already. */
bool setup_token(Request *req, const char **token, Error *err);
/* The token as pages may show it: NULL also when it was given by the operator. */
bool setup_token_shown(Request *req, const char **token, Error *err);
bool setup_is_done(Request *req, bool *done, Error *err);

#endif
