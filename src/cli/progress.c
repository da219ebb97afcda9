/* Progress of vigie etl run and vigie feed run, and the signals that stop them. */
#include "cli/progress.h"

#include "cli/cli.h"
#include "etl/report.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum
{
    LINE_SECONDS = 10
};

static volatile sig_atomic_t stop_asked;

static void
ask_to_stop(int number)
{
    (void) number;
    stop_asked = 1;
}

void
progress_begin(Arena *arena, size_t tables, Progress *progress)
{
    struct sigaction stop = { .sa_handler = ask_to_stop, .sa_flags = (int) SA_RESETHAND };

    *progress = (Progress){ .terminal = isatty(STDOUT_FILENO) == 1,
                            .begun = time_monotonic(),
                            .last = time_monotonic(),
                            .told = ARENA_ARRAY(arena, tables + 1, bool),
                            .since = ARENA_ARRAY(arena, tables + 1, int64_t) };
    (void) sigaction(SIGINT, &stop, NULL);
    (void) sigaction(SIGTERM, &stop, NULL);
}

/* The rows of something that moves. */
typedef struct Pace
{
    int64_t rows;
    int64_t expected; /* an estimate */
    int64_t since;
} Pace;

/* "1.2 M of 3.0 M rows, 210.0 k rows/s, 9 s left"; without an estimate "1.2 M rows, 210.0 k rows/s"
 */
static void
tell_pace(const Pace *pace, int64_t now)
{
    double seconds = (double) (now - pace->since) / 1e6;
    double rate = seconds > 0 ? (double) pace->rows / seconds : 0;
    int64_t left = pace->expected - pace->rows;
    char rows[SHORT_SIZE], all[SHORT_SIZE], speed[SHORT_SIZE];

    short_number((double) pace->rows, "", rows);
    short_number((double) pace->expected, "", all);
    short_number(rate, "", speed);
    if (left > 0 && rate > 0)
        say("%s of %s rows, %s rows/s, %.0f s left\n", rows, all, speed, (double) left / rate);
    else
        say("%s rows, %s rows/s\n", rows, speed);
}

static void
erase(Progress *p)
{
    for (; p->drawn > 0; p->drawn--)
        say("\033[A\033[K");
}

static void
tell_done(Progress *p, const CopyTable *table)
{
    char rows[SHORT_SIZE];
    double seconds = (double) table->micros / 1e6;

    erase(p);
    short_number(seconds > 0 ? (double) table->rows / seconds : 0, "", rows);
    say("%s: %lld rows in %.1f s, %s rows/s\n", table->name, (long long) table->rows, seconds,
        rows);
}

/* Those that are done get their last line; the others their pace. */
static void
look_at(Progress *p, const CopyTable *tables, size_t count, Pace *all, int64_t now)
{
    for (size_t i = 0; i < count; i++)
    {
        const CopyTable *table = &tables[i];

        all->rows += table->rows;
        all->expected += source_rows(table->source);
        if (p->since[i] == 0 && table->rows > 0)
            p->since[i] = now;
        if (p->told[i] || table->parts_left > 0)
            continue;
        p->told[i] = true;
        p->done++;
        tell_done(p, table);
    }
}

static void
draw_tables(Progress *p, const CopyTable *tables, size_t count, int64_t now)
{
    for (size_t i = 0; i < count; i++)
    {
        const CopyTable *table = &tables[i];
        Pace pace = { table->rows, source_rows(table->source), p->since[i] };

        if (p->told[i] || pace.since == 0)
            continue;
        say("%s: ", table->name);
        tell_pace(&pace, now);
        p->drawn++;
    }
}

bool
progress_show(void *arg, const CopyTable *tables, size_t count, Error *err)
{
    Progress *p = arg;
    int64_t now = time_monotonic();
    Pace all = { .since = p->begun };

    if (!p->quiet)
        look_at(p, tables, count, &all, now);
    if (!p->quiet && (p->terminal || now - p->last > LINE_SECONDS * SECOND_US))
    {
        erase(p);
        if (p->terminal)
            draw_tables(p, tables, count, now);
        say("%zu of %zu tables, ", p->done, count);
        tell_pace(&all, now);
        p->drawn += p->terminal;
        p->last = now;
    }
    (void) fflush(stdout);
    return !stop_asked || error_set(err, ERR_CANCELLED, "stopped; the old data is still served");
}

void
progress_end(Progress *progress)
{
    erase(progress);
    (void) fflush(stdout);
}
