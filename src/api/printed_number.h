/* The number of a card, for pages that are read without a script. */
#ifndef API_PRINTED_NUMBER_H
#define API_PRINTED_NUMBER_H

#include "api/share.h"

typedef struct PrintedNumber
{
    const char *text;
    const char *when; /* of a trend: the last date; else NULL */
    bool is_withheld; /* small groups are hidden: nothing of it may be shown */
    bool is_late;     /* there is none yet: it was not there in time */
    int64_t rest;     /* seconds that it may be shown again */
} PrintedNumber;

/* False when the card shows no number, or none can be had in so many milliseconds: the script will
 * say why. */
bool printed_number(Request *req, const Door *door, const Ask *ask, const char *language,
                    int64_t most_ms, PrintedNumber *number);

#endif
