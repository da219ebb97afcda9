/*
 * Listening sockets: from "host:port" or "unix:/path" to descriptors, one per loop where the
 * kernel can spread connections over them, and those that the service manager hands over.
 */
#include "http/server_private.h"

#include "base/heap.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum
{
    BACKLOG = 4096,
    FIRST_INHERITED = 3,
    INHERITED_MAX = 32,
    UNIX_MODE = 0660
};

typedef struct Endpoint
{
    struct sockaddr_storage address;
    socklen_t len;
} Endpoint;

static bool
fail(const char *address, const char *step, Error *err)
{
    return error_set(err, ERR_CONFIG, "cannot listen on %s: %s: %s", address, step,
                     strerror(errno));
}

static void
set_option(int fd, int level, int option)
{
    int on = 1;

    /* Without it the server is slower or restarts later, but it works. */
    (void) setsockopt(fd, level, option, &on, sizeof(on));
}

/* --- TCP ------------------------------------------------------------------------------------ */

/* "host:port", "[v6]:port", ":port". */
static bool
split_address(Arena *arena, const char *text, const char **host, const char **port)
{
    const char *colon = strrchr(text, ':');
    Str name;

    if (colon == NULL || colon[1] == '\0')
        return false;
    name = (Str){ text, (size_t) (colon - text) };
    if (name.len >= 2 && name.ptr[0] == '[' && name.ptr[name.len - 1] == ']')
        name = (Str){ name.ptr + 1, name.len - 2 };
    else if (name.len > 0 && memchr(name.ptr, ':', name.len) != NULL)
        return false;
    *host = name.len == 0 || str_is(name, "*") ? NULL : str_copy(arena, name);
    *port = colon + 1;
    return true;
}

static bool
has_ipv6(void)
{
    int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return false;
    (void) close(fd);
    return true;
}

static bool
resolve(const char *address, const char *host, const char *port, Endpoint *endpoint, Error *err)
{
    struct addrinfo hints = { .ai_family = AF_UNSPEC,
                              .ai_socktype = SOCK_STREAM,
                              .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
    struct addrinfo *found = NULL;
    struct addrinfo *best;
    int code = getaddrinfo(host, port, &hints, &found);

    if (code != 0 || found == NULL)
        return error_set(err, ERR_CONFIG, "cannot listen on %s: %s", address, gai_strerror(code));
    best = found;
    /* All addresses: an IPv6 socket takes both families. */
    for (struct addrinfo *one = found; host == NULL && one != NULL; one = one->ai_next)
        if (one->ai_family == (has_ipv6() ? AF_INET6 : AF_INET))
            best = one;
    memcpy(&endpoint->address, best->ai_addr, best->ai_addrlen);
    endpoint->len = best->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

static void
set_port(Endpoint *endpoint, in_port_t port)
{
    if (endpoint->address.ss_family == AF_INET)
        ((struct sockaddr_in *) &endpoint->address)->sin_port = port;
    else
        ((struct sockaddr_in6 *) &endpoint->address)->sin6_port = port;
}

static in_port_t
get_port(const Endpoint *endpoint)
{
    return endpoint->address.ss_family == AF_INET
               ? ((const struct sockaddr_in *) &endpoint->address)->sin_port
               : ((const struct sockaddr_in6 *) &endpoint->address)->sin6_port;
}

static int
bind_tcp(const Endpoint *endpoint, bool together)
{
    int fd = socket(endpoint->address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int off = 0;

    if (fd < 0)
        return -1;
    set_option(fd, SOL_SOCKET, SO_REUSEADDR);
    set_option(fd, IPPROTO_TCP, TCP_NODELAY); /* accepted sockets have it from here */
    if (endpoint->address.ss_family == AF_INET6)
        (void) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
    if (together)
        set_option(fd, SOL_SOCKET, SO_REUSEPORT);
    if (bind(fd, (const struct sockaddr *) &endpoint->address, endpoint->len) == 0 &&
        listen(fd, BACKLOG) == 0)
        return fd;
    (void) close(fd);
    return -1;
}

static char *
describe(int fd)
{
    Endpoint endpoint = { .len = sizeof(endpoint.address) };
    char host[ADDRESS_TEXT_SIZE];
    char text[ADDRESS_TEXT_SIZE + 16];
    Address address;
    bool v4;

    if (getsockname(fd, (struct sockaddr *) &endpoint.address, &endpoint.len) != 0 ||
        !address_from_socket((struct sockaddr *) &endpoint.address, &address))
        return heap_text("unix");
    address_format(&address, host);
    v4 = strchr(host, ':') == NULL;
    (void) snprintf(text, sizeof(text), v4 ? "%s:%u" : "[%s]:%u", host,
                    (unsigned) ntohs(get_port(&endpoint)));
    return heap_text(text);
}

/*
 * SO_REUSEPORT would let a second server of the same user share the port without a word. A first
 * socket without it finds out whether somebody is there.
 */
static bool
port_is_free(const Endpoint *endpoint)
{
    int fd;

    if (get_port(endpoint) == 0)
        return true;
    fd = bind_tcp(endpoint, false);
    if (fd < 0)
        return false;
    (void) close(fd);
    return true;
}

static bool
open_tcp(HttpServer *server, const HttpListen *listen, ListenGroup *group, Error *err)
{
    const char *host;
    const char *port;
    Endpoint endpoint = { .len = 0 };

    if (!split_address(server->arena, listen->address, &host, &port))
    {
        (void) error_set(err, ERR_CONFIG, "\"%s\" is not an address to listen on", listen->address);
        return error_hint(err, "Write 127.0.0.1:3000, [::1]:3000, :3000 or unix:/path.");
    }
    if (!resolve(listen->address, host, port, &endpoint, err))
        return false;
    if (!port_is_free(&endpoint))
        return fail(listen->address, "bind", err);
    group->listeners = heap_new(server->loop_count, sizeof(Listener));
    for (unsigned i = 0; i < server->loop_count; i++)
    {
        int fd = bind_tcp(&endpoint, true);

        if (fd < 0)
            return fail(listen->address, "bind", err);
        group->listeners[i] =
            (Listener){ .kind = WATCH_LISTENER, .fd = fd, .plane_mask = listen->plane_mask };
        group->count = i + 1;
        if (i == 0)
        {
            Endpoint used = { .len = sizeof(used.address) };

            group->address = describe(fd);
            if (getsockname(fd, (struct sockaddr *) &used.address, &used.len) == 0)
                set_port(&endpoint, get_port(&used));
        }
    }
    return true;
}

/* --- Unix sockets --------------------------------------------------------------------------- */

/* A socket file that nobody listens on is what a crash left. */
static void
remove_stale(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct stat info;

    if (fd < 0)
        return;
    if (stat(address->sun_path, &info) == 0 && S_ISSOCK(info.st_mode) &&
        connect(fd, (const struct sockaddr *) address, sizeof(*address)) != 0 &&
        errno == ECONNREFUSED)
        (void) unlink(address->sun_path); /* bind tells when it is still in the way */
    (void) close(fd);
}

static void
set_shared(ListenGroup *group, int fd, bool is_unix, unsigned plane_mask)
{
    group->listeners = heap_new(1, sizeof(Listener));
    group->listeners[0] = (Listener){ .kind = WATCH_LISTENER,
                                      .fd = fd,
                                      .shared = true,
                                      .is_unix = is_unix,
                                      .plane_mask = plane_mask };
    group->count = 1;
}

static bool
open_unix(const HttpListen *wanted, const char *path, ListenGroup *group, Error *err)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd;

    if (path[0] != '/' || strlen(path) >= sizeof(address.sun_path))
        return error_set(err, ERR_CONFIG, "%s is not an absolute path of at most %zu bytes",
                         wanted->address, sizeof(address.sun_path) - 1);
    memcpy(address.sun_path, path, strlen(path));
    remove_stale(&address);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fail(wanted->address, "socket", err);
    if (bind(fd, (struct sockaddr *) &address, sizeof(address)) != 0 ||
        chmod(path, UNIX_MODE) != 0 || listen(fd, BACKLOG) != 0)
    {
        fail(wanted->address, "bind", err);
        (void) close(fd);
        return false;
    }
    group->address = heap_text(wanted->address);
    group->unix_path = heap_text(path);
    set_shared(group, fd, true, wanted->plane_mask);
    return true;
}

bool
listener_open(HttpServer *server, const HttpListen *listen, ListenGroup *group, Error *err)
{
    if (strncmp(listen->address, "unix:", 5) == 0)
        return open_unix(listen, listen->address + 5, group, err);
    return open_tcp(server, listen, group, err);
}

/* --- Inherited sockets ---------------------------------------------------------------------- */

size_t
listener_inherited(void)
{
    const char *pid = getenv("LISTEN_PID");
    const char *fds = getenv("LISTEN_FDS");
    int64_t number = 0;

    if (pid == NULL || fds == NULL || !str_to_int(str_of(pid), 1, INT64_MAX, &number) ||
        number != getpid() || !str_to_int(str_of(fds), 0, INHERITED_MAX, &number))
        return 0;
    return (size_t) number;
}

bool
listener_inherit(size_t index, unsigned plane_mask, ListenGroup *group, Error *err)
{
    int fd = FIRST_INHERITED + (int) index;
    int listening = 0;
    int family = 0;
    socklen_t len = sizeof(listening);
    socklen_t family_len = sizeof(family);

    if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &len) != 0 || !listening ||
        getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &family_len) != 0)
        return error_set(err, ERR_CONFIG, "inherited descriptor %d does not listen", fd);
    if (fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) != 0 ||
        fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
        return fail("an inherited socket", "fcntl", err);
    if (family != AF_UNIX)
        set_option(fd, IPPROTO_TCP, TCP_NODELAY);
    group->address = describe(fd);
    set_shared(group, fd, family == AF_UNIX, plane_mask);
    return true;
}

void
listener_close_group(ListenGroup *group)
{
    for (unsigned i = 0; i < group->count; i++)
        if (group->listeners[i].fd >= 0)
            (void) close(group->listeners[i].fd);
    if (group->unix_path != NULL)
        (void) unlink(group->unix_path);
    heap_free(group->unix_path);
    heap_free(group->address);
    heap_free(group->listeners);
    *group = (ListenGroup){ .address = NULL };
}
