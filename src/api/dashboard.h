/* Dashboards as JSON, and what their routes share. */
#ifndef API_DASHBOARD_H
#define API_DASHBOARD_H

#include "api/content.h"
#include "store/dashboard.h"

/* Readable or changeable, and found, with what is needed to write it. */
bool dashboard_open(Request *req, int64_t id, Access access, Content *content, Dashboard *dashboard,
                    Error *err);
/* The members, inside an object that is open; the cards on it are dashboard_write_cards'. */
void dashboard_write(JsonWriter *w, const Content *content, const Dashboard *dashboard);
/* dashcards and tabs; `old` adds both once more under the names of before 2023. */
bool dashboard_write_cards(JsonWriter *w, const Content *content, int64_t dashboard_id, bool old,
                           Error *err);
/* One of them, as an object. `old` adds the names of before 2023. */
bool dashcard_write(JsonWriter *w, const Content *content, const Dashcard *dashcard, bool old,
                    Error *err);
/* The whole dashboard as an object, for our own pages. Nothing is written when somebody may not
 * read it. */
bool dashboard_write_page(Request *req, JsonWriter *w, int64_t id, Error *err);
/* The whole dashboard as the answer; `shown` NULL: nothing was put on it. */
bool dashboard_answer(Request *req, Response *res, int64_t id, const IntList *shown, Error *err);

/*
 * Puts tabs and cards in place (NULL: they stay). Questions that strangers can read from then on,
 * because the dashboard is published, are in `shown`, and each is written to the audit log.
 */
bool dashboard_place(Request *req, Store *tx, int64_t id, TabList *tabs, DashcardList *cards,
                     IntList *shown, Error *err);
/* "vigie_notices": one for each of them, in words. */
bool dashboard_write_notices(Request *req, JsonWriter *w, const Dashboard *dashboard,
                             const IntList *shown, Error *err);

/* What the person chose in its filters ([{id, value}]), for the next time; writes what differs. */
bool dashboard_remember(Request *req, int64_t id, const Json *parameters, Error *err);

/*
 * Cards and tabs as they were sent. Members that were not sent stay as `old` has them. A card that
 * is new on the dashboard must be readable.
 */
bool dashcards_read(const Content *content, const Json *sent, const DashcardList *old,
                    DashcardList *list, Error *err);
bool tabs_read(Arena *arena, const Json *sent, TabList *list, Error *err);

/* A dashboard as it is to be, checked. */
typedef struct DashboardChange
{
    Dashboard dashboard;
    bool has_cards;
    bool has_tabs;
    DashcardList cards;
    TabList tabs;
    IntList shown; /* once it is kept: questions that strangers can read from then on */
} DashboardChange;

/* From what an editor arranged: name, description, filters, width, cards, tabs. */
bool dashboard_read_draft(const Content *content, const Dashboard *before, const Json *body,
                          DashboardChange *change, Error *err);
/* Keeps it, notes it in the history and in the audit log. */
bool dashboard_change(const Content *content, Store *tx, DashboardChange *change, Error *err);

#endif
