/* The first word of a statement. */
#include "driver/statement.h"

#include <string.h>

static const char *
after_blanks(const char *text)
{
    for (;;)
    {
        const char *end;

        text += strspn(text, " \t\r\n\f\v(");
        if (strncmp(text, "--", 2) == 0 || text[0] == '#')
            text = strchrnul(text, '\n');
        else if (strncmp(text, "/*", 2) == 0 && text[2] != '!' && strncmp(text + 2, "M!", 2) != 0)
        {
            end = strstr(text + 2, "*/");
            if (end == NULL)
                return "";
            text = end + 2;
        }
        else
            return text;
    }
}

static size_t
word_length(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
}

static bool
is_word(const char *text, const char *word)
{
    size_t len = strlen(word);

    return word_length(text) == len && strncasecmp(text, word, len) == 0;
}

bool
statement_runs_explained(const char *text)
{
    const char *first = after_blanks(text);

    return is_word(first, "explain") &&
           is_word(after_blanks(first + word_length(first)), "analyze");
}

bool
statement_reads(const char *text, Error *err)
{
    static const char *const words[] = { "select", "with",    "values",   "table",
                                         "show",   "explain", "describe", "desc" };
    const char *start = after_blanks(text);

    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (is_word(start, words[i]))
            return true;
    return error_set(err, ERR_DENIED, "only one statement that reads is allowed");
}
