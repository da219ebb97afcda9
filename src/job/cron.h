/*
 * When periodic work is due. Five fields are cron's (minute, hour, day, month, weekday with 0 and 7
 * for Sunday; when both days are limited, either is enough). Six and seven are Quartz's, as
 * Metabase writes them (second, minute, hour, day, month, weekday with 1 for Sunday, year): `?`,
 * L, L-3, LW, 15W, 6L, 6#3; both days must then fit. Names, ranges, lists and steps in all;
 * @hourly, @daily, @weekly, @monthly and @yearly too.
 *
 * When clocks change: work at fixed hours runs once, at the end of a gap that swallows its time,
 * and in the first of two equal hours. Work of every hour follows real time.
 */
#ifndef JOB_CRON_H
#define JOB_CRON_H

#include "base/error.h"
#include "base/time.h"

enum
{
    CRON_FIRST_YEAR = 1970,
    CRON_YEARS = 130
};

/* What a schedule says. Bit n of a set stands for the number n. */
typedef struct Cron
{
    uint64_t seconds;
    uint64_t minutes;
    uint64_t hours;
    uint64_t days;
    uint64_t months;
    uint64_t weekdays; /* 1 Monday .. 7 Sunday */
    bool years[CRON_YEARS];
    bool any_day;
    bool any_weekday;
    bool either_day; /* a day or a weekday is enough */
    bool last_day;   /* L; L-3 with last_minus */
    int last_minus;
    int nearest_to;   /* 15W: the working day nearest to it; 0: no */
    bool nearest_end; /* LW */
    int nth_weekday;  /* 6#3; 0: no */
    int nth;          /* 1 to 5; -1: the last (6L) */
} Cron;

/* ERR_INVALID says which part is wrong. */
bool cron_parse(const char *text, Cron *cron, Error *err);
/* The first time after that instant; false when there is none before 2100. */
bool cron_next(const Cron *cron, const Zone *zone, Instant after, Instant *next);

#endif
