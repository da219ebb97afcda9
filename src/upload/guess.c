/* Each way to write a value is a row of a table: a function, and what it lets vary. */
#include "upload/guess.h"

#include "base/time.h"

#include <stdlib.h>
#include <string.h>

typedef enum DateOrder
{
    YEAR_FIRST,
    DAY_FIRST,
    MONTH_FIRST
} DateOrder;

typedef struct Kind Kind;
struct Kind
{
    bool (*read)(const Kind *kind, Arena *arena, Str text, Value *value);
    BaseType type;
    char decimal, group; /* of numbers */
    DateOrder order;     /* of dates */
};

/* ------------------------------------------------------------------------------------- booleans */

static bool
read_bool(const Kind *kind, Arena *arena, Str text, Value *value)
{
    static const struct
    {
        const char *word;
        bool means;
    } words[] = { { "true", true }, { "false", false }, { "vrai", true }, { "faux", false },
                  { "oui", true },  { "non", false },   { "yes", true },  { "no", false } };

    (void) kind;
    (void) arena;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_is_nocase(text, words[i].word))
        {
            *value = VALUE_OF_BOOL(words[i].means);
            return true;
        }
    return false;
}

/* -------------------------------------------------------------------------------------- numbers */

/* Spaces of any width between groups of digits: one byte, or two or three. */
static size_t
space_length(Str rest)
{
    if (rest.len > 0 && rest.ptr[0] == ' ')
        return 1;
    if (str_has_prefix(rest, "\xC2\xA0"))
        return 2;
    return str_has_prefix(rest, "\xE2\x80\xAF") ? 3 : 0;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/*
 * The digits alone, with a point for `decimal`. Groups of three may be separated by spaces or by
 * `group`; '\0' stands for none. A zero in front of other digits means a code.
 */
static bool
read_digits(Str text, char decimal, char group, char *out, size_t size)
{
    size_t used = 0, digits = 0, since_group = 0;
    bool grouped = false, fraction = false;

    if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+'))
    {
        out[used] = '-';
        used += text.ptr[0] == '-';
        text = (Str){ text.ptr + 1, text.len - 1 };
    }
    while (text.len > 0 && used + 2 < size)
    {
        size_t space = fraction ? 0 : space_length(text);
        char c = text.ptr[0];
        size_t step = 1;

        if (is_digit(c))
        {
            out[used++] = c;
            digits++;
            since_group++;
        }
        else if (decimal != '\0' && c == decimal && !fraction && digits > 0 &&
                 (!grouped || since_group == 3))
        {
            out[used++] = '.';
            fraction = true;
        }
        else if (digits > 0 && !fraction && (space > 0 || (group != '\0' && c == group)) &&
                 (grouped ? since_group == 3 : since_group <= 3))
        {
            step = space > 0 ? space : 1;
            grouped = true;
            since_group = 0;
        }
        else
            return false;
        text = (Str){ text.ptr + step, text.len - step };
    }
    out[used] = '\0';
    return text.len == 0 && digits > 0 && (fraction || !grouped || since_group == 3) &&
           out[used - 1] != '.' &&
           !(out[out[0] == '-'] == '0' && is_digit(out[1 + (out[0] == '-')]));
}

static bool
read_whole(const Kind *kind, Arena *arena, Str text, Value *value)
{
    char digits[24];
    int64_t number;

    (void) arena;
    if (!read_digits(text, kind->decimal, kind->group, digits, sizeof(digits)) ||
        !str_to_int(str_of(digits), INT64_MIN, INT64_MAX, &number))
        return false;
    *value = VALUE_OF_INT(number);
    return true;
}

static bool
read_double(const Kind *kind, Arena *arena, Str text, Value *value)
{
    char digits[64];

    (void) arena;
    if (!read_digits(text, kind->decimal, kind->group, digits, sizeof(digits)))
        return false;
    *value = VALUE_OF_DOUBLE(strtod(digits, NULL));
    return true;
}

/* 1.5E-3, as programs write it. */
static bool
read_scientific(const Kind *kind, Arena *arena, Str text, Value *value)
{
    const char *copy = str_copy(arena, text);
    char *end;
    double number;

    (void) kind;
    for (size_t i = 0; i < text.len; i++)
        if (!is_digit(text.ptr[i]) && strchr("+-.eE", text.ptr[i]) == NULL)
            return false;
    if (text.len == 0 || strpbrk(copy, "eE") == NULL)
        return false;
    number = strtod(copy, &end);
    *value = VALUE_OF_DOUBLE(number);
    return *end == '\0' && number - number == 0;
}

/* ---------------------------------------------------------------------------------------- dates */

/* One or two digits, or four where `wide`. */
static bool
take_number(Str *rest, bool wide, int *number)
{
    size_t len = 0;

    *number = 0;
    while (len < rest->len && len < (wide ? 4 : 2) && is_digit(rest->ptr[len]))
        *number = *number * 10 + (rest->ptr[len++] - '0');
    *rest = (Str){ rest->ptr + len, rest->len - len };
    return wide ? len == 4 : len > 0;
}

static bool
take_sign(Str *rest, const char *signs)
{
    if (rest->len == 0 || strchr(signs, rest->ptr[0]) == NULL)
        return false;
    *rest = (Str){ rest->ptr + 1, rest->len - 1 };
    return true;
}

static bool
take_date(Str *rest, DateOrder order, Civil *civil)
{
    if (order == YEAR_FIRST)
        return take_number(rest, true, &civil->year) && take_sign(rest, "-") &&
               take_number(rest, false, &civil->month) && take_sign(rest, "-") &&
               take_number(rest, false, &civil->day);
    return take_number(rest, false, order == DAY_FIRST ? &civil->day : &civil->month) &&
           take_sign(rest, "/.-") &&
           take_number(rest, false, order == DAY_FIRST ? &civil->month : &civil->day) &&
           take_sign(rest, "/.-") && take_number(rest, true, &civil->year);
}

/* After a T or a space: 10:20, 10:20:30, 10:20:30.123; nothing at all is midnight. */
static bool
take_time(Str *rest, Civil *civil, bool *found)
{
    *found = rest->len > 0;
    if (!*found)
        return true;
    if (!take_sign(rest, "T ") || !take_number(rest, false, &civil->hour) ||
        !take_sign(rest, ":") || !take_number(rest, false, &civil->minute))
        return false;
    if (take_sign(rest, ":") && !take_number(rest, false, &civil->second))
        return false;
    if (!take_sign(rest, ".,"))
        return true;
    for (int unit = 100000; rest->len > 0 && is_digit(rest->ptr[0]); unit /= 10)
    {
        civil->micro += (rest->ptr[0] - '0') * unit;
        *rest = (Str){ rest->ptr + 1, rest->len - 1 };
    }
    return true;
}

/* A date, or a date and a time: the one without is at midnight. */
static bool
read_moment(const Kind *kind, Arena *arena, Str text, Value *value)
{
    bool with_time = kind->type == BASE_DATE_TIME;
    Civil civil = { 0 };
    bool has_time;

    if (!take_date(&text, kind->order, &civil) || !take_time(&text, &civil, &has_time) ||
        text.len > 0 || (has_time && !with_time) || !civil_is_valid(&civil))
        return false;
    *value = VALUE_OF_TEXT(
        with_time
            ? arena_format(arena, "%04d-%02d-%02d %02d:%02d:%02d.%06d", civil.year, civil.month,
                           civil.day, civil.hour, civil.minute, civil.second, civil.micro)
            : arena_format(arena, "%04d-%02d-%02d", civil.year, civil.month, civil.day));
    return true;
}

/* With Z or an offset. */
static bool
read_instant(const Kind *kind, Arena *arena, Str text, Value *value)
{
    Instant at;

    (void) kind;
    if (text.len < 17 || text.ptr[4] != '-' || !time_parse(text, &at))
        return false;
    if (text.ptr[text.len - 1] != 'Z' && memchr(text.ptr + 16, '+', text.len - 16) == NULL &&
        memchr(text.ptr + 16, '-', text.len - 16) == NULL)
        return false;
    *value = VALUE_OF_TEXT(time_text(arena, at));
    return true;
}

static bool
read_text(const Kind *kind, Arena *arena, Str text, Value *value)
{
    (void) kind;
    *value = VALUE_OF_TEXT(str_copy(arena, text));
    return true;
}

/* --------------------------------------------------------------------------------------- a column
 */

enum
{
    COMMAS = 8 /* the row of numbers with decimal commas */
};

/* The first that fits every value counts: from narrow to wide. */
static const Kind kinds[] = {
    { read_bool, BASE_BOOLEAN },
    { read_whole, BASE_BIG_INTEGER },
    { read_moment, BASE_DATE, .order = YEAR_FIRST },
    { read_moment, BASE_DATE, .order = DAY_FIRST },
    { read_moment, BASE_DATE, .order = MONTH_FIRST },
    { read_moment, BASE_DATE_TIME, .order = YEAR_FIRST },
    { read_moment, BASE_DATE_TIME, .order = DAY_FIRST },
    { read_moment, BASE_DATE_TIME, .order = MONTH_FIRST },
    { read_double, BASE_FLOAT, .decimal = ',', .group = '.' },
    { read_double, BASE_FLOAT, .decimal = '.', .group = ',' },
    { read_scientific, BASE_FLOAT },
    { read_instant, BASE_DATE_TIME_WITH_LOCAL_TZ },
    { read_text, BASE_TEXT },
};

Guess
guess_begin(void)
{
    return (Guess){ .kinds = (1U << COUNT_OF(kinds)) - 1 };
}

void
guess_value(Guess *guess, Arena *scratch, Str text)
{
    Value value;

    text = str_trim(text);
    /* Texts need no look. */
    if (text.len == 0 || guess->kinds == 1U << (COUNT_OF(kinds) - 1))
    {
        guess->has_value = guess->has_value || text.len > 0;
        return;
    }
    guess->has_value = true;
    for (size_t i = 0; i + 1 < COUNT_OF(kinds); i++)
        if ((guess->kinds >> i & 1) != 0 &&
            (text.len > 64 || !kinds[i].read(&kinds[i], scratch, text, &value)))
            guess->kinds &= ~(1U << i);
}

static Writing
first_of(unsigned fits, bool decimal_commas)
{
    unsigned number = 3U << COMMAS;

    if ((fits & number) == number)
        fits &= ~(1U << (COMMAS + (decimal_commas ? 1 : 0)));
    for (unsigned i = 0; i < COUNT_OF(kinds); i++)
        if ((fits >> i & 1) != 0)
            return (Writing){ kinds[i].type, i };
    return (Writing){ BASE_TEXT, COUNT_OF(kinds) - 1 };
}

Writing
guess_end(const Guess *guess, bool decimal_commas)
{
    return first_of(guess->has_value ? guess->kinds : 0, decimal_commas);
}

/* Whole numbers go into a column of numbers, dates into one of times. */
static bool
takes(BaseType column, BaseType value)
{
    return column == value || column == BASE_TEXT ||
           (column == BASE_FLOAT && value == BASE_BIG_INTEGER) ||
           (column == BASE_DATE_TIME && value == BASE_DATE) ||
           (column == BASE_DATE_TIME_WITH_LOCAL_TZ &&
            (value == BASE_DATE || value == BASE_DATE_TIME));
}

Writing
guess_end_as(const Guess *guess, BaseType type, bool decimal_commas)
{
    unsigned fits = guess->has_value ? guess->kinds : 0;
    Writing text = { BASE_TEXT, COUNT_OF(kinds) - 1 };

    for (unsigned i = 0; i < COUNT_OF(kinds); i++)
        if (!takes(type, kinds[i].type))
            fits &= ~(1U << i);
    if (type == BASE_TEXT || !guess->has_value)
        return text;
    if (fits == 0)
        return (Writing){ BASE_ANY, text.kind };
    return first_of(fits, decimal_commas);
}

bool
writing_read(const Writing *writing, Arena *arena, Str text, Value *value)
{
    text = str_trim(text);
    *value = VALUE_OF_NULL;
    return text.len == 0 || kinds[writing->kind].read(&kinds[writing->kind], arena, text, value);
}
