/*
 * Bodies of forms: pairs (application/x-www-form-urlencoded) and parts (multipart/form-data, where
 * files arrive). Parts are slices of the body: a large file is not copied.
 */
#include "http/request.h"
#include "http/url.h"

#include <string.h>

enum
{
    FORM_PAIRS_MAX = 1000,
    PART_HEAD_BYTES_MAX = 4096,
    BOUNDARY_BYTES_MAX = 70
};

bool
request_form(const HttpRequest *req, TextPair **pairs, size_t *count, Error *err)
{
    if (req->body.len == 0)
    {
        *pairs = NULL;
        *count = 0;
        return true;
    }
    if (!request_has_type(req, "application/x-www-form-urlencoded"))
        return error_set(err, ERR_MEDIA, "the body is not declared as a form");
    if (!url_read_pairs(req->arena, req->body, FORM_PAIRS_MAX, pairs, count))
        return error_set(err, ERR_INVALID, "the form is not valid");
    return true;
}

/* --- Parameters of a header value: form-data; name="a"; filename="b" ------------------------ */

/* A quoted value; backslash escapes a quote or itself. *text stands after the opening quote. */
static bool
read_quoted(Arena *arena, Str *text, const char **value)
{
    char *out = arena_alloc(arena, text->len + 1);
    size_t len = 0;
    size_t i = 0;

    for (; i < text->len && text->ptr[i] != '"'; i++)
    {
        if (text->ptr[i] == '\\' && i + 1 < text->len &&
            (text->ptr[i + 1] == '"' || text->ptr[i + 1] == '\\'))
            i++;
        if ((unsigned char) text->ptr[i] < 0x20 || text->ptr[i] == 0x7f)
            return false;
        out[len++] = text->ptr[i];
    }
    if (i == text->len || !str_is_utf8((Str){ out, len }))
        return false;
    *value = out;
    *text = (Str){ text->ptr + i + 1, text->len - i - 1 };
    return true;
}

static bool
read_value(Arena *arena, Str *text, const char **value)
{
    size_t len = 0;

    if (text->len > 0 && text->ptr[0] == '"')
    {
        *text = (Str){ text->ptr + 1, text->len - 1 };
        return read_quoted(arena, text, value);
    }
    while (len < text->len && text->ptr[len] > ' ' && text->ptr[len] < 0x7f &&
           text->ptr[len] != ';' && text->ptr[len] != '"')
        len++;
    *value = arena_text_n(arena, text->ptr, len);
    *text = (Str){ text->ptr + len, text->len - len };
    return len > 0;
}

/* Looks for one parameter; *value stays when it is absent. False when the text is malformed or has
 * the parameter twice. */
static bool
read_param(Arena *arena, Str text, const char *name, const char **value)
{
    const char *semicolon = text.len == 0 ? NULL : memchr(text.ptr, ';', text.len);
    bool seen = false;

    while (semicolon != NULL)
    {
        Str rest = { semicolon + 1, (size_t) (text.ptr + text.len - semicolon) - 1 };
        const char *found;
        Str key;

        rest = str_trim(rest);
        if (rest.len == 0)
            return true;
        if (!str_split(&rest, '=', &key) || rest.ptr == NULL || !read_value(arena, &rest, &found))
            return false;
        if (str_is_nocase(str_trim(key), name))
        {
            if (seen)
                return false;
            seen = true;
            *value = found;
        }
        rest = str_trim(rest);
        if (rest.len > 0 && rest.ptr[0] != ';')
            return false;
        semicolon = rest.len > 0 ? rest.ptr : NULL;
    }
    return true;
}

/* --- Parts ---------------------------------------------------------------------------------- */

/* Browsers of old send whole paths, attackers send "../": only the last component is a name. */
static const char *
last_component(const char *filename)
{
    const char *name = filename;

    for (const char *at = filename; *at != '\0'; at++)
        if (*at == '/' || *at == '\\')
            name = at + 1;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return "";
    return name;
}

static bool
read_part_field(Arena *arena, Str line, FormPart *part)
{
    Str value = line;
    Str name;
    Str kind;
    Str rest;

    if (!str_split(&value, ':', &name) || value.ptr == NULL)
        return false;
    value = str_trim(value);
    if (str_is_nocase(name, "content-type"))
    {
        part->type = str_copy(arena, value);
        return true;
    }
    if (!str_is_nocase(name, "content-disposition"))
        return true;
    rest = value;
    (void) str_split(&rest, ';', &kind); /* not absent: there is always a first part */
    if (!str_is_nocase(str_trim(kind), "form-data"))
        return false;
    return read_param(arena, value, "name", &part->name) &&
           read_param(arena, value, "filename", &part->filename);
}

/* The header of a part, without its empty line. */
static bool
read_part_head(Arena *arena, Str head, FormPart *part)
{
    Str rest = head;
    Str line;

    *part = (FormPart){ .type = "text/plain" };
    while (str_split(&rest, '\n', &line))
    {
        if (line.len > 0 && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (memchr(line.ptr, '\0', line.len) != NULL || !read_part_field(arena, line, part))
            return false;
    }
    if (part->filename != NULL)
        part->filename = last_component(part->filename);
    return part->name != NULL;
}

static Str
after(Str text, size_t len)
{
    return (Str){ text.ptr + len, text.len - len };
}

/* *rest stands after a delimiter; it goes after the next one. */
static bool
read_part(Arena *arena, const char *delimiter, Str *rest, FormPart *part)
{
    size_t delimiter_len = strlen(delimiter);
    const char *head_end;
    const char *end;
    Str head;

    if (!str_has_prefix(*rest, "\r\n"))
        return false;
    *rest = after(*rest, 2);
    head_end = memmem(rest->ptr, rest->len, "\r\n\r\n", 4);
    if (head_end == NULL || head_end - rest->ptr > PART_HEAD_BYTES_MAX)
        return false;
    head = (Str){ rest->ptr, (size_t) (head_end - rest->ptr) };
    if (!read_part_head(arena, head, part))
        return false;
    /* The body may be empty: its delimiter then begins with the CR LF of the empty line. */
    *rest = after(*rest, head.len + 2);
    end = memmem(rest->ptr, rest->len, delimiter, delimiter_len);
    if (end == NULL)
        return false;
    if (end == rest->ptr)
        part->body = (Str){ rest->ptr, 0 };
    else
        part->body = (Str){ rest->ptr + 2, (size_t) (end - rest->ptr) - 2 };
    *rest = after(*rest, (size_t) (end - rest->ptr) + delimiter_len);
    return true;
}

static bool
read_boundary(const HttpRequest *req, const char **delimiter, Error *err)
{
    const char *boundary = NULL;

    if (!request_has_type(req, "multipart/form-data"))
        return error_set(err, ERR_MEDIA, "the body is not declared as multipart/form-data");
    if (!read_param(req->arena, str_of(request_header(req, "Content-Type")), "boundary",
                    &boundary) ||
        boundary == NULL || boundary[0] == '\0' || strlen(boundary) > BOUNDARY_BYTES_MAX)
        return error_set(err, ERR_INVALID, "the form has no valid boundary");
    *delimiter = arena_format(req->arena, "\r\n--%s", boundary);
    return true;
}

bool
request_multipart(const HttpRequest *req, size_t max_parts, FormPart **parts, size_t *count,
                  Error *err)
{
    FormPart *found = ARENA_ARRAY(req->arena, max_parts + 1, FormPart);
    const char *delimiter = "";
    Str rest = req->body;
    size_t total = 0;

    if (!read_boundary(req, &delimiter, err))
        return false;
    /* The first delimiter has no CR LF before it. */
    if (!str_has_prefix(rest, delimiter + 2))
        return error_set(err, ERR_INVALID, "the form does not begin with its boundary");
    rest = after(rest, strlen(delimiter) - 2);
    while (!str_has_prefix(rest, "--"))
    {
        if (total == max_parts)
            return error_set(err, ERR_TOO_LARGE, "the form has more than %zu parts", max_parts);
        if (!read_part(req->arena, delimiter, &rest, &found[total++]))
            return error_set(err, ERR_INVALID, "part %zu of the form is not valid", total);
    }
    *parts = found;
    *count = total;
    return true;
}

const FormPart *
form_part(const FormPart *parts, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(parts[i].name, name) == 0)
            return &parts[i];
    return NULL;
}
