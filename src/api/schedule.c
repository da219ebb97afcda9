/* Four kinds: every hour, every day, a day of the week, a day of the month. What they cannot say is
 * sent as cron. */
#include "api/schedule.h"

#include "job/cron.h"

#include <stdio.h>
#include <string.h>

enum
{
    MAX_CRON = 200
};

static const char *const days[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat" };

/* 1 Sunday .. 7 Saturday, as Quartz counts; 0 for no day. */
static int
day_number(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(days); i++)
        if (strcmp(days[i], name) == 0)
            return (int) i + 1;
    return 0;
}

static const char *
monthly(Arena *arena, int minute, int hour, int day, const char *frame)
{
    if (strcmp(frame, "mid") == 0)
        return arena_format(arena, "0 %d %d 15 * ? *", minute, hour);
    if (strcmp(frame, "last") == 0 && day > 0)
        return arena_format(arena, "0 %d %d ? * %dL *", minute, hour, day);
    if (strcmp(frame, "last") == 0)
        return arena_format(arena, "0 %d %d L * ? *", minute, hour);
    if (day > 0)
        return arena_format(arena, "0 %d %d ? * %d#1 *", minute, hour, day);
    return arena_format(arena, "0 %d %d 1 * ? *", minute, hour);
}

/* Written by hand; kept when it can be read. */
static const char *
by_hand(const Json *schedule)
{
    const char *text = json_text_or(json_get(schedule, "schedule_cron"), "");
    Error unread = { 0 };
    Cron cron;

    return strlen(text) <= MAX_CRON && cron_parse(text, &cron, &unread) ? text : NULL;
}

const char *
schedule_to_cron(Arena *arena, const Json *schedule)
{
    const char *type = json_text_or(json_get(schedule, "schedule_type"), "");
    const char *frame = json_text_or(json_get(schedule, "schedule_frame"), "first");
    int64_t minute = json_int_or(json_get(schedule, "schedule_minute"), 0);
    int64_t hour = json_int_or(json_get(schedule, "schedule_hour"), 0);
    int day = day_number(json_text_or(json_get(schedule, "schedule_day"), ""));

    if (minute < 0 || minute > 59 || hour < 0 || hour > 23)
        return NULL;
    if (strcmp(type, "hourly") == 0)
        return arena_format(arena, "0 %d * * * ? *", (int) minute);
    if (strcmp(type, "daily") == 0)
        return arena_format(arena, "0 %d %d * * ? *", (int) minute, (int) hour);
    if (strcmp(type, "weekly") == 0)
        return arena_format(arena, "0 %d %d ? * %d *", (int) minute, (int) hour, day > 0 ? day : 2);
    if (strcmp(type, "monthly") == 0)
        return monthly(arena, (int) minute, (int) hour, day, frame);
    return strcmp(type, "cron") == 0 ? by_hand(schedule) : NULL;
}

static void
put_parts(JsonWriter *w, const char *type, const char *frame, int day, const char *hour, int minute)
{
    json_begin_object(w);
    json_put_text(w, "schedule_type", type);
    json_put_text(w, "schedule_frame", frame);
    json_put_text(w, "schedule_day", day >= 1 && day <= 7 ? days[day - 1] : NULL);
    json_key(w, "schedule_hour");
    if (hour == NULL)
        json_null(w);
    else
        json_raw(w, str_of(hour));
    json_put_int(w, "schedule_minute", minute);
    json_end_object(w);
}

void
schedule_write(JsonWriter *w, const char *cron)
{
    char hour[8] = "", month_day[8] = "", week_day[8] = "", rest = ' ';
    int minute = 0;
    int day = 0;
    bool known = cron != NULL && sscanf(cron, "0 %2d %7s %7s * %7s *%c", &minute, hour, month_day,
                                        week_day, &rest) == 4;
    char number[8];

    known = known && (strcmp(hour, "*") == 0 || strspn(hour, "0123456789") == strlen(hour));
    day = week_day[0] >= '1' && week_day[0] <= '7' ? week_day[0] - '0' : 0;
    (void) snprintf(number, sizeof(number), "%s", hour);
    if (!known)
        json_null(w);
    else if (strcmp(hour, "*") == 0)
        put_parts(w, "hourly", NULL, 0, NULL, minute);
    else if (strcmp(month_day, "*") == 0)
        put_parts(w, "daily", NULL, 0, number, minute);
    else if (strcmp(month_day, "?") == 0 && strlen(week_day) == 1)
        put_parts(w, "weekly", NULL, day, number, minute);
    else
        put_parts(w, "monthly",
                  strcmp(month_day, "15") == 0                                   ? "mid"
                  : strcmp(month_day, "L") == 0 || strchr(week_day, 'L') != NULL ? "last"
                                                                                 : "first",
                  day, number, minute);
}
