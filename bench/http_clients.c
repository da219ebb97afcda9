/*
 * Clients that are a burden, for bench/http:
 *
 *     http_clients idle HOST:PORT /path COUNT SECONDS   many kept connections; do they survive?
 *     http_clients slow HOST:PORT /path COUNT SECONDS   many slow headers; is a normal user
 * hindered?
 */
#include "base/heap.h"
#include "base/time.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum
{
    LATENCIES_MAX = 100000
};

typedef struct Target
{
    struct sockaddr_in address;
    char request[512];
} Target;

static int
dial(const Target *target)
{
    struct timeval limit = { .tv_sec = 10 };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    (void) setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    if (connect(fd, (const struct sockaddr *) &target->address, sizeof(target->address)) == 0)
        return fd;
    (void) close(fd);
    return -1;
}

/* One request and the whole of its answer, which must have a Content-Length. */
static bool
ask(const Target *target, int fd)
{
    char answer[65536];
    size_t len = 0;
    size_t wanted = sizeof(answer);
    size_t request_len = strlen(target->request);

    if (send(fd, target->request, request_len, MSG_NOSIGNAL) != (ssize_t) request_len)
        return false;
    while (len < wanted && len < sizeof(answer) - 1)
    {
        ssize_t got = recv(fd, answer + len, sizeof(answer) - 1 - len, 0);
        const char *length;
        const char *end;

        if (got <= 0)
            return false;
        len += (size_t) got;
        answer[len] = '\0';
        end = strstr(answer, "\r\n\r\n");
        length = strcasestr(answer, "content-length:");
        if (end != NULL && length != NULL)
            wanted = (size_t) (end + 4 - answer) + strtoul(length + 15, NULL, 10);
    }
    return strncmp(answer, "HTTP/1.1 200", 12) == 0;
}

static int
idle(const Target *target, size_t count, unsigned seconds)
{
    int *fds = heap_new(count, sizeof(int));
    size_t opened = 0;
    size_t alive = 0;

    for (size_t i = 0; i < count; i++)
    {
        fds[i] = dial(target);
        if (fds[i] >= 0 && ask(target, fds[i]))
            opened++;
    }
    (void) printf("opened %zu of %zu\n", opened, count);
    (void) fflush(stdout);
    (void) sleep(seconds);
    for (size_t i = 0; i < count; i++)
    {
        if (fds[i] >= 0 && ask(target, fds[i]))
            alive++;
        if (fds[i] >= 0)
            (void) close(fds[i]);
    }
    (void) printf("alive %zu of %zu after %u s\n", alive, count, seconds);
    heap_free(fds);
    return alive == count ? 0 : 1;
}

static int
compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *) a;
    int64_t y = *(const int64_t *) b;

    return (x > y) - (x < y);
}

/* One more header line each; how many connections the server has closed by now. */
static size_t
drip(int *fds, size_t count)
{
    size_t closed = 0;
    char byte;

    for (size_t i = 0; i < count; i++)
    {
        if (fds[i] >= 0 && (send(fds[i], "X: y\r\n", 6, MSG_NOSIGNAL) < 0 ||
                            recv(fds[i], &byte, 1, MSG_DONTWAIT) >= 0))
        {
            (void) close(fds[i]);
            fds[i] = -1;
        }
        closed += fds[i] < 0;
    }
    return closed;
}

static int
slow(const Target *target, size_t count, unsigned seconds)
{
    int *fds = heap_new(count, sizeof(int));
    int64_t *latencies = heap_new(LATENCIES_MAX, sizeof(int64_t));
    int64_t start = time_monotonic();
    int64_t next_drip = start;
    int64_t all_closed = 0;
    size_t done = 0;
    size_t failed = 0;

    for (size_t i = 0; i < count; i++)
    {
        fds[i] = dial(target);
        if (fds[i] >= 0)
            (void) send(fds[i], "GET / HTTP/1.1\r\n", 16, MSG_NOSIGNAL);
    }
    while (time_monotonic() - start < (int64_t) seconds * SECOND_US && done < LATENCIES_MAX)
    {
        int64_t before = time_monotonic();
        int fd;

        if (before >= next_drip)
        {
            if (drip(fds, count) == count && all_closed == 0)
                all_closed = before - start;
            next_drip = before + SECOND_US;
            before = time_monotonic();
        }
        fd = dial(target);
        if (fd < 0 || !ask(target, fd))
            failed++;
        else
            latencies[done++] = time_monotonic() - before;
        if (fd >= 0)
            (void) close(fd);
        (void) usleep(5000);
    }
    qsort(latencies, done, sizeof(int64_t), compare);
    (void) printf("normal user: %zu requests, %zu failed, p50 %.2f ms, p99 %.2f ms, max %.2f ms\n",
                  done, failed, done == 0 ? 0 : (double) latencies[done / 2] / 1000,
                  done == 0 ? 0 : (double) latencies[done * 99 / 100] / 1000,
                  done == 0 ? 0 : (double) latencies[done - 1] / 1000);
    if (all_closed > 0)
        (void) printf("all %zu slow connections were evicted after %.1f s\n", count,
                      (double) all_closed / 1e6);
    else
        (void) printf("slow connections were not all evicted\n");
    heap_free(fds);
    heap_free(latencies);
    return failed == 0 && all_closed > 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
    struct rlimit files;
    Target target = { .address = { .sin_family = AF_INET } };
    char *colon = argc == 6 ? strrchr(argv[2], ':') : NULL;
    size_t count;
    unsigned seconds;

    if (colon == NULL)
    {
        (void) fprintf(stderr, "usage: http_clients idle|slow HOST:PORT PATH COUNT SECONDS\n");
        return 64;
    }
    *colon = '\0';
    target.address.sin_port = htons((uint16_t) strtoul(colon + 1, NULL, 10));
    if (inet_pton(AF_INET, argv[2], &target.address.sin_addr) != 1)
        return 64;
    (void) snprintf(target.request, sizeof(target.request),
                    "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", argv[3]);
    count = strtoul(argv[4], NULL, 10);
    seconds = (unsigned) strtoul(argv[5], NULL, 10);
    if (getrlimit(RLIMIT_NOFILE, &files) == 0)
    {
        files.rlim_cur = files.rlim_max;
        (void) setrlimit(RLIMIT_NOFILE, &files);
    }
    return strcmp(argv[1], "idle") == 0 ? idle(&target, count, seconds)
                                        : slow(&target, count, seconds);
}
