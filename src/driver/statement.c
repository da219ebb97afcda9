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

bool
statement_reads(const char *text, Error *err)
{
    static const char *const words[] = { "select", "with",    "values",   "table",
                                         "show",   "explain", "describe", "desc" };
    const char *start = after_blanks(text);
    size_t len = strspn(start, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");

    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strlen(words[i]) == len && strncasecmp(start, words[i], len) == 0)
            return true;
    return error_set(err, ERR_DENIED, "only one statement that reads is allowed");
}
