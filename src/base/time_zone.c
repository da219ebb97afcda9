/*
 * Time zones from the system's compiled zone files (RFC 8536), version 2 or later, and the POSIX
 * rule at their end for instants after the last transition. Old names that some systems keep in a
 * package apart are looked up under their present name.
 */
#include "base/file.h"
#include "base/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    MAX_ZONE_BYTES = 64 * 1024,
    HEADER_BYTES = 44
};

typedef struct Local
{
    int offset;
    const char *abbreviation;
} Local;

/* "M3.5.0/2": day `weekday` of week `week` of `month` at `seconds`; or a day of the year. */
typedef struct RuleDay
{
    char kind; /* 'M', 'J' (1..365, no leap day) or 'N' (0..365) */
    int month;
    int week;
    int weekday;
    int day;
    int seconds;
} RuleDay;

typedef struct Rule
{
    bool present;
    bool has_summer;
    Local winter;
    Local summer;
    RuleDay summer_from;
    RuleDay summer_to;
} Rule;

struct Zone
{
    const char *name;
    size_t count;
    const int64_t *at; /* seconds */
    const uint8_t *type;
    const Local *locals;
    Local first;
    Rule rule;
};

static const struct
{
    const char *old;
    const char *name;
} aliases[] = {
    { "GB", "Europe/London" },
    { "US/Pacific", "America/Los_Angeles" },
    { "US/Eastern", "America/New_York" },
    { "US/Central", "America/Chicago" },
    { "US/Mountain", "America/Denver" },
    { "Asia/Calcutta", "Asia/Kolkata" },
    { "Europe/Kiev", "Europe/Kyiv" },
    { "EST5EDT", "America/New_York" },
    { "Z", "UTC" },
    { "Etc/UTC", "UTC" },
};

static int64_t
big_endian(const char *bytes, int count)
{
    uint64_t value = (unsigned char) bytes[0] & 0x80 ? UINT64_MAX : 0;

    for (int i = 0; i < count; i++)
        value = value << 8 | (unsigned char) bytes[i];
    return (int64_t) value;
}

/* ------------------------------------------------- the POSIX rule: "CET-1CEST,M3.5.0,M10.5.0/3" */

static bool
rule_name(Arena *arena, const char **p, const char **name)
{
    const char *from = *p;
    size_t len;

    if (*from == '<')
    {
        len = strcspn(from, ">");
        if (from[len] != '>')
            return false;
        *name = arena_text_n(arena, from + 1, len - 1);
        *p = from + len + 1;
        return true;
    }
    len = strspn(from, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    *name = arena_text_n(arena, from, len);
    *p = from + len;
    return len >= 3;
}

static bool
rule_number(const char **p, int *value)
{
    const char *from = *p;

    *value = 0;
    while (**p >= '0' && **p <= '9' && *p - from < 4)
        *value = *value * 10 + (*(*p)++ - '0');
    return *p > from;
}

/* [+-]hh[:mm[:ss]] */
static bool
rule_clock(const char **p, int *seconds)
{
    int sign = **p == '-' ? -1 : 1;
    int part, unit = 3600;

    if (**p == '-' || **p == '+')
        (*p)++;
    *seconds = 0;
    do
    {
        if (!rule_number(p, &part))
            return false;
        *seconds += part * unit;
        unit /= 60;
    } while (unit > 0 && **p == ':' && (*p)++);
    *seconds *= sign;
    return true;
}

static bool
rule_day(const char **p, RuleDay *day)
{
    day->seconds = 2 * 3600;
    if (**p == 'M')
    {
        day->kind = *(*p)++;
        if (!rule_number(p, &day->month) || *(*p)++ != '.' || !rule_number(p, &day->week) ||
            *(*p)++ != '.' || !rule_number(p, &day->weekday))
            return false;
        if (day->month < 1 || day->month > 12 || day->week < 1 || day->week > 5 || day->weekday > 6)
            return false;
    }
    else
    {
        day->kind = 'N';
        if (**p == 'J')
            day->kind = *(*p)++;
        if (!rule_number(p, &day->day))
            return false;
    }
    if (**p != '/')
        return true;
    (*p)++;
    return rule_clock(p, &day->seconds);
}

static bool
rule_parse(Arena *arena, const char *p, Rule *rule)
{
    int west;

    if (*p == '\0')
        return true;
    if (!rule_name(arena, &p, &rule->winter.abbreviation) || !rule_clock(&p, &west))
        return false;
    rule->present = true;
    rule->winter.offset = -west;
    if (*p == '\0')
        return true;
    rule->has_summer = true;
    rule->summer.offset = rule->winter.offset + 3600;
    if (!rule_name(arena, &p, &rule->summer.abbreviation))
        return false;
    if (*p != ',')
    {
        if (!rule_clock(&p, &west))
            return false;
        rule->summer.offset = -west;
    }
    return *p++ == ',' && rule_day(&p, &rule->summer_from) && *p++ == ',' &&
           rule_day(&p, &rule->summer_to) && *p == '\0';
}

/* Local seconds (as if UTC) at which the rule's day begins its change in that year. */
static int64_t
rule_moment(const RuleDay *rule, int year)
{
    int64_t days = civil_to_days(year, 1, 1);
    bool leap = civil_to_days(year + 1, 1, 1) - days == 366;

    if (rule->kind == 'M')
    {
        int64_t month = civil_to_days(year, rule->month, 1);
        int64_t next = rule->month == 12 ? civil_to_days(year + 1, 1, 1)
                                         : civil_to_days(year, rule->month + 1, 1);
        int first = civil_weekday(month) % 7;

        days = month + (rule->weekday - first + 7) % 7 + (rule->week - 1) * 7;
        while (days >= next)
            days -= 7;
    }
    else if (rule->kind == 'J')
        days += rule->day - 1 + (leap && rule->day >= 60);
    else
        days += rule->day;
    return days * 86400 + rule->seconds;
}

static const Local *
rule_local(const Rule *rule, int64_t seconds)
{
    Civil c = civil_from_instant((seconds + rule->winter.offset) * SECOND_US);
    int64_t from, to;
    bool summer;

    if (!rule->has_summer)
        return &rule->winter;
    from = rule_moment(&rule->summer_from, c.year) - rule->winter.offset;
    to = rule_moment(&rule->summer_to, c.year) - rule->summer.offset;
    summer = from < to ? seconds >= from && seconds < to : seconds >= from || seconds < to;
    return summer ? &rule->summer : &rule->winter;
}

/* ------------------------------------------------------------------------------- the zone file */

typedef struct Counts
{
    size_t utc, wall, leap, times, types, chars;
} Counts;

static bool
read_counts(Str file, Counts *counts)
{
    if (file.len < HEADER_BYTES || memcmp(file.ptr, "TZif", 4) != 0)
        return false;
    counts->utc = (size_t) big_endian(file.ptr + 20, 4);
    counts->wall = (size_t) big_endian(file.ptr + 24, 4);
    counts->leap = (size_t) big_endian(file.ptr + 28, 4);
    counts->times = (size_t) big_endian(file.ptr + 32, 4);
    counts->types = (size_t) big_endian(file.ptr + 36, 4);
    counts->chars = (size_t) big_endian(file.ptr + 40, 4);
    return counts->times < 4096 && counts->types > 0 && counts->types <= 256 &&
           counts->chars < 1024 && counts->leap < 256 && counts->utc <= counts->types &&
           counts->wall <= counts->types;
}

static size_t
body_bytes(const Counts *c, size_t time_bytes)
{
    return c->times * (time_bytes + 1) + c->types * 6 + c->chars + c->leap * (time_bytes + 4) +
           c->utc + c->wall;
}

static bool
read_body(Arena *arena, Str body, const Counts *c, Zone *zone)
{
    int64_t *at = ARENA_ARRAY(arena, c->times, int64_t);
    uint8_t *type = ARENA_ARRAY(arena, c->times, uint8_t);
    Local *locals = ARENA_ARRAY(arena, c->types, Local);
    const char *types = body.ptr + c->times * 9;
    const char *chars = types + c->types * 6;

    for (size_t i = 0; i < c->times; i++)
    {
        at[i] = big_endian(body.ptr + i * 8, 8);
        type[i] = (uint8_t) body.ptr[c->times * 8 + i];
        if (type[i] >= c->types)
            return false;
    }
    for (size_t i = 0; i < c->types; i++)
    {
        size_t name = (unsigned char) types[i * 6 + 5];

        if (name >= c->chars)
            return false;
        locals[i].offset = (int) big_endian(types + i * 6, 4);
        locals[i].abbreviation =
            arena_text_n(arena, chars + name, strnlen(chars + name, c->chars - name));
    }
    *zone = (Zone){ zone->name, c->times, at, type, locals, locals[0], { 0 } };
    return true;
}

static bool
zone_parse(Arena *arena, Str file, Zone *zone)
{
    Counts counts;
    size_t skip, size;
    const char *rule;

    if (!read_counts(file, &counts) || file.ptr[4] < '2')
        return false;
    skip = HEADER_BYTES + body_bytes(&counts, 4);
    if (file.len < skip)
        return false;
    file = (Str){ file.ptr + skip, file.len - skip };
    if (!read_counts(file, &counts))
        return false;
    size = HEADER_BYTES + body_bytes(&counts, 8);
    if (file.len < size + 2 || file.ptr[size] != '\n' || file.ptr[file.len - 1] != '\n')
        return false;
    if (!read_body(arena, (Str){ file.ptr + HEADER_BYTES, size - HEADER_BYTES }, &counts, zone))
        return false;
    rule = arena_text_n(arena, file.ptr + size + 1, file.len - size - 2);
    return rule_parse(arena, rule, &zone->rule);
}

/* Only names that cannot lead out of the folder of zones. */
static bool
name_is_safe(const char *name)
{
    size_t len = strlen(name);

    return len > 0 && len < 64 && name[0] != '/' && name[0] != '.' && strstr(name, "..") == NULL &&
           strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-") ==
               len;
}

bool
zone_load(Arena *arena, const char *name, const Zone **zone, Error *err)
{
    Zone *loaded = ARENA_NEW(arena, Zone);
    const char *file_name = name;
    Str file;

    for (size_t i = 0; i < COUNT_OF(aliases); i++)
        if (strcmp(aliases[i].old, name) == 0)
            file_name = aliases[i].name;
    loaded->name = arena_text(arena, name);
    if (strcmp(file_name, "UTC") == 0)
    {
        loaded->first = (Local){ 0, "UTC" };
        *zone = loaded;
        return true;
    }
    if (!name_is_safe(file_name) ||
        !file_read(arena, arena_format(arena, "/usr/share/zoneinfo/%s", file_name), MAX_ZONE_BYTES,
                   &file, &(Error){ 0 }) ||
        !zone_parse(arena, file, loaded))
    {
        (void) error_set(err, ERR_INVALID, "there is no time zone %s", name);
        return error_hint(err, "Use a name such as Europe/Paris; the system package tzdata has "
                               "the list.");
    }
    *zone = loaded;
    return true;
}

const char *
zone_name(const Zone *zone)
{
    return zone->name;
}

static int64_t
seconds_of(Instant at)
{
    return at / SECOND_US - (at % SECOND_US < 0);
}

static const Local *
local_at(const Zone *zone, int64_t seconds)
{
    size_t low = 0, high = zone->count;

    if (zone->count == 0 || seconds >= zone->at[zone->count - 1])
    {
        if (zone->rule.present)
            return rule_local(&zone->rule, seconds);
        return zone->count == 0 ? &zone->first : &zone->locals[zone->type[zone->count - 1]];
    }
    while (low < high)
    {
        size_t middle = (low + high) / 2;

        if (zone->at[middle] <= seconds)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? &zone->first : &zone->locals[zone->type[low - 1]];
}

int
zone_offset(const Zone *zone, Instant at, const char **abbreviation)
{
    const Local *local = local_at(zone, seconds_of(at));

    if (abbreviation != NULL)
        *abbreviation = local->abbreviation;
    return local->offset;
}

Instant
zone_to_instant(const Zone *zone, const Civil *civil)
{
    Instant local = civil_to_instant(civil);
    int before = zone_offset(zone, local - DAY_US, NULL);
    int after = zone_offset(zone, local + DAY_US, NULL);
    Instant early = local - before * SECOND_US;

    if (before == after || zone_offset(zone, early, NULL) == before)
        return early;
    /* Past the change; in a gap no offset fits and the old one gives the later clock time. */
    if (zone_offset(zone, local - after * SECOND_US, NULL) == after)
        return local - after * SECOND_US;
    return early;
}

Civil
zone_from_instant(const Zone *zone, Instant at)
{
    return civil_from_instant(at + zone_offset(zone, at, NULL) * SECOND_US);
}

void
zone_format(const Zone *zone, Instant at, char text[TIME_TEXT_SIZE])
{
    int offset = zone_offset(zone, at, NULL);
    int minutes = abs(offset) / 60;
    size_t len;

    time_format(at + offset * SECOND_US, text);
    if (offset == 0)
        return;
    len = strlen(text) - 1;
    (void) snprintf(text + len, TIME_TEXT_SIZE - len, "%c%02d:%02d", offset < 0 ? '-' : '+',
                    minutes / 60, minutes % 60);
}
