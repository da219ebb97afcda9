/* The session of a browser: what several routes that log somebody in share. */
#ifndef API_SESSION_H
#define API_SESSION_H

#include "api/api.h"
#include "auth/login.h"

Device session_device(Request *req, Response *res);
void session_cookies_put(const Request *req, Response *res, const char *token, bool remember);
/* {"success": true, "session_id": ...}, with the cookie. */
bool session_answer_success(Request *req, Response *res, const char *token, bool remember,
                            Error *err);
void session_cookies_clear(const Request *req, Response *res);

#endif
