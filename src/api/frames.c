/* Nothing of a setting reaches a header but words that cannot end a directive. */
#include "api/frames.h"

#include <string.h>

enum
{
    MAX_WORDS = 4096
};

static bool
separates(char c)
{
    return (unsigned char) c <= ' ' || strchr(";,'\"", c) != NULL;
}

/* A host says where: a word without a dot is a scheme, or everything. */
static bool
is_host(Str word)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:*/";
    bool has_dot = false;

    for (size_t i = 0; i < word.len; i++)
    {
        if (memchr(allowed, word.ptr[i], sizeof(allowed) - 1) == NULL)
            return false;
        has_dot = has_dot || word.ptr[i] == '.';
    }
    return has_dot;
}

static const char *
words_of(Request *req, const char *text, bool hosts_only)
{
    Buf clean = buf_new(req->arena, MAX_WORDS);

    while (*text != '\0')
    {
        Str word = { text, 0 };

        while (text[word.len] != '\0' && !separates(text[word.len]))
            word.len++;
        if (word.len > 0 && (!hosts_only || is_host(word)))
        {
            if (clean.len > 0)
                buf_char(&clean, ' ');
            buf_str(&clean, word);
        }
        text += word.len + (text[word.len] == '\0' ? 0 : 1);
    }
    return clean.len == 0 ? "" : buf_cstr(&clean);
}

const char *
frames_ancestors(Request *req)
{
    const char *words =
        words_of(req, settings_text(req->settings, req->arena, LIVE_embedding_app_origin), false);

    return words[0] == '\0' ? "*" : arena_format(req->arena, "'self' %s", words);
}

const char *
frames_hosts(Request *req)
{
    return words_of(req, settings_text(req->settings, req->arena, LIVE_allowed_iframe_hosts), true);
}

const char *
frames_policy(Request *req)
{
    const char *hosts = frames_hosts(req);

    return hosts[0] == '\0' ? "" : arena_format(req->arena, "frame-src %s; ", hosts);
}
