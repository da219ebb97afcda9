/*
 * A ClickHouse for tests: its engine, from the library that npm has (libchdb), behind as much of
 * its HTTP interface as the driver uses. No user, no cancelling: those are tested with a scripted
 * server. usage: clickhouse LIBRARY FOLDER PORT
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum
{
    MAX_REQUEST = 64 * 1024 * 1024,
    MAX_SETTINGS = 64
};

/* What the library has; it ships no header. */
typedef struct chdb_connection_ *chdb_connection;
typedef struct chdb_result_ chdb_result;
static chdb_connection *(*engine_connect)(int count, char **arguments);
static chdb_result *(*engine_query)(chdb_connection conn, const char *sql, const char *format);
static char *(*result_buffer)(chdb_result *result);
static size_t (*result_length)(chdb_result *result);
static const char *(*result_error)(chdb_result *result);
static void (*result_free)(chdb_result *result);

static chdb_connection engine;
static char request[MAX_REQUEST + 1];

/* Settings are kept by the engine: only a change is told. */
static struct
{
    char name[80], value[80];
} settings[MAX_SETTINGS];

static void
load(const char *path)
{
    const struct
    {
        const char *name;
        void **function;
    } names[] = {
        { "chdb_connect", (void **) &engine_connect },
        { "chdb_query", (void **) &engine_query },
        { "chdb_result_buffer", (void **) &result_buffer },
        { "chdb_result_length", (void **) &result_length },
        { "chdb_result_error", (void **) &result_error },
        { "chdb_destroy_query_result", (void **) &result_free },
    };
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
    {
        *names[i].function = library == NULL ? NULL : dlsym(library, names[i].name);
        if (*names[i].function == NULL)
        {
            (void) fprintf(stderr, "%s\n", dlerror());
            exit(69);
        }
    }
}

static void
answer(int client, int status, const char *body, size_t length)
{
    dprintf(client,
            "HTTP/1.1 %d %s\r\nContent-Type: text/plain; charset=UTF-8\r\n"
            "Content-Length: %zu\r\nConnection: close\r\n\r\n",
            status, status == 200 ? "OK" : "Bad Request", length);
    while (length > 0)
    {
        ssize_t sent = write(client, body, length);

        if (sent <= 0)
            return;
        body += sent;
        length -= (size_t) sent;
    }
}

/* False when it failed and the client was told, unless `client` is -1. */
static bool
run(int client, const char *sql, const char *format)
{
    chdb_result *result = engine_query(engine, sql, format);
    const char *error = result_error(result);
    bool done = error == NULL || error[0] == '\0';

    if (client >= 0 && done)
        answer(client, 200, result_buffer(result), result_length(result));
    else if (client >= 0)
        answer(client, 400, error, strlen(error));
    result_free(result);
    return done;
}

static void
set(const char *name, const char *value)
{
    char sql[300];
    size_t at = 0;

    while (settings[at].name[0] != '\0' && strcmp(settings[at].name, name) != 0)
        at++;
    if (at == MAX_SETTINGS - 1 || strcmp(settings[at].value, value) == 0)
        return;
    (void) snprintf(settings[at].name, sizeof(settings[at].name), "%s", name);
    (void) snprintf(settings[at].value, sizeof(settings[at].value), "%s", value);
    if (strcmp(name, "database") == 0)
        (void) snprintf(sql, sizeof(sql), "use `%s`", value);
    else
        (void) snprintf(sql, sizeof(sql), "set %s = '%s'", name, value);
    if (!run(-1, sql, "TSV"))
        (void) fprintf(stderr, "refused: %s\n", sql);
}

static void
decode(char *text)
{
    char *to = text;

    for (; *text != '\0'; text++)
    {
        unsigned byte;

        if (*text == '%' && sscanf(text + 1, "%2x", &byte) == 1)
        {
            *to++ = (char) byte;
            text += 2;
        }
        else
            *to++ = *text;
    }
    *to = '\0';
}

/* Takes what is no setting; tells the engine the rest. */
static void
read_params(char *query, char *format, size_t size)
{
    static const char *const ignored[] = { "query_id", "readonly",
                                           "cancel_http_readonly_queries_on_client_close",
                                           "http_write_exception_in_output_format" };

    for (char *pair = strtok(query, "&"); pair != NULL; pair = strtok(NULL, "&"))
    {
        char *value = strchr(pair, '=');
        bool skip = value == NULL;

        if (skip)
            continue;
        *value++ = '\0';
        decode(value);
        for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
            skip = skip || strcmp(ignored[i], pair) == 0;
        if (strcmp(pair, "default_format") == 0)
            (void) snprintf(format, size, "%s", value);
        else if (!skip)
            set(pair, value);
    }
}

static char *
read_request(int client)
{
    size_t length = 0, wanted = MAX_REQUEST;
    char *body = NULL;

    while (length < wanted)
    {
        ssize_t got = read(client, request + length, MAX_REQUEST - length);
        char *field;

        if (got <= 0)
            return NULL;
        length += (size_t) got;
        request[length] = '\0';
        body = body != NULL ? body : strstr(request, "\r\n\r\n");
        field = strcasestr(request, "\r\nContent-Length:");
        if (body != NULL)
            wanted = (size_t) (body + 4 - request) +
                     (field == NULL || field > body ? 0 : strtoul(field + 17, NULL, 10));
    }
    return body + 4;
}

static void
serve(int client)
{
    char format[80] = "TabSeparated";
    char *body = read_request(client);
    char *query, *end;

    if (body == NULL)
        return;
    end = strchr(request, '\r');
    *end = '\0';
    query = strchr(request, '?');
    if (query != NULL)
    {
        *query++ = '\0';
        *strchrnul(query, ' ') = '\0';
        read_params(query, format, sizeof(format));
    }
    (void) run(client, body, format);
}

int
main(int argc, char **argv)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    char path[4096];
    char *arguments[] = { "clickhouse", path };
    chdb_connection *made;
    int listener, one = 1;

    if (argc != 4)
        return 64;
    load(argv[1]);
    (void) snprintf(path, sizeof(path), "--path=%s", argv[2]);
    made = engine_connect(2, arguments);
    if (made == NULL)
        return 69;
    engine = *made;
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((unsigned short) atoi(argv[3]));
    (void) setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (bind(listener, (struct sockaddr *) &address, sizeof(address)) != 0 ||
        listen(listener, 64) != 0)
        return 71;
    for (;;)
    {
        int client = accept(listener, NULL, NULL);

        if (client < 0)
            continue;
        serve(client);
        (void) close(client);
    }
}
