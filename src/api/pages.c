/* A hash table of answers by address, in the order in which they were made: the oldest goes when
 * there is no room. Answers that are being sent are held by references. */
#include "api/pages.h"

#include "base/crypto.h"
#include "base/heap.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum
{
    BUCKETS = 2048,
    MAX_ADDRESS = 4096,
    PART_OF_ALL = 8, /* an answer that takes more than this part of the memory is not kept */
    GRACE_SECONDS = 10
};

typedef struct Page Page;
struct Page
{
    Page *chain;
    Page *younger; /* made next */
    atomic_uint refs;
    uint64_t hash;
    VisitOf visit;
    char *address;
    int status;
    int64_t ends; /* monotonic */
    size_t bytes;
    HttpAsset asset;
    char *policy;
    char etag[24];
    char cache_control[64];
};

struct Pages
{
    pthread_mutex_t lock;
    Page *buckets[BUCKETS];
    Page *oldest, *youngest;
    size_t max_bytes;
    PagesStats stats;
    _Atomic uint64_t version;
};

Pages *
pages_new(size_t max_bytes)
{
    Pages *pages = heap_new(1, sizeof(*pages));

    pages->max_bytes = max_bytes;
    (void) pthread_mutex_init(&pages->lock, NULL);
    return pages;
}

static void
release(void *owner)
{
    Page *page = owner;

    if (atomic_fetch_sub(&page->refs, 1) != 1)
        return;
    for (int i = 0; i < ENCODING_COUNT; i++)
        heap_free((char *) (uintptr_t) page->asset.forms[i].ptr);
    heap_free((char *) (uintptr_t) page->asset.type);
    heap_free(page->address);
    heap_free(page->policy);
    heap_free(page);
}

static uint64_t
hash_of(const char *address)
{
    uint64_t hash = 14695981039346656037ULL;

    for (; *address != '\0'; address++)
        hash = (hash ^ (unsigned char) *address) * 1099511628211ULL;
    return hash;
}

/* --- Under the lock --------------------------------------------------------------------------- */

static Page *
find(Pages *pages, const char *address, uint64_t hash)
{
    Page *page = pages->buckets[hash % BUCKETS];

    while (page != NULL && (page->hash != hash || strcmp(page->address, address) != 0))
        page = page->chain;
    return page;
}

static void
unchain(Pages *pages, Page *page)
{
    Page **at = &pages->buckets[page->hash % BUCKETS];

    while (*at != page)
        at = &(*at)->chain;
    *at = page->chain;
}

static void
drop_oldest(Pages *pages)
{
    Page *page = pages->oldest;

    pages->oldest = page->younger;
    if (pages->oldest == NULL)
        pages->youngest = NULL;
    unchain(pages, page);
    pages->stats.bytes -= page->bytes;
    pages->stats.entries--;
    release(page);
}

static void
drop(Pages *pages, Page *page)
{
    /* Pages leave in the order in which they came: one in the middle moves to the front first. */
    if (pages->oldest != page)
    {
        Page *before = pages->oldest;

        while (before->younger != page)
            before = before->younger;
        before->younger = page->younger;
        if (pages->youngest == page)
            pages->youngest = before;
        page->younger = pages->oldest;
        pages->oldest = page;
    }
    drop_oldest(pages);
}

static void
keep(Pages *pages, Page *page)
{
    Page *old = find(pages, page->address, page->hash);

    if (old != NULL)
        drop(pages, old);
    while (pages->oldest != NULL && pages->stats.bytes + page->bytes > pages->max_bytes)
        drop_oldest(pages);
    page->chain = pages->buckets[page->hash % BUCKETS];
    pages->buckets[page->hash % BUCKETS] = page;
    if (pages->youngest != NULL)
        pages->youngest->younger = page;
    else
        pages->oldest = page;
    pages->youngest = page;
    pages->stats.bytes += page->bytes;
    pages->stats.entries++;
}

/* --- From outside -------------------------------------------------------------------------------
 */

static void
set_policy(Response *res, const char *policy)
{
    if (policy != NULL)
        (void) response_header(res, "Content-Security-Policy", policy); /* made by us */
}

/* The reference goes with the answer. */
static void
send(Response *res, Page *page)
{
    response_status(res, page->status);
    set_policy(res, page->policy);
    response_asset_shared(res, &page->asset, release, page);
}

/* Past its time one reader makes it anew, the others are shown it a little longer: a crowd does not
 * all ask at once. */
static bool
must_renew(Pages *pages, Page *page)
{
    int64_t now = time_monotonic();

    if (now <= page->ends)
        return false;
    if (now > page->ends + GRACE_SECONDS * SECOND_US)
        drop(pages, page);
    else
        page->ends = now + GRACE_SECONDS * SECOND_US;
    return true;
}

bool
pages_quick(Pages *pages, const HttpRequest *http, Response *res, VisitOf *visit)
{
    uint64_t hash;
    Page *page;

    if (strlen(http->target) > MAX_ADDRESS)
        return false;
    hash = hash_of(http->target);
    (void) pthread_mutex_lock(&pages->lock);
    page = find(pages, http->target, hash);
    if (page != NULL && must_renew(pages, page))
        page = NULL;
    if (page != NULL)
    {
        (void) atomic_fetch_add(&page->refs, 1);
        pages->stats.hits++;
    }
    (void) pthread_mutex_unlock(&pages->lock);
    if (page == NULL)
        return false;
    *visit = page->visit;
    send(res, page);
    return true;
}

void
pages_forget(Pages *pages)
{
    (void) pthread_mutex_lock(&pages->lock);
    while (pages->oldest != NULL)
        drop_oldest(pages);
    (void) pthread_mutex_unlock(&pages->lock);
    (void) atomic_fetch_add(&pages->version, 1);
}

uint64_t
pages_version(Pages *pages)
{
    return atomic_load(&pages->version);
}

PagesStats
pages_stats(Pages *pages)
{
    PagesStats stats;

    (void) pthread_mutex_lock(&pages->lock);
    stats = pages->stats;
    (void) pthread_mutex_unlock(&pages->lock);
    return stats;
}

void
pages_free(Pages **pages)
{
    if (*pages == NULL)
        return;
    pages_forget(*pages);
    (void) pthread_mutex_destroy(&(*pages)->lock);
    heap_free(*pages);
    *pages = NULL;
}

/* --- Making one ---------------------------------------------------------------------------------
 */

static Str
copy_bytes(Str bytes)
{
    char *copy = heap_new(bytes.len + 1, 1);

    memcpy(copy, bytes.ptr, bytes.len);
    return (Str){ copy, bytes.len };
}

/* Compressed once, sent often. */
static void
add_form(Request *req, Page *page, HttpEncoding encoding, Str body)
{
    Buf out = buf_new(req->arena, body.len + 1024);

    if (!encoding_helps(page->asset.type) ||
        !encoding_compress(encoding, 0, body, &out, &(Error){ 0 }) || out.failed ||
        out.len >= body.len)
        return;
    page->asset.forms[encoding] = copy_bytes(buf_slice(&out));
    page->bytes += out.len;
}

static Page *
make(Request *req, const PageAnswer *answer)
{
    Page *page = heap_new(1, sizeof(*page));
    uint8_t digest[SHA256_BYTES];

    sha256(answer->body, digest);
    page->refs = 2; /* of the table, and of the caller */
    page->address = heap_text(req->http->target);
    page->visit = answer->visit;
    page->policy = answer->policy == NULL ? NULL : heap_text(answer->policy);
    page->hash = hash_of(page->address);
    page->status = answer->status;
    page->ends = time_monotonic() + answer->seconds * SECOND_US;
    page->bytes = sizeof(*page) + strlen(page->address) + answer->body.len;
    (void) snprintf(page->etag, sizeof(page->etag), "%s", hex_encode(req->arena, digest, 10));
    (void) snprintf(page->cache_control, sizeof(page->cache_control), "public, max-age=%lld",
                    (long long) answer->seconds);
    page->asset = (HttpAsset){ .type = heap_text(answer->type),
                               .etag = page->etag,
                               .cache_control = page->cache_control };
    page->asset.forms[ENCODING_IDENTITY] = copy_bytes(answer->body);
    add_form(req, page, ENCODING_GZIP, answer->body);
    add_form(req, page, ENCODING_ZSTD, answer->body);
    return page;
}

static bool
may_keep(const Request *req, const PageAnswer *answer)
{
    return answer->seconds > 0 && answer->body.len <= req->app->pages->max_bytes / PART_OF_ALL &&
           strlen(req->http->target) <= MAX_ADDRESS && req->http->method != POST;
}

/* What changed while it was made is sent, and not kept: then the caller's reference is the only
 * one. */
static void
keep_page(Pages *pages, Page *page, uint64_t version)
{
    (void) pthread_mutex_lock(&pages->lock);
    if (version == atomic_load(&pages->version))
        keep(pages, page);
    else
        page->refs = 1;
    (void) pthread_mutex_unlock(&pages->lock);
}

void
pages_keep(Request *req, const PageAnswer *answer)
{
    Page *page;

    if (!may_keep(req, answer))
        return;
    page = make(req, answer);
    keep_page(req->app->pages, page, answer->version);
    release(page);
}

void
pages_send(Request *req, Response *res, const PageAnswer *answer)
{
    Page *page;

    if (!may_keep(req, answer))
    {
        response_status(res, answer->status);
        response_body(res, answer->type, answer->body);
        set_policy(res, answer->policy);
        return;
    }
    page = make(req, answer);
    keep_page(req->app->pages, page, answer->version);
    send(res, page);
}
