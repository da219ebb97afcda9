/* Who may frame published pages, and whose pages the cards of dashboards may frame: what the
 * settings say, as the words of a Content-Security-Policy. */
#ifndef API_FRAMES_H
#define API_FRAMES_H

#include "api/answer.h"

/* Origins with a space between them, this site first: its share panel shows what it publishes. "*"
 * when the setting names none. */
const char *frames_ancestors(Request *req);
/* Hosts with a space between them; "" for none: cards then show links. */
const char *frames_hosts(Request *req);
/* "frame-src a b; ", or "" for none. */
const char *frames_policy(Request *req);

#endif
