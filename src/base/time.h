/*
 * Instants (microseconds since 1970 in UTC), civil dates, time zones from the system's zone files,
 * ISO 8601 text. No global zone: whoever wants local time says which.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

typedef int64_t Instant;

#define SECOND_US INT64_C(1000000)
#define MINUTE_US (60 * SECOND_US)
#define HOUR_US   (60 * MINUTE_US)
#define DAY_US    (24 * HOUR_US)

typedef struct Civil
{
    int year; /* proleptic Gregorian */
    int month;
    int day;
    int hour;
    int minute;
    int second;
    int micro;
} Civil;

Instant time_now(void);
/* Never goes back; for durations and deadlines. Microseconds. */
int64_t time_monotonic(void);

int64_t civil_to_days(int year, int month, int day); /* days since 1970-01-01 */
void civil_from_days(int64_t days, int *year, int *month, int *day);
int civil_weekday(int64_t days); /* 1 Monday .. 7 Sunday */
Instant civil_to_instant(const Civil *civil);
Civil civil_from_instant(Instant at);
bool civil_is_valid(const Civil *civil);

/* "2024-06-01T10:20:30.123456Z" */
#define TIME_TEXT_SIZE 40
void time_format(Instant at, char text[TIME_TEXT_SIZE]);
char *time_text(Arena *arena, Instant at);
/* "Fri, 20 Nov 2026 20:31:00 GMT" for HTTP headers */
void time_format_http(Instant at, char text[TIME_TEXT_SIZE]);
bool time_parse_http(Str text, Instant *at);
/* A date, or a date and a time with optional fraction, with Z, an offset, or none (taken as UTC).
 */
bool time_parse(Str text, Instant *at);

typedef struct Zone Zone;
/* "Europe/Paris". Names are checked; old names are known by an alias table. */
bool zone_load(Arena *arena, const char *name, const Zone **zone, Error *err);
const char *zone_name(const Zone *zone);
/* Seconds east of UTC at that instant, and the short name ("CET"). */
int zone_offset(const Zone *zone, Instant at, const char **abbreviation);
/* The instant of a local time; in a gap the later, in an overlap the earlier one. */
Instant zone_to_instant(const Zone *zone, const Civil *local);
Civil zone_from_instant(const Zone *zone, Instant at);
/* "2024-06-01T12:20:30.123456+02:00" */
void zone_format(const Zone *zone, Instant at, char text[TIME_TEXT_SIZE]);

#endif
