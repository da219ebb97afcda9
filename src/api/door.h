/*
 * How strangers reach what is published: by a public link, by a token that another site signed, or,
 * for administrators, by the preview of such a frame. A door says what is behind it, which filters
 * may be set, and which are fixed.
 */
#ifndef API_DOOR_H
#define API_DOOR_H

#include "api/ask.h"

typedef enum DoorKind
{
    DOOR_PUBLIC,
    DOOR_SIGNED,
    DOOR_PREVIEW
} DoorKind;

typedef struct Door
{
    DoorKind kind;
    Card card;               /* id 0: it leads to a dashboard */
    Dashboard dashboard;     /* id 0: it leads to a question */
    const Json *claims;      /* of a token */
    const Json *states;      /* by slug: "enabled", "locked", "disabled"; NULL: all may be set */
    Instant ends_at;         /* 0: never */
    bool is_private;         /* behind a password: nothing of it is kept */
    OptInt tab;              /* the only one that is shown */
    const Json *small_cells; /* how groups of few rows are shown, or NULL: as they are */
} Door;

/* What the path names: a uuid or a token. ERR_NOT_FOUND, ERR_GONE, ERR_UNAUTHENTICATED when it is
 * behind a password, or ERR_INVALID in the words of frames. */
bool door_open_card(Request *req, Door *door, Error *err);
bool door_open_dashboard(Request *req, Door *door, Error *err);
/* The cards of the dashboard that are shown, and its tabs. */
bool door_dashcards(Request *req, const Door *door, DashcardList *list, Error *err);
bool door_tabs(Request *req, const Door *door, TabList *list, Error *err);
bool door_shows(const Door *door, const Dashcard *dashcard);
/* All that may be asked with, and the part of it that a stranger may set. */
const Json *door_parameters(Request *req, const Door *door);
const Json *door_shown_parameters(Request *req, const Door *door);
/* [{id, value}...] from the address, or from a body, joined with what the token fixes. */
bool door_values(Request *req, const Door *door, const Json *sent, const Json **values, Error *err);
/* Only what the token fixes, [{id, value}...]; NULL for public links. */
const Json *door_fixed(Request *req, const Door *door);
/* How long, at most, what is behind it may be shown again. */
int64_t door_seconds(const Door *door, int64_t seconds);
/* "public", "embedded": the beginning of a context. */
const char *door_name(const Door *door);
/* "public", "embed", "preview_embed": the first word of its addresses. */
const char *door_word(const Door *door);
/* What signs the previews of this session, and of no other; NULL for who has none. */
const char *door_preview_key(Request *req);

#endif
