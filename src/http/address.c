/* Addresses are kept in IPv6 form, so that one comparison serves both families. */
#include "http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static const uint8_t v4_prefix[12] = { [10] = 0xff, [11] = 0xff };

/* What must not be reached from a form that a stranger filled. IPv4 in IPv6 form. */
static const char *const private_networks[] = {
    "0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
    "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
    "::/96",         "64:ff9b::/96",    "64:ff9b:1::/48", "100::/64",       "2001::/23",
    "2001:db8::/32", "2002::/16",       "fc00::/7",       "fe80::/10",      "fec0::/10",
    "ff00::/8",
};

static bool
is_v4(const Address *address)
{
    return memcmp(address->bytes, v4_prefix, sizeof(v4_prefix)) == 0;
}

static bool
parse_bare(Str text, Address *address)
{
    char copy[INET6_ADDRSTRLEN];
    Address parsed;

    if (text.len == 0 || text.len >= sizeof(copy))
        return false;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    memcpy(parsed.bytes, v4_prefix, sizeof(v4_prefix));
    if (inet_pton(AF_INET, copy, parsed.bytes + 12) != 1 &&
        inet_pton(AF_INET6, copy, parsed.bytes) != 1)
        return false;
    *address = parsed;
    return true;
}

bool
address_parse(Str text, Address *address)
{
    const char *end;

    if (text.len > 0 && text.ptr[0] == '[')
    {
        end = memchr(text.ptr, ']', text.len);
        if (end == NULL || (end + 1 < text.ptr + text.len && end[1] != ':'))
            return false;
        return parse_bare((Str){ text.ptr + 1, (size_t) (end - text.ptr) - 1 }, address);
    }
    if (parse_bare(text, address))
        return true;
    end = text.len == 0 ? NULL : memchr(text.ptr, ':', text.len);
    if (end == NULL || memchr(text.ptr, '.', (size_t) (end - text.ptr)) == NULL)
        return false;
    return parse_bare((Str){ text.ptr, (size_t) (end - text.ptr) }, address);
}

void
address_format(const Address *address, char text[ADDRESS_TEXT_SIZE])
{
    const char *done = is_v4(address)
                           ? inet_ntop(AF_INET, address->bytes + 12, text, ADDRESS_TEXT_SIZE)
                           : inet_ntop(AF_INET6, address->bytes, text, ADDRESS_TEXT_SIZE);

    if (done == NULL)
        text[0] = '\0';
}

bool
address_from_socket(const struct sockaddr *socket, Address *address)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    if (socket->sa_family == AF_INET)
    {
        memcpy(&v4, socket, sizeof(v4));
        memcpy(address->bytes, v4_prefix, sizeof(v4_prefix));
        memcpy(address->bytes + 12, &v4.sin_addr, 4);
        return true;
    }
    if (socket->sa_family != AF_INET6)
        return false;
    memcpy(&v6, socket, sizeof(v6));
    memcpy(address->bytes, &v6.sin6_addr, 16);
    return true;
}

static bool
network_contains(const Network *network, const Address *address)
{
    unsigned whole = network->bits / 8;
    unsigned left = network->bits % 8;
    unsigned mask = 0xffU << (8 - left);

    if (memcmp(network->address.bytes, address->bytes, whole) != 0)
        return false;
    return left == 0 || ((network->address.bytes[whole] ^ address->bytes[whole]) & mask) == 0;
}

static bool
network_parse(Str text, Network *network)
{
    Str rest = text;
    Str host;
    int64_t bits;

    if (!str_split(&rest, '/', &host) || !parse_bare(host, &network->address))
        return false;
    network->bits = 128;
    if (rest.ptr == NULL)
        return true;
    if (!str_to_int(rest, 0, is_v4(&network->address) ? 32 : 128, &bits))
        return false;
    network->bits = (unsigned) bits + (is_v4(&network->address) ? 96 : 0);
    return true;
}

bool
address_is_private(const Address *address)
{
    Network network;

    for (size_t i = 0; i < COUNT_OF(private_networks); i++)
        if (!network_parse(str_of(private_networks[i]), &network) ||
            network_contains(&network, address))
            return true;
    return false;
}

bool
networks_parse(Arena *arena, const char *text, NetworkList *list, Error *err)
{
    size_t room = strlen(text) / 2 + 1;
    NetworkList found = { .items = ARENA_ARRAY(arena, room, Network) };
    const char *at = text;

    for (;;)
    {
        Str part;

        at += strspn(at, ", \t");
        if (*at == '\0')
            break;
        part = (Str){ at, strcspn(at, ", \t") };
        at += part.len;
        if (str_is(part, "unix"))
            found.unix_sockets = true;
        else if (!network_parse(part, &found.items[found.count++]))
        {
            (void) error_set(err, ERR_CONFIG, "\"%.*s\" is not a network address", (int) part.len,
                             part.ptr);
            return error_hint(err, "Write addresses such as 10.0.0.0/8, ::1 or unix.");
        }
    }
    *list = found;
    return true;
}

bool
networks_contain(const NetworkList *list, const Address *address)
{
    for (size_t i = 0; i < list->count; i++)
        if (network_contains(&list->items[i], address))
            return true;
    return false;
}
