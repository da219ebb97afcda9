/* Answers in the shapes that Metabase's clients know: JSON bodies, and errors. */
#ifndef API_ANSWER_H
#define API_ANSWER_H

#include "api/api.h"

/*
 * Builds a JSON body:
 *
 *     Answer answer;
 *     JsonWriter *w = answer_begin(req, &answer);
 *     ...
 *     return answer_send(&answer, res, err);
 */
typedef struct Answer
{
    Buf text;
    JsonWriter w;
} Answer;

JsonWriter *answer_begin(const Request *req, Answer *answer);
bool answer_send(Answer *answer, Response *res, Error *err);
/* 204, which has no body. */
bool answer_nothing(Response *res);
/* {"success": true} */
bool answer_success(Response *res);

/* The error as an answer; what must not be seen outside is replaced by a reference that the log
 * has too. */
void answer_error(Arena *arena, Response *res, const Error *err);

/* Copies of lists come with this: {"data": [...], "total": n, "limit": null, "offset": null}. */
typedef struct Page
{
    OptInt limit;
    OptInt offset;
} Page;

void answer_page_end(JsonWriter *w, int64_t total, Page page);

/* What was wrong, and what to do, in the language of who asks. */
void answer_tell(const Request *req, Error *err);
/* What to do alone: the message is known to programs. */
void answer_tell_hint(const Request *req, Error *err);

/* The language of who asks: the header X-Metabase-Locale, their own, else the site's. */
const char *request_locale(const Request *req);

/* The address of this site, without a slash at the end: the setting, else where the request went.
 */
const char *site_address(const Request *req);

#endif
