/* Of the form of messages, what these sentences use: {name}, and one plural that is all of it. */
#include "api/sentence.h"

#include <string.h>

enum
{
    MAX_SENTENCE = 4096
};

extern const Sentence sentences_french[];

static bool
is_french(const char *locale)
{
    return locale != NULL && strncmp(locale, "fr", 2) == 0;
}

const char *
sentence_known(const char *locale, const char *english)
{
    if (is_french(locale))
        for (const Sentence *one = sentences_french; one->english != NULL; one++)
            if (strcmp(one->english, english) == 0)
                return one->said;
    return english;
}

const char *
sentence_error(Arena *arena, const char *locale, const char *message)
{
    const char *part = message, *colon;

    do
    {
        size_t len;
        const char *english, *said;

        colon = strstr(part, ": ");
        len = colon == NULL ? strlen(part) : (size_t) (colon - part);
        english = arena_text_n(arena, part, len);
        said = sentence_known(locale, english);
        if (strcmp(said, english) != 0)
            return arena_format(arena, "%.*s%s%s%s", (int) (part - message), message, said,
                                colon == NULL ? "" : "\u00a0", part + len);
        part += len + 2;
    } while (colon != NULL);
    return message;
}

const char *
sentence_say(Arena *arena, const char *locale, const char *english, SentenceValue a,
             SentenceValue b)
{
    const char *at = sentence_known(locale, english);
    Buf out = buf_new(arena, MAX_SENTENCE);

    while (*at != '\0')
    {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        Str name = { at + 1, end == NULL ? 0 : (size_t) (end - at) - 1 };

        if (end != NULL && a.name != NULL && str_is(name, a.name))
            buf_text(&out, a.text);
        else if (end != NULL && b.name != NULL && str_is(name, b.name))
            buf_text(&out, b.text);
        else
        {
            buf_char(&out, *at++);
            continue;
        }
        at = end + 1;
    }
    return buf_cstr(&out);
}

const char *
sentence_count(Arena *arena, const char *locale, const char *english, int64_t count)
{
    bool one = is_french(locale) ? count < 2 : count == 1;
    const char *form = one ? "one {" : "other {";
    const char *at = strstr(sentence_known(locale, english), form);
    Buf out = buf_new(arena, MAX_SENTENCE);

    for (at = at == NULL ? "" : at + strlen(form); *at != '\0' && *at != '}'; at++)
        if (*at == '#')
            buf_int(&out, count);
        else
            buf_char(&out, *at);
    return buf_cstr(&out);
}
