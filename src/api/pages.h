/*
 * Answers to strangers, kept as they leave: compressed, tagged, sent from the event loop without a
 * look at the app database. Any change that somebody makes forgets them all.
 */
#ifndef API_PAGES_H
#define API_PAGES_H

#include "api/api.h"
#include "api/visits.h"

typedef struct Pages Pages;

typedef struct PagesStats
{
    uint64_t hits;
    size_t bytes;
    unsigned entries;
} PagesStats;

Pages *pages_new(size_t max_bytes);
void pages_free(Pages **pages);

/* Answers from what is kept, and says whose page it was. */
bool pages_quick(Pages *pages, const HttpRequest *http, Response *res, VisitOf *visit);
void pages_forget(Pages *pages);
PagesStats pages_stats(Pages *pages);
/* A number that any change moves: what began before one is not kept. */
uint64_t pages_version(Pages *pages);

typedef struct PageAnswer
{
    int status;
    const char *type;
    const char *policy; /* Content-Security-Policy of its own; NULL: that of all answers */
    Str body;
    int64_t seconds;  /* how long it may be shown again; 0: not at all */
    uint64_t version; /* pages_version before its reading began */
    VisitOf visit;    /* whose page it is, when looking at it counts */
} PageAnswer;

/* Sends the answer, and keeps it when it may be. Only for GET on the public plane. */
void pages_send(Request *req, Response *res, const PageAnswer *answer);
/* Keeps one that was streamed. */
void pages_keep(Request *req, const PageAnswer *answer);

#endif
