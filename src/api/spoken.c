/* Date strings of parameters in words, as web/src/shared/filters/speak.ts says them; what is none
 * is said as it is. */
#include "api/spoken.h"

#include "api/sentence.h"
#include "export/format.h"

#include <ctype.h>
#include <string.h>

enum
{
    MAX_SPOKEN = 1024 * 1024,
    MAX_COUNT = 99999
};

typedef struct Speaker
{
    Arena *arena;
    const char *locale;
} Speaker;

static const char *
say(const Speaker *it, const char *english)
{
    return sentence_say(it->arena, it->locale, english, (SentenceValue){ 0 }, (SentenceValue){ 0 });
}

/* ---------------------------------------------------------------------------------- periods */

typedef struct PeriodWords
{
    const char *unit;
    const char *length, *past, *next, *now;
} PeriodWords;

// clang-format off
static const PeriodWords period_words[] = {
    { "minute",
      SENTENCE("{count, plural, one {# minute} other {# minutes}}"),
      SENTENCE("{count, plural, one {the last minute} other {the last # minutes}}"),
      SENTENCE("{count, plural, one {the next minute} other {the next # minutes}}"),
      SENTENCE("this minute") },
    { "hour",
      SENTENCE("{count, plural, one {# hour} other {# hours}}"),
      SENTENCE("{count, plural, one {the last hour} other {the last # hours}}"),
      SENTENCE("{count, plural, one {the next hour} other {the next # hours}}"),
      SENTENCE("this hour") },
    { "day",
      SENTENCE("{count, plural, one {# day} other {# days}}"),
      SENTENCE("{count, plural, one {the last day} other {the last # days}}"),
      SENTENCE("{count, plural, one {the next day} other {the next # days}}"),
      SENTENCE("today") },
    { "week",
      SENTENCE("{count, plural, one {# week} other {# weeks}}"),
      SENTENCE("{count, plural, one {last week} other {the last # weeks}}"),
      SENTENCE("{count, plural, one {next week} other {the next # weeks}}"),
      SENTENCE("this week") },
    { "month",
      SENTENCE("{count, plural, one {# month} other {# months}}"),
      SENTENCE("{count, plural, one {last month} other {the last # months}}"),
      SENTENCE("{count, plural, one {next month} other {the next # months}}"),
      SENTENCE("this month") },
    { "quarter",
      SENTENCE("{count, plural, one {# quarter} other {# quarters}}"),
      SENTENCE("{count, plural, one {last quarter} other {the last # quarters}}"),
      SENTENCE("{count, plural, one {next quarter} other {the next # quarters}}"),
      SENTENCE("this quarter") },
    { "year",
      SENTENCE("{count, plural, one {# year} other {# years}}"),
      SENTENCE("{count, plural, one {last year} other {the last # years}}"),
      SENTENCE("{count, plural, one {next year} other {the next # years}}"),
      SENTENCE("this year") },
};
// clang-format on

typedef struct Period
{
    char way; /* 'p'ast, 'n'ext, 't'his */
    int64_t count;
    const PeriodWords *words;
    bool with_now;
    int64_t shift; /* 0: none */
    const PeriodWords *by;
} Period;

static bool
read_length(const char **at, int64_t *count, const PeriodWords **words)
{
    size_t digits = strspn(*at, "0123456789");

    if (count != NULL && (digits == 0 || !str_to_int((Str){ *at, digits }, 0, MAX_COUNT, count)))
        return false;
    if (count != NULL)
        *at += digits;
    for (size_t i = 0; i < COUNT_OF(period_words); i++)
    {
        size_t len = strlen(period_words[i].unit);

        if (strncmp(*at, period_words[i].unit, len) != 0)
            continue;
        *words = &period_words[i];
        *at += len + ((*at)[len] == 's');
        return true;
    }
    return false;
}

/* What has a name of its own. */
static const char *
period_of_name(const char *text)
{
    static const char *const names[][2] = {
        { "today", "thisday" },
        { "yesterday", "past1days" },
        { "lastweek", "past1weeks" },
        { "lastmonth", "past1months" },
        { "lastquarter", "past1quarters" },
        { "lastyear", "past1years" },
    };

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(text, names[i][0]) == 0)
            return names[i][1];
    return text;
}

/* "past30days~", "thismonth", "next2weeks-from-1years" */
static bool
read_period(const char *text, Period *period)
{
    const char *at = period_of_name(text) + 4;
    bool moves = strncmp(at - 4, "past", 4) == 0 || strncmp(at - 4, "next", 4) == 0;

    *period = (Period){ .way = at[-4], .count = 1 };
    if ((!moves && strncmp(at - 4, "this", 4) != 0) ||
        !read_length(&at, moves ? &period->count : NULL, &period->words))
        return false;
    period->with_now = moves && *at == '~';
    at += *at == '~';
    if (strncmp(at, "-from-", 6) == 0)
    {
        at += 6;
        if (!read_length(&at, &period->shift, &period->by))
            return false;
    }
    return *at == '\0';
}

static const char *
speak_period(const Speaker *it, const Period *period)
{
    bool beside = period->count == 1 && strcmp(period->words->unit, "day") == 0;
    SentenceValue said = { "period", NULL };
    SentenceValue shift = { "shift", NULL };

    if (period->way == 't')
        said.text = say(it, period->words->now);
    else if (beside)
        said.text = say(it, period->way == 'p' ? SENTENCE("yesterday") : SENTENCE("tomorrow"));
    else
        said.text = sentence_count(it->arena, it->locale,
                                   period->way == 'p' ? period->words->past : period->words->next,
                                   period->count);
    if (period->by != NULL)
    {
        shift.text = sentence_count(it->arena, it->locale, period->by->length, period->shift);
        return sentence_say(it->arena, it->locale,
                            period->way == 'n' ? SENTENCE("{period}, {shift} later")
                                               : SENTENCE("{period}, {shift} earlier"),
                            said, shift);
    }
    if (period->with_now)
        return sentence_say(it->arena, it->locale,
                            SENTENCE("{period}, with the one that is not over"), said, shift);
    return said.text;
}

static const char *
with_capital(const Speaker *it, const char *text)
{
    char *copy = arena_text(it->arena, text);

    copy[0] = (char) toupper((unsigned char) copy[0]);
    return copy;
}

/* ------------------------------------------------------------------------------- fixed days */

/* "2026-03", "2026-03-01", "2026-03-01T10:20"; anything else as it is. */
static const char *
speak_moment(const Speaker *it, Str text)
{
    bool is_month = text.len == 7;
    const char *whole =
        is_month ? arena_format(it->arena, "%.7s-01", text.ptr) : str_copy(it->arena, text);
    bool has_time = strchr(whole, 'T') != NULL;
    Instant instant;
    Civil at;

    /* Minutes alone are a time too. */
    if (!time_parse(str_of(has_time && strlen(whole) == 16 ? arena_format(it->arena, "%s:00", whole)
                                                           : whole),
                    &instant))
        return whole;
    at = civil_from_instant(instant);
    if (is_month)
        return arena_format(it->arena, "%s %d", format_month(it->locale, at.month), at.year);
    if (!has_time)
        return arena_format(it->arena, "%d %s %d", at.day, format_month(it->locale, at.month),
                            at.year);
    return arena_format(it->arena, "%d %s %d%s%02d:%02d", at.day,
                        format_month(it->locale, at.month), at.year,
                        format_is_french(it->locale) ? " à " : " at ", at.hour, at.minute);
}

/* "A~B", "A~", "~B" */
static const char *
speak_range(const Speaker *it, Str from, Str to)
{
    SentenceValue none = { 0 };

    if (from.len > 0 && to.len > 0)
        return sentence_say(it->arena, it->locale, SENTENCE("From {from} to {to}"),
                            (SentenceValue){ "from", speak_moment(it, from) },
                            (SentenceValue){ "to", speak_moment(it, to) });
    if (from.len > 0)
        return sentence_say(it->arena, it->locale, SENTENCE("After {day}"),
                            (SentenceValue){ "day", speak_moment(it, from) }, none);
    if (to.len > 0)
        return sentence_say(it->arena, it->locale, SENTENCE("Before {day}"),
                            (SentenceValue){ "day", speak_moment(it, to) }, none);
    return "";
}

/* --------------------------------------------------------------------------------- exclude */

typedef const char *SpeakPart(const Speaker *it, const char *word);

static int
place_of(const char *word, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(word, names[i]) == 0)
            return i;
    return -1;
}

static const char *
speak_day(const Speaker *it, const char *word)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    int place = place_of(word, days, COUNT_OF(days));

    return place < 0 ? word : format_weekday(it->locale, place + 1);
}

static const char *
speak_month(const Speaker *it, const char *word)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int place = place_of(word, months, COUNT_OF(months));

    return place < 0 ? word : format_month(it->locale, place + 1);
}

static const char *
speak_quarter(const Speaker *it, const char *word)
{
    return arena_format(it->arena, "%s%s", format_is_french(it->locale) ? "T" : "Q", word);
}

static const char *
speak_hour(const Speaker *it, const char *word)
{
    return arena_format(it->arena, "%s%s%s", strlen(word) < 2 ? "0" : "", word,
                        format_is_french(it->locale) ? "\u00a0h" : "");
}

static const struct
{
    const char *prefix;
    SpeakPart *speak;
} excluded[] = {
    { "exclude-days-", speak_day },
    { "exclude-months-", speak_month },
    { "exclude-quarters-", speak_quarter },
    { "exclude-hours-", speak_hour },
};

/* "exclude-days-Mon-Tue"; NULL when it is none. */
static const char *
speak_excluded(const Speaker *it, const char *text)
{
    for (size_t i = 0; i < COUNT_OF(excluded); i++)
    {
        Buf out = buf_new(it->arena, MAX_SPOKEN);
        Str rest = str_of(text), word;

        if (!str_has_prefix(rest, excluded[i].prefix))
            continue;
        rest = str_of(text + strlen(excluded[i].prefix));
        while (str_split(&rest, '-', &word))
        {
            buf_text(&out, out.len == 0 ? "" : ", ");
            buf_text(&out, excluded[i].speak(it, str_copy(it->arena, word)));
        }
        return sentence_say(it->arena, it->locale, SENTENCE("Except {values}"),
                            (SentenceValue){ "values", buf_cstr(&out) }, (SentenceValue){ 0 });
    }
    return NULL;
}

/* ---------------------------------------------------------------------------------- values */

static const char *
speak_date(const Speaker *it, const char *text)
{
    const char *middle = strchr(text, '~');
    const char *except = speak_excluded(it, text);
    Period period;

    if (strlen(text) > 4 && read_period(text, &period))
        return with_capital(it, speak_period(it, &period));
    if (except != NULL)
        return except;
    if (strlen(text) == 7 && text[0] == 'Q' && text[1] >= '1' && text[1] <= '4' && text[2] == '-')
        return arena_format(it->arena, "%s%c %s", format_is_french(it->locale) ? "T" : "Q", text[1],
                            text + 3);
    if (middle != NULL)
        return speak_range(it, (Str){ text, (size_t) (middle - text) }, str_of(middle + 1));
    return speak_moment(it, str_of(text));
}

static const char *
speak_one(const Speaker *it, const char *type, const Json *value)
{
    if (value->kind == JSON_BOOL)
        return value->boolean ? "true" : "false";
    if (value->text == NULL)
        return "";
    return strncmp(type, "date", 4) == 0 ? speak_date(it, value->text) : value->text;
}

const char *
spoken_value(Arena *arena, const char *locale, const char *type, const Json *value)
{
    const Speaker it = { arena, locale };
    const char *between = strcmp(type, "number/between") == 0 ? " – " : ", ";
    Buf text = buf_new(arena, MAX_SPOKEN);

    if (value->kind != JSON_ARRAY)
        return speak_one(&it, type, value);
    for (const Json *item = value->first; item != NULL; item = item->next)
    {
        buf_text(&text, item == value->first ? "" : between);
        buf_text(&text, speak_one(&it, type, item));
    }
    return buf_cstr(&text);
}
