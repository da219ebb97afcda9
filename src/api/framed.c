/* Origins of frames: read from a request, added up in memory, merged with what is kept. */
#include "api/framed.h"

#include "base/heap.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---------------------------------------------------------------------------------- the request */

/* Letters, digits and what else stands in a host and its port; as browsers write it. */
static bool
is_host(Str host)
{
    for (size_t i = 0; i < host.len; i++)
        if (!isalnum((unsigned char) host.ptr[i]) && strchr(".-:[]", host.ptr[i]) == NULL)
            return false;
    return host.len > 0;
}

bool
framed_origin(const HttpRequest *http, char origin[FRAMED_ORIGIN])
{
    static const char *const schemes[] = { "https://", "http://" };
    const char *referer = request_header(http, "Referer");
    const char *use = request_header(http, "Sec-Fetch-Dest");

    if (use == NULL || strcmp(use, "iframe") != 0 || referer == NULL)
        return false;
    for (size_t i = 0; i < COUNT_OF(schemes); i++)
    {
        size_t scheme = strlen(schemes[i]);
        Str host;

        if (strncmp(referer, schemes[i], scheme) != 0)
            continue;
        host = (Str){ referer + scheme, strcspn(referer + scheme, "/?#") };
        if (!is_host(host) || scheme + host.len >= FRAMED_ORIGIN)
            return false;
        memcpy(origin, referer, scheme + host.len);
        origin[scheme + host.len] = '\0';
        for (char *at = origin; *at != '\0'; at++)
            *at = (char) tolower((unsigned char) *at);
        return true;
    }
    return false;
}

/* ------------------------------------------------------------------------------------ in memory */

void
framed_add(Framed **list, const char *origin, int64_t visits)
{
    size_t count = 0;
    Framed *made;

    for (Framed *item = *list; item != NULL; item = item->next, count++)
        if (strcmp(item->origin, origin) == 0)
        {
            item->visits += visits;
            return;
        }
    if (count >= FRAMED_MOST)
        return;
    made = heap_new(1, sizeof(*made));
    *made = (Framed){ .next = *list, .visits = visits };
    (void) snprintf(made->origin, sizeof(made->origin), "%s", origin);
    *list = made;
}

void
framed_free(Framed **list)
{
    while (*list != NULL)
    {
        Framed *item = *list;

        *list = item->next;
        heap_free(item);
    }
}

/* -------------------------------------------------------------------------------------- as kept */

static const char *
origin_of(const Json *item)
{
    return item->kind == JSON_TEXT ? json_text_or(item, "")
                                   : json_text_or(json_get(item, "origin"), "");
}

static void
add_item(Arena *arena, Json *list, const char *origin, int64_t visits, const char *day)
{
    Json *item = json_add(list, json_new(arena, JSON_OBJECT));

    (void) json_put(arena, item, "origin", json_new_text(arena, origin));
    (void) json_put(arena, item, "visits", json_new_int(arena, visits));
    (void) json_put(arena, item, "last_day", json_new_text(arena, day));
}

static const Json *
find_kept(const Json *kept, const char *origin)
{
    for (const Json *item = kept == NULL ? NULL : kept->first; item != NULL; item = item->next)
        if (strcmp(origin_of(item), origin) == 0)
            return item;
    return NULL;
}

static bool
is_counted(const Framed *counted, const char *origin)
{
    for (; counted != NULL; counted = counted->next)
        if (strcmp(counted->origin, origin) == 0)
            return true;
    return false;
}

Json *
framed_merge(Arena *arena, const Json *kept, const Framed *counted, const char *today,
             const char *first_day)
{
    Json *list = json_new(arena, JSON_ARRAY);

    for (const Framed *item = counted; item != NULL; item = item->next)
    {
        const Json *old = find_kept(kept, item->origin);
        int64_t before = old == NULL ? 0 : json_int_or(json_get(old, "visits"), 0);

        add_item(arena, list, item->origin, before + item->visits, today);
    }
    for (const Json *item = kept == NULL ? NULL : kept->first;
         item != NULL && list->count < FRAMED_MOST; item = item->next)
    {
        const char *day = json_text_or(json_get(item, "last_day"), NULL);

        if (!is_counted(counted, origin_of(item)) && (day == NULL || strcmp(day, first_day) >= 0))
            add_item(arena, list, origin_of(item), json_int_or(json_get(item, "visits"), 0), day);
    }
    return list;
}
