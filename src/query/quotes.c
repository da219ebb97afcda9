/* The little of SQL's spelling that tells where quotes and comments begin and end, by dialect. In
 * doubt a place is closed: a question that is refused does no harm. */
#include "query/quotes.h"

#include <string.h>

Quotes
quotes_begin(const Dialect *dialect)
{
    return (Quotes){ .dialect = dialect };
}

static bool
is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (c & 0x80) != 0;
}

static bool
is_dialect(const Quotes *quotes, const char *name)
{
    return strcmp(quotes->dialect->name, name) == 0;
}

/* E'...' in databases where a backslash usually means nothing. */
static bool
is_escape_text(const Quotes *quotes)
{
    return (quotes->before[1] == 'e' || quotes->before[1] == 'E') && !is_word(quotes->before[0]);
}

/* $mark$: its length with both signs, 0 when it is none. */
static size_t
mark_length(const Quotes *quotes, Str rest)
{
    size_t len = 1;

    if (!(is_dialect(quotes, "postgres") || is_dialect(quotes, "duckdb")) ||
        is_word(quotes->before[1]))
        return 0;
    while (len < rest.len && is_word(rest.ptr[len]))
        len++;
    if (len == rest.len || rest.ptr[len] != '$' ||
        (len > 1 && rest.ptr[1] >= '0' && rest.ptr[1] <= '9'))
        return 0;
    return len + 1;
}

static void
enter(Quotes *quotes, QuotePlace place, char end, bool backslash)
{
    quotes->place = place;
    quotes->end = end;
    quotes->backslash = backslash;
    quotes->depth = 1;
    quotes->mark[0] = '\0';
}

/* In the open: does something begin here? How many characters it takes. */
static size_t
read_open(Quotes *quotes, Str rest)
{
    bool backslash = quotes->dialect->backslash_escapes;
    size_t mark;

    if (str_has_prefix(rest, "--") || (rest.ptr[0] == '#' && is_dialect(quotes, "mysql")))
    {
        enter(quotes, PLACE_LINE, '\n', false);
        return 1;
    }
    if (str_has_prefix(rest, "/*"))
    {
        enter(quotes, PLACE_CLOSED, '*', false);
        return 2;
    }
    switch (rest.ptr[0])
    {
        case '\'':
            if (is_escape_text(quotes))
                enter(quotes, PLACE_CLOSED, '\'', true);
            else
                enter(quotes, PLACE_TEXT, '\'', backslash);
            return 1;
        case '"':
        case '`':
            enter(quotes, PLACE_CLOSED, rest.ptr[0], backslash);
            return 1;
        case '$':
            mark = mark_length(quotes, rest);
            if (mark == 0)
                return 1;
            enter(quotes, PLACE_CLOSED, '\0', false);
            /* One that does not fit is never found again: the rest stays closed. */
            if (mark >= sizeof(quotes->mark))
                return mark;
            memcpy(quotes->mark, rest.ptr, mark);
            quotes->mark[mark] = '\0';
            return mark;
        default:
            return 1;
    }
}

static size_t
read_comment(Quotes *quotes, Str rest)
{
    /* Of the databases here only these count comments inside comments; others end at the first. */
    bool nested = is_dialect(quotes, "postgres") || is_dialect(quotes, "duckdb") ||
                  is_dialect(quotes, "clickhouse");

    if (str_has_prefix(rest, "*/"))
    {
        if (--quotes->depth == 0)
            quotes->place = PLACE_OPEN;
        return 2;
    }
    if (nested && str_has_prefix(rest, "/*"))
    {
        quotes->depth++;
        return 2;
    }
    return 1;
}

/* Inside quotes: a doubled quote and what follows a backslash are inside too. */
static size_t
read_quoted(Quotes *quotes, Str rest)
{
    if (quotes->mark[0] != '\0')
    {
        if (!str_has_prefix(rest, quotes->mark))
            return 1;
        quotes->place = PLACE_OPEN;
        return strlen(quotes->mark);
    }
    if (quotes->backslash && rest.ptr[0] == '\\' && rest.len > 1)
        return 2;
    if (rest.ptr[0] != quotes->end)
        return 1;
    if (rest.len > 1 && rest.ptr[1] == quotes->end)
        return 2;
    quotes->place = PLACE_OPEN;
    return 1;
}

void
quotes_read(Quotes *quotes, Str text)
{
    for (size_t at = 0; at < text.len;)
    {
        Str rest = { text.ptr + at, text.len - at };
        size_t step = 1;

        if (quotes->place == PLACE_OPEN)
            step = read_open(quotes, rest);
        else if (quotes->place == PLACE_LINE)
            quotes->place = rest.ptr[0] == '\n' ? PLACE_OPEN : PLACE_LINE;
        else if (quotes->end == '*')
            step = read_comment(quotes, rest);
        else
            step = read_quoted(quotes, rest);
        at += step;
        quotes->before[0] = at > 1 ? text.ptr[at - 2] : quotes->before[1];
        quotes->before[1] = text.ptr[at - 1];
    }
}

bool
quotes_touch(const Quotes *quotes)
{
    char last = quotes->before[1];

    return is_word(last) || last == '&' || last == '-' || last == '\'';
}
