/* Reading of connection details. */
#include "driver/details.h"

#include "base/crypto.h"
#include "base/file.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
    MAX_PEM_BYTES = 65536,
    PEM_LINE = 64,
    MAX_OPTIONS_BYTES = 2000
};

const char *
details_text(const ConnSpec *spec, const char *key)
{
    const char *text = json_text_or(json_get(spec->details, key), NULL);

    return text == NULL || text[0] == '\0' ? NULL : text;
}

bool
details_bool(const ConnSpec *spec, const char *key)
{
    return json_bool_or(json_get(spec->details, key), false);
}

bool
details_host(const ConnSpec *spec, const char **host, Error *err)
{
    *host = details_text(spec, "host");
    if (*host == NULL)
        return error_field(err, "host", "value is required.");
    if (strlen(*host) < 254 && (*host)[0] != '/' &&
        (*host)[strcspn(*host, " ,;=@/'\"\\?#%\t\r\n")] == '\0')
        return true;
    return error_field(err, "host", "value must be the name or the address of one server.");
}

bool
details_port(const ConnSpec *spec, int fallback, int *port, Error *err)
{
    const Json *sent = json_get(spec->details, "port");
    int64_t number = json_int_or(sent, fallback);

    if (sent != NULL && sent->kind == JSON_TEXT && sent->len > 0 &&
        !str_to_int((Str){ sent->text, sent->len }, 1, 65535, &number))
        number = 0;
    if (number < 1 || number > 65535)
        return error_field(err, "port", "value must be an integer from 1 to 65535.");
    *port = (int) number;
    return true;
}

bool
details_explain(const char *(*field_of)(const char *message), const char *hint, Error *err)
{
    Error cause = *err;
    const char *field = field_of(cause.message);

    if (err->field[0] != '\0' || err->code == ERR_CANCELLED)
        return false;
    if (strstr(cause.message, "SSL") != NULL)
        field = "ssl";
    else if (strstr(cause.message, "connect to server") != NULL)
        field = "port";
    (void) error_field(err, field == NULL ? "host" : field, "%s", cause.message);
    return error_hint(err, "%s", cause.hint[0] != '\0' ? cause.hint : hint);
}

bool
details_file(Arena *arena, const ConnSpec *spec, const char *key, const char **path, Error *err)
{
    const char *name = json_text_or(json_get(spec->details, key), "");
    size_t folder = strlen(spec->data_folder);
    size_t len;

    /* The whole path of such a file will do, too. */
    if (strncmp(name, spec->data_folder, folder) == 0 && name[folder] == '/')
        name += folder + 1;
    len = strlen(name);
    if (len == 0 || len >= 200 || name[0] == '.' || strchr(name, '/') != NULL ||
        strncmp(name, "vigie.db", 8) == 0)
        return error_field(err, key, "value must be the name of a file in the data folder.");
    *path = path_join(arena, spec->data_folder, name);
    return file_exists(*path) ||
           error_field(err, key, "there is no file %s in the data folder.", name);
}

/* ------------------------------------------------------------------------------- certificates */

/* Cuts *rest behind the next `end`; the slice before it, with it or without. */
static bool
cut_behind(Str *rest, const char *end, bool with, Str *part)
{
    const char *found = memmem(rest->ptr, rest->len, end, strlen(end));
    size_t len = found == NULL ? 0 : (size_t) (found - rest->ptr);

    if (found == NULL)
        return false;
    *part = (Str){ rest->ptr, with ? len + strlen(end) : len };
    rest->ptr += part->len;
    rest->len -= part->len;
    return true;
}

/* Fields of one line take away the ends of lines of what is pasted there. */
static Str
put_lines_back(Arena *arena, Str pem)
{
    Buf out = buf_new(arena, 2 * MAX_PEM_BYTES);
    Str begin, name, body, end, closing;
    Str whole = pem;
    size_t column;

    if (memchr(pem.ptr, '\n', pem.len) != NULL)
        return pem;
    while (cut_behind(&pem, "-----BEGIN ", true, &begin) &&
           cut_behind(&pem, "-----", true, &name) && cut_behind(&pem, "-----END ", false, &body) &&
           cut_behind(&pem, "-----END ", true, &end) && cut_behind(&pem, "-----", true, &closing))
    {
        buf_format(&out, "-----BEGIN %.*s", (int) name.len, name.ptr);
        column = 0;
        for (size_t i = 0; i < body.len; i++)
        {
            if (body.ptr[i] == ' ' || body.ptr[i] == '\r')
                continue;
            if (column++ % PEM_LINE == 0)
                buf_char(&out, '\n');
            buf_char(&out, body.ptr[i]);
        }
        buf_format(&out, "\n-----END %.*s\n", (int) closing.len, closing.ptr);
    }
    return out.len > 0 ? buf_slice(&out) : whole;
}

/* Clients that let one choose a file send it as "data:application/x-pem-file;base64,...". */
static bool
read_pem(Arena *arena, const char *text, const char *kind, Str *pem)
{
    const char *encoded = strncmp(text, "data:", 5) == 0 ? strstr(text, ";base64,") : NULL;

    *pem = str_of(text);
    if (pem->len > MAX_PEM_BYTES)
        return false;
    if (encoded != NULL && !base64_decode(arena, str_of(encoded + 8), pem))
        return false;
    *pem = put_lines_back(arena, *pem);
    return memmem(pem->ptr, pem->len, "-----BEGIN ", 11) != NULL &&
           memmem(pem->ptr, pem->len, kind, strlen(kind)) != NULL;
}

bool
details_pem(const ConnSpec *spec, const char *key, const char *kind, PemFile *file, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *text = details_text(spec, key);
    ssize_t written;
    Str pem;

    if (text == NULL)
        return true;
    if (!read_pem(arena, text, kind, &pem))
        return error_field(err, key, "value must be a %s in PEM form.", kind);
    file->fd = memfd_create("pem", MFD_CLOEXEC);
    written = file->fd < 0 ? -1 : write(file->fd, pem.ptr, pem.len);
    /* libpq refuses a key that others could read. */
    if (written != (ssize_t) pem.len || fchmod(file->fd, 0600) != 0)
        return error_set(err, ERR_UNAVAILABLE, "there is no room for a certificate");
    (void) snprintf(file->path, sizeof(file->path), "/proc/self/fd/%d", file->fd);
    return true;
}

void
pem_file_close(PemFile *file)
{
    if (file->fd >= 0)
        (void) close(file->fd);
    file->fd = -1;
}

const char *
pem_file_path(const PemFile *file)
{
    return file->fd >= 0 ? file->path : NULL;
}

/* ------------------------------------------------------------------------------------ options */

bool
details_options(Arena *arena, const ConnSpec *spec, TakeOption *take, void *arg, Error *err)
{
    Str rest = str_trim(str_of(details_text(spec, "additional-options")));
    Str pair, name;

    if (rest.len > MAX_OPTIONS_BYTES)
        return error_field(err, "additional-options", "value is too long.");
    while (str_split(&rest, '&', &pair))
    {
        Error cause = { 0 };

        pair = str_trim(pair);
        if (pair.len == 0)
            continue;
        if (!str_split(&pair, '=', &name) || pair.ptr == NULL)
            return error_field(err, "additional-options",
                               "value must be name=value, several joined by &.");
        if (!take(arg, str_copy(arena, name), str_copy(arena, pair), &cause))
            return error_field(err, "additional-options", "%s", cause.message);
    }
    return true;
}
