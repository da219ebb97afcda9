/* A number's style, scale, decimals and separators; a moment's pattern by unit, style and language.
 */
#include "export/format.h"

#include "export/cell.h"
#include "export/stamp.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define THIN_SPACE "\u202f" /* between thousands in French */
#define HARD_SPACE "\u00a0"

static const char *const months[2][12] = {
    { "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December" },
    { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
      "octobre", "novembre", "décembre" },
};

static const char *const short_months[2][12] = {
    { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
    { "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
      "déc." },
};

static const char *const days[2][7] = {
    { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
    { "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche" },
};

static const struct
{
    const char *code;
    const char *symbol;
} currencies[] = {
    { "USD", "$" },   { "EUR", "€" },  { "GBP", "£" },   { "JPY", "¥" },  { "CHF", "CHF" },
    { "CAD", "CA$" }, { "AUD", "A$" }, { "CNY", "CN¥" }, { "INR", "₹" },  { "BRL", "R$" },
    { "XPF", "F" },   { "KRW", "₩" },  { "PLN", "zł" },  { "SEK", "kr" }, { "BTC", "₿" },
};

static int
language(const char *locale)
{
    return locale != NULL && strncmp(locale, "fr", 2) == 0 ? 1 : 0;
}

bool
format_is_french(const char *locale)
{
    return language(locale) == 1;
}

const char *
format_month(const char *locale, int month)
{
    return months[language(locale)][month - 1];
}

const char *
format_weekday(const char *locale, int day)
{
    return days[language(locale)][day - 1];
}

static const char *
text_setting(const ExportColumn *column, const char *key, const char *fallback)
{
    return json_text_or(json_get(column->settings, key), fallback);
}

/* --- Numbers -------------------------------------------------------------------------------- */

typedef struct NumberStyle
{
    const char *style; /* decimal, percent, scientific, currency */
    const char *point;
    char group[8];    /* between thousands; "" for none */
    int64_t decimals; /* -1: as many as needed, two at most */
    int lang;
} NumberStyle;

/* "number_separators" is the point and then what parts thousands: ".,", ", ", ",.", ".", ".’". */
static void
read_separators(const char *separators, NumberStyle *style)
{
    if (separators == NULL || separators[0] == '\0')
    {
        style->point = style->lang == 1 ? "," : ".";
        (void) snprintf(style->group, sizeof(style->group), "%s",
                        style->lang == 1 ? THIN_SPACE : ",");
        return;
    }
    style->point = separators[0] == ',' ? "," : ".";
    (void) snprintf(style->group, sizeof(style->group), "%s",
                    strcmp(separators + 1, " ") == 0 ? THIN_SPACE : separators + 1);
}

static const char *
default_style(const ExportColumn *column)
{
    const char *type = column->semantic_type == NULL ? "" : column->semantic_type;

    if (strcmp(type, "type/Percentage") == 0 || strcmp(type, "type/Share") == 0)
        return "percent";
    return json_get(column->settings, "currency") != NULL || strcmp(type, "type/Currency") == 0
               ? "currency"
               : "decimal";
}

static NumberStyle
number_style(const ExportColumn *column, int lang)
{
    NumberStyle style = { .lang = lang };

    style.style = text_setting(column, "number_style", default_style(column));
    style.decimals = json_int_or(json_get(column->settings, "decimals"), -1);
    if (style.decimals > 20)
        style.decimals = 20;
    read_separators(text_setting(column, "number_separators", NULL), &style);
    return style;
}

/* Plain digits "-1234567.50" with the separators of the style. */
static void
add_grouped(Buf *out, const char *digits, const NumberStyle *style)
{
    const char *point = strchr(digits, '.');
    size_t whole;

    if (*digits == '-')
        buf_char(out, *digits++);
    whole = point == NULL ? strlen(digits) : (size_t) (point - digits);
    for (size_t i = 0; i < whole; i++)
    {
        buf_char(out, digits[i]);
        if (i + 1 < whole && (whole - i - 1) % 3 == 0)
            buf_text(out, style->group);
    }
    if (point == NULL)
        return;
    buf_text(out, style->point);
    buf_text(out, point + 1);
}

static void
trim_zeros(char *digits)
{
    size_t len = strlen(digits);

    if (strchr(digits, '.') == NULL)
        return;
    while (digits[len - 1] == '0')
        digits[--len] = '\0';
    if (digits[len - 1] == '.')
        digits[len - 1] = '\0';
}

static void
add_decimal(Buf *out, double number, const NumberStyle *style, int64_t usual)
{
    char digits[380];
    int64_t decimals = style->decimals < 0 ? usual : style->decimals;

    (void) snprintf(digits, sizeof(digits), "%.*f", (int) decimals, number);
    if (style->decimals < 0)
        trim_zeros(digits);
    add_grouped(out, strcmp(digits, "-0") == 0 ? "0" : digits, style);
}

const char *
format_currency_mark(const ExportColumn *column)
{
    const char *code = text_setting(column, "currency", "USD");

    if (strcmp(text_setting(column, "currency_style", "symbol"), "code") == 0)
        return code;
    for (size_t i = 0; i < COUNT_OF(currencies); i++)
        if (strcmp(currencies[i].code, code) == 0)
            return currencies[i].symbol;
    return code;
}

/* "$1,234.50" in English, "1 234,50 €" in French; the name of a currency follows. */
static void
add_currency(Buf *out, double number, const NumberStyle *style, const ExportColumn *column)
{
    NumberStyle fixed = *style;
    const char *mark = format_currency_mark(column);
    bool behind =
        style->lang == 1 || strcmp(text_setting(column, "currency_style", "symbol"), "name") == 0;

    fixed.decimals = style->decimals < 0 ? 2 : style->decimals;
    if (json_bool_or(json_get(column->settings, "currency_in_header"), false))
    {
        add_decimal(out, number, &fixed, 2);
        return;
    }
    if (!behind)
    {
        buf_text(out, number < 0 ? "-" : "");
        buf_text(out, mark);
    }
    add_decimal(out, behind ? number : fabs(number), &fixed, 2);
    if (behind)
        buf_format(out, HARD_SPACE "%s", mark);
}

static void
format_number(Buf *out, double number, const ExportColumn *column, int lang)
{
    NumberStyle style = number_style(column, lang);

    number *= json_double_or(json_get(column->settings, "scale"), 1);
    buf_text(out, text_setting(column, "prefix", ""));
    if (strcmp(style.style, "percent") == 0)
    {
        add_decimal(out, number * 100, &style, 2);
        buf_text(out, lang == 1 ? THIN_SPACE "%" : "%");
    }
    else if (strcmp(style.style, "scientific") == 0)
        buf_format(out, "%.*e", style.decimals < 0 ? 2 : (int) style.decimals, number);
    else if (strcmp(style.style, "currency") == 0)
        add_currency(out, number, &style, column);
    else
        add_decimal(out, number, &style, 2);
    buf_text(out, text_setting(column, "suffix", ""));
}

/* --- Parts of a date that are numbers ----------------------------------------------------------
 */

/* "day-of-week" 2 is Monday where the week begins on Sunday: the number is of the database's
 * settings, so only months, quarters and hours have words here. */
static bool
format_part(Buf *out, int64_t number, const char *unit, int lang)
{
    if (unit == NULL)
        return false;
    if (strcmp(unit, "month-of-year") == 0 && number >= 1 && number <= 12)
        buf_text(out, months[lang][number - 1]);
    else if (strcmp(unit, "quarter-of-year") == 0)
        buf_format(out, "%s%lld", lang == 1 ? "T" : "Q", (long long) number);
    else if (strcmp(unit, "hour-of-day") == 0 && number >= 0 && number <= 23)
    {
        int64_t hour = number % 12 == 0 ? 12 : number % 12;

        if (lang == 1)
            buf_format(out, "%lld" HARD_SPACE "h", (long long) number);
        else
            buf_format(out, "%lld %s", (long long) hour, number < 12 ? "AM" : "PM");
    }
    else if (strncmp(unit, "year", 4) == 0 || strstr(unit, "-of-") != NULL)
        buf_int(out, number);
    else
        return false;
    return true;
}

/* --- Dates ------------------------------------------------------------------------------------ */

typedef struct DateWords
{
    int lang;
    bool abbreviate;
    const char *separator;
} DateWords;

/* One token of a pattern: "YYYY", "MMMM", "D", "dddd"... Returns its length, 0 for other text. */
static size_t
add_date_token(Buf *out, const char *pattern, const Civil *at, const DateWords *words)
{
    size_t len = strspn(pattern, (char[]){ pattern[0], '\0' });
    int weekday = civil_weekday(civil_to_days(at->year, at->month, at->day)) - 1;

    switch (pattern[0])
    {
        case 'Y':
            buf_format(out, "%04d", at->year);
            return len;
        case 'M':
            if (len >= 3)
                buf_text(out, (len == 3 || words->abbreviate ? short_months
                                                             : months)[words->lang][at->month - 1]);
            else
                buf_format(out, len == 2 ? "%02d" : "%d", at->month);
            return len;
        case 'D':
            buf_format(out, len == 2 ? "%02d" : "%d", at->day);
            return len;
        case 'd':
            if (words->abbreviate)
                buf_add(out, days[words->lang][weekday], 3);
            else
                buf_text(out, days[words->lang][weekday]);
            return len;
        case '/':
            buf_text(out, words->separator);
            return 1;
        default:
            return 0;
    }
}

static void
add_date(Buf *out, const char *pattern, const Civil *at, const DateWords *words)
{
    while (*pattern != '\0')
    {
        size_t len = add_date_token(out, pattern, at, words);

        if (len == 0)
            buf_char(out, *pattern++);
        else
            pattern += len;
    }
}

static void
add_clock(Buf *out, const Civil *at, const ExportColumn *column, int lang)
{
    const char *style = text_setting(column, "time_style", lang == 1 ? "HH:mm" : "h:mm A");
    const char *detail = text_setting(column, "time_enabled", "minutes");
    bool twelve = strchr(style, 'A') != NULL;
    int hour = at->hour % 12 == 0 ? 12 : at->hour % 12;

    buf_format(out, twelve ? "%d:%02d" : "%02d:%02d", twelve ? hour : at->hour, at->minute);
    if (strcmp(detail, "seconds") == 0 || strcmp(detail, "milliseconds") == 0)
        buf_format(out, ":%02d", at->second);
    if (strcmp(detail, "milliseconds") == 0)
        buf_format(out, ".%03d", at->micro / 1000);
    if (twelve)
        buf_text(out, at->hour < 12 ? " AM" : " PM");
}

static Civil
days_later(const Civil *at, int count)
{
    Civil later = *at;

    civil_from_days(civil_to_days(at->year, at->month, at->day) + count, &later.year, &later.month,
                    &later.day);
    return later;
}

/* A period longer than a day; false when the unit is none. */
static bool
add_period(Buf *out, const Civil *at, const ExportColumn *column, const DateWords *words,
           const char *day)
{
    const char *unit = column->unit == NULL ? "" : column->unit;

    if (strcmp(unit, "year") == 0)
        add_date(out, "YYYY", at, words);
    else if (strcmp(unit, "quarter") == 0)
        buf_format(out, words->lang == 1 ? "T%d %d" : "Q%d %d", (at->month + 2) / 3, at->year);
    else if (strcmp(unit, "month") == 0)
        add_date(out, words->lang == 1 ? "MMMM YYYY" : "MMMM, YYYY", at, words);
    else if (strcmp(unit, "week") == 0)
    {
        Civil last = days_later(at, 6);

        add_date(out, day, at, words);
        buf_text(out, " – ");
        add_date(out, day, &last, words);
    }
    else
        return false;
    return true;
}

static void
format_moment(Buf *out, const Stamp *stamp, const ExportColumn *column, int lang)
{
    DateWords words = { .lang = lang,
                        .abbreviate =
                            json_bool_or(json_get(column->settings, "date_abbreviate"), false),
                        .separator = text_setting(column, "date_separator", "/") };
    const char *day =
        text_setting(column, "date_style", lang == 1 ? "D MMMM YYYY" : "MMMM D, YYYY");
    const Json *clock = json_get(column->settings, "time_enabled");

    if (stamp->kind == STAMP_TIME)
    {
        add_clock(out, &stamp->at, column, lang);
        return;
    }
    if (add_period(out, &stamp->at, column, &words, day))
        return;
    add_date(out, day, &stamp->at, &words);
    if (cell_is_day(column) || stamp->kind == STAMP_DATE ||
        (clock != NULL && clock->kind == JSON_NULL))
        return;
    buf_text(out, lang == 1 ? " à " : ", ");
    add_clock(out, &stamp->at, column, lang);
}

/* --- Cells ------------------------------------------------------------------------------------ */

static bool
is_key(const ExportColumn *column)
{
    const char *type = column->semantic_type;

    return type != NULL && (strcmp(type, "type/PK") == 0 || strcmp(type, "type/FK") == 0 ||
                            strcmp(type, "type/ZipCode") == 0);
}

void
format_cell(Buf *out, const Value *cell, const ExportColumn *column, const char *locale)
{
    int lang = language(locale);
    Stamp stamp;

    switch (cell->kind)
    {
        case VALUE_INT:
            if (!format_part(out, cell->integer, column->unit, lang) && !is_key(column))
                format_number(out, (double) cell->integer, column, lang);
            else if (is_key(column))
                buf_int(out, cell->integer);
            return;
        case VALUE_DOUBLE:
        case VALUE_DECIMAL:
            format_number(out, value_to_double(cell, 0), column, lang);
            return;
        case VALUE_BOOL:
            if (lang == 1)
                buf_text(out, cell->boolean ? "vrai" : "faux");
            else
                buf_text(out, cell->boolean ? "true" : "false");
            return;
        default:
            if ((cell->kind != VALUE_TEXT || stamp_is_type(column->type)) &&
                stamp_read(cell, column->zone, &stamp))
                format_moment(out, &stamp, column, lang);
            else
                cell_write_plain(out, cell, column);
    }
}
