/*
 * Reads the URLs that people and hosting companies write for a Postgres database, libpq's and the
 * JDBC driver's. No message here shows any part of the URL but the name of a key: the rest may be a
 * password.
 */
#include "pg/pg.h"

#include <stdlib.h>
#include <string.h>

/* What a key of the query part means. */
typedef struct UrlKey
{
    const char *name; /* of libpq or of the JDBC driver, compared without case */
    size_t offset;    /* of the text in PgTarget */
} UrlKey;

static const UrlKey url_keys[] = {
    // clang-format off
    { "host",                 offsetof(PgTarget, host) },
    { "port",                 offsetof(PgTarget, port) },
    { "dbname",               offsetof(PgTarget, dbname) },
    { "user",                 offsetof(PgTarget, user) },
    { "password",             offsetof(PgTarget, password) },
    { "sslmode",              offsetof(PgTarget, sslmode) },
    { "sslrootcert",          offsetof(PgTarget, sslrootcert) },
    { "sslcert",              offsetof(PgTarget, sslcert) },
    { "sslkey",               offsetof(PgTarget, sslkey) },
    { "target_session_attrs", offsetof(PgTarget, target_session_attrs) },
    { "application_name",     offsetof(PgTarget, application_name) },
    { "ApplicationName",      offsetof(PgTarget, application_name) },
    { "options",              offsetof(PgTarget, options) },
    // clang-format on
};

static const char *const seconds_keys[] = { "connect_timeout", "connectTimeout", "loginTimeout" };

bool
pg_is_url(const char *text)
{
    static const char *const schemes[] = { "postgres://", "postgresql://", "jdbc:postgresql:" };

    for (size_t i = 0; text != NULL && i < COUNT_OF(schemes); i++)
        if (strncasecmp(text, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char) (c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* NULL for a bad escape or a zero byte. */
static char *
decode(Arena *arena, Str text)
{
    char *plain = arena_alloc(arena, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++)
    {
        int high;
        int low;

        if (text.ptr[i] != '%')
        {
            plain[len++] = text.ptr[i];
            continue;
        }
        if (i + 2 >= text.len)
            return NULL;
        high = hex_digit(text.ptr[i + 1]);
        low = hex_digit(text.ptr[i + 2]);
        if (high < 0 || low < 0 || (high == 0 && low == 0))
            return NULL;
        plain[len++] = (char) (high * 16 + low);
        i += 2;
    }
    return plain;
}

static bool
bad_url(Error *err, const char *what)
{
    (void) error_set(err, ERR_CONFIG, "the database URL cannot be read: %s", what);
    return error_hint(err, "Write postgres://user:password@host:5432/name, with %%40 for @, %%3A "
                           "for : and %%2F for / in the password.");
}

/* The part of `text` before the last or first `mark`; `rest` gets what follows. */
static bool
cut(Str *text, char mark, bool last, Str *before)
{
    const char *at =
        last ? memrchr(text->ptr, mark, text->len) : memchr(text->ptr, mark, text->len);

    if (at == NULL)
        return false;
    *before = (Str){ text->ptr, (size_t) (at - text->ptr) };
    *text = (Str){ at + 1, text->len - before->len - 1 };
    return true;
}

/* "a:5432,[::1]:5433" becomes "a,::1" and "5432,5433". */
static bool
read_hosts(Arena *arena, Str hosts, PgTarget *target, Error *err)
{
    Buf names = buf_new(arena, 4096);
    Buf ports = buf_new(arena, 4096);
    bool any_port = false;
    bool first = true;
    Str part;

    if (hosts.len == 0)
        return true;
    while (str_split(&hosts, ',', &part))
    {
        Str name = part;
        Str port = { "", 0 };
        const char *plain;
        int64_t number;

        if (part.len > 0 && part.ptr[0] == '[')
        {
            port = (Str){ part.ptr + 1, part.len - 1 };
            if (!cut(&port, ']', false, &name) || (port.len > 0 && port.ptr[0] != ':'))
                return bad_url(err, "the address in brackets is not closed");
            if (port.len > 0)
                port = (Str){ port.ptr + 1, port.len - 1 };
        }
        else if (cut(&part, ':', true, &name))
            port = part;
        if (port.len > 0 && !str_to_int(port, 1, 65535, &number))
            return bad_url(err, "the port is not a number between 1 and 65535");
        if (!first)
        {
            buf_char(&names, ',');
            buf_char(&ports, ',');
        }
        plain = decode(arena, name);
        if (plain == NULL)
            return bad_url(err, "the host has a % that begins no escape");
        buf_text(&names, plain);
        buf_str(&ports, port);
        any_port = any_port || port.len > 0;
        first = false;
    }
    target->host = names.len == 0 ? NULL : buf_cstr(&names);
    target->port = any_port ? buf_cstr(&ports) : NULL;
    return true;
}

static bool
read_authority(Arena *arena, Str authority, PgTarget *target, Error *err)
{
    Str login;
    Str user;

    if (cut(&authority, '@', true, &login))
    {
        if (cut(&login, ':', false, &user))
        {
            target->password = decode(arena, login);
            if (target->password == NULL)
                return bad_url(err, "the password has a % that begins no escape");
        }
        else
            user = login;
        target->user = decode(arena, user);
        if (target->user == NULL)
            return bad_url(err, "the user has a % that begins no escape");
        if (target->user[0] == '\0')
            target->user = NULL;
    }
    return read_hosts(arena, authority, target, err);
}

/* The schema becomes an option of the session; a space or backslash is escaped for libpq. */
static const char *
search_path_option(Arena *arena, const char *schema)
{
    Buf option = buf_new(arena, 4096);

    buf_text(&option, "-c search_path=");
    for (const char *c = schema; *c != '\0'; c++)
    {
        if (*c == ' ' || *c == '\\')
            buf_char(&option, '\\');
        buf_char(&option, *c);
    }
    return buf_cstr(&option);
}

static void
note_ignored(Arena *arena, PgTarget *target, const char *key)
{
    target->ignored = target->ignored == NULL ? arena_text(arena, key)
                                              : arena_format(arena, "%s,%s", target->ignored, key);
}

static bool
read_pair(Arena *arena, const char *key, const char *value, PgTarget *target, Error *err)
{
    int64_t seconds;

    for (size_t i = 0; i < COUNT_OF(url_keys); i++)
    {
        if (strcasecmp(key, url_keys[i].name) != 0)
            continue;
        *(const char **) ((char *) target + url_keys[i].offset) = value;
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(seconds_keys); i++)
    {
        if (strcasecmp(key, seconds_keys[i]) != 0)
            continue;
        if (!str_to_int(str_of(value), 0, 3600, &seconds))
            return error_set(err, ERR_CONFIG,
                             "the database URL cannot be read: %s is not a number of seconds", key);
        target->connect_seconds = (int) seconds;
        return true;
    }
    if (strcasecmp(key, "currentSchema") == 0)
        target->options = search_path_option(arena, value);
    else if (strcasecmp(key, "ssl") == 0)
    {
        bool on = value[0] == '\0' || strcasecmp(value, "true") == 0 || strcmp(value, "1") == 0;

        if (on && target->sslmode == NULL)
            target->sslmode = "require";
    }
    else
        note_ignored(arena, target, key);
    return true;
}

static bool
read_query(Arena *arena, Str query, PgTarget *target, Error *err)
{
    Str pair;

    while (str_split(&query, '&', &pair))
    {
        Str key = pair;
        Str value = { "", 0 };
        const char *key_text;
        const char *value_text;

        if (pair.len == 0)
            continue;
        if (cut(&pair, '=', false, &key))
            value = pair;
        key_text = decode(arena, key);
        value_text = decode(arena, value);
        if (key_text == NULL || value_text == NULL)
            return bad_url(err, "a value after the question mark has a % that begins no escape");
        if (!read_pair(arena, key_text, value_text, target, err))
            return false;
    }
    return true;
}

static bool
check_sslmode(const char *mode, Error *err)
{
    static const char *const modes[] = { "disable", "allow",     "prefer",
                                         "require", "verify-ca", "verify-full" };

    if (mode == NULL)
        return true;
    for (size_t i = 0; i < COUNT_OF(modes); i++)
        if (strcmp(modes[i], mode) == 0)
            return true;
    (void) error_set(err, ERR_CONFIG, "the database URL cannot be read: sslmode is not known");
    return error_hint(err, "Use disable, allow, prefer, require, verify-ca or verify-full.");
}

bool
pg_target_from_url(Arena *arena, const char *url, PgTarget *target, Error *err)
{
    Str rest = str_of(url);
    Str before_query;
    Str scheme;
    Str query = { NULL, 0 };
    Str authority = { "", 0 };
    PgTarget read = { 0 };

    if (!pg_is_url(url))
        return bad_url(err, "it does not begin with postgres:// or jdbc:postgresql://");
    if (!str_is_utf8(rest))
        return bad_url(err, "it is not UTF-8");
    if (str_is_nocase((Str){ rest.ptr, 5 }, "jdbc:"))
        (void) cut(&rest, ':', false, &scheme);
    (void) cut(&rest, ':', false, &scheme);
    if (cut(&rest, '?', false, &before_query))
    {
        query = rest;
        rest = before_query;
    }
    if (str_has_prefix(rest, "//"))
    {
        Str path;

        rest = (Str){ rest.ptr + 2, rest.len - 2 };
        path = rest;
        if (!cut(&path, '/', false, &authority))
        {
            authority = rest;
            path = (Str){ "", 0 };
        }
        rest = path;
    }
    if (!read_authority(arena, authority, &read, err))
        return false;
    if (rest.len > 0)
    {
        read.dbname = decode(arena, rest);
        if (read.dbname == NULL)
            return bad_url(err, "the name of the database has a % that begins no escape");
    }
    if (!read_query(arena, query, &read, err) || !check_sslmode(read.sslmode, err))
        return false;
    *target = read;
    return true;
}

char *
pg_target_label(Arena *arena, const PgTarget *target)
{
    return arena_format(arena, "%s@%s:%s/%s", target->user == NULL ? "" : target->user,
                        target->host == NULL ? "localhost" : target->host,
                        target->port == NULL ? "5432" : target->port,
                        target->dbname == NULL ? "" : target->dbname);
}
