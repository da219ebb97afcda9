/*
 * Visits of published pages, counted without identity: each time this server hands out the page of
 * a published thing, or says that the one a browser kept is still right. Nothing of the request is
 * kept but the origin of a page that frames it, and no visitor waits for a write: a thread writes
 * sums now and then, and when somebody looked last.
 */
#ifndef API_VISITS_H
#define API_VISITS_H

#include "http/request.h"
#include "store/settings.h"
#include "store/store.h"

/* Whose page an answer is. */
typedef struct VisitOf
{
    int64_t id; /* 0: of nothing that is counted */
    bool is_dashboard;
} VisitOf;

typedef struct Visits Visits;

Visits *visits_new(void);
/* From here on, sums are written. */
void visits_ready(Visits *visits, Store *store, Settings *settings);
/* Writes what is left: the store must be open still. Accepts NULL inside. */
void visits_free(Visits **visits);
/* From any thread. Requests for the head alone, pages that a browser loads ahead, robots that
 * say what they are and frames of our own do not count. */
void visits_count(Visits *visits, VisitOf of, const HttpRequest *http);
/* At once: who looks at the counts sees the last ones of this server. What cannot be written is
 * kept for the next time. */
void visits_write(Visits *visits);

#endif
