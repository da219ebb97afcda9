/* A thread that does the same thing every few seconds until it is stopped. */
#ifndef BASE_TICKER_H
#define BASE_TICKER_H

typedef struct Ticker Ticker;

typedef void TickerStep(void *arg);

/* The first step comes after the first wait. */
Ticker *ticker_start(unsigned seconds, TickerStep *step, void *arg);

/* Ends the wait, and returns once a step that is under way is done. NULL is left as it is. */
void ticker_stop(Ticker **ticker);

#endif
