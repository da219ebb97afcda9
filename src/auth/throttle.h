/*
 * Slows down guessing: after some failures for a key (an account, an address) each further one
 * doubles the wait. In memory, of fixed size, shared by all threads.
 */
#ifndef AUTH_THROTTLE_H
#define AUTH_THROTTLE_H

#include "base/error.h"

typedef struct Throttle Throttle;

Throttle *throttle_new(void);
void throttle_free(Throttle **throttle);

typedef struct ThrottleRule
{
    const char *name;    /* keeps keys of different rules apart */
    unsigned free;       /* failures without a wait */
    unsigned first_wait; /* seconds after the next one */
    unsigned longest_wait;
} ThrottleRule;

extern const ThrottleRule throttle_account; /* one account, from anywhere */
extern const ThrottleRule throttle_address; /* one address, for any account */
extern const ThrottleRule throttle_mail;    /* mails asked for by one address or for one account */

/* ERR_THROTTLED, with retry_seconds, while the key has to wait. */
bool throttle_check(Throttle *throttle, const ThrottleRule *rule, const char *key, Error *err);
void throttle_failed(Throttle *throttle, const ThrottleRule *rule, const char *key);
void throttle_passed(Throttle *throttle, const ThrottleRule *rule, const char *key);

#endif
