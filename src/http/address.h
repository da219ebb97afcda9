/* Network addresses as text, networks ("10.0.0.0/8", "::1"), and which of them are private. */
#ifndef HTTP_ADDRESS_H
#define HTTP_ADDRESS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

struct sockaddr;

#define ADDRESS_TEXT_SIZE 64

/* IPv6 form; an IPv4 address is ::ffff:a.b.c.d. */
typedef struct Address
{
    uint8_t bytes[16];
} Address;

typedef struct Network
{
    Address address;
    unsigned bits; /* of 128 */
} Network;

typedef struct NetworkList
{
    Network *items;
    size_t count;
    bool unix_sockets; /* "unix" was in the list: peers on a unix socket belong to it */
} NetworkList;

/* "192.0.2.1", "2001:db8::1", "[::1]", "192.0.2.1:80", "[::1]:80"; the port is ignored. */
bool address_parse(Str text, Address *address);
void address_format(const Address *address, char text[ADDRESS_TEXT_SIZE]);
/* False for other families than IPv4 and IPv6. */
bool address_from_socket(const struct sockaddr *socket, Address *address);
/* Loopback, link-local, private, shared, multicast, reserved, and IPv4 hidden in IPv6 forms. */
bool address_is_private(const Address *address);

/* "10.0.0.0/8, 127.0.0.1 ::1 unix": commas or spaces. ERR_CONFIG names the part that is wrong. */
bool networks_parse(Arena *arena, const char *text, NetworkList *list, Error *err);
bool networks_contain(const NetworkList *list, const Address *address);

#endif
