/* Threads take the next piece until there is none. A thread that cannot start is done without. */
#include "base/crew.h"

#include <pthread.h>
#include <stdatomic.h>

enum
{
    MOST_THREADS = 16
};

typedef struct Crew
{
    void (*piece)(void *arg, size_t index);
    void *arg;
    size_t count;
    atomic_size_t next;
} Crew;

static void *
work(void *arg)
{
    Crew *crew = arg;

    for (size_t index = crew->next++; index < crew->count; index = crew->next++)
        crew->piece(crew->arg, index);
    return NULL;
}

void
crew_run(unsigned threads, size_t count, void (*piece)(void *arg, size_t index), void *arg)
{
    Crew crew = { .piece = piece, .arg = arg, .count = count };
    pthread_t others[MOST_THREADS];
    unsigned started = 0;

    while (started + 1 < threads && started + 1 < count && started < MOST_THREADS &&
           pthread_create(&others[started], NULL, work, &crew) == 0)
        started++;
    (void) work(&crew);
    for (unsigned i = 0; i < started; i++)
        (void) pthread_join(others[i], NULL);
}
