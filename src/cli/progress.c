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
                            .told = ARENA_ARRAY(arena, tables + 1, bool) };
    (void) sigaction(SIGINT, &stop, NULL);
    (void) sigaction(SIGTERM, &stop, NULL);
}

static void
tell_table(const Progress *p, const CopyTable *table)
{
    char rows[SHORT_SIZE];
    double seconds = (double) table->micros / 1e6;

    short_number(seconds > 0 ? (double) table->rows / seconds : 0, "", rows);
    say("%s%s: %lld rows in %.1f s, %s rows/s\n", p->terminal ? "\r\033[K" : "", table->name,
        (long long) table->rows, seconds, rows);
}

/* One line that is written over in a terminal, a line now and then elsewhere. */
static void
tell_all(const Progress *p, size_t count, int64_t rows, int64_t expected)
{
    double seconds = (double) (time_monotonic() - p->begun) / 1e6;
    double rate = seconds > 0 ? (double) rows / seconds : 0;
    double left = rate > 0 && expected > rows ? (double) (expected - rows) / rate : 0;
    char number[SHORT_SIZE], speed[SHORT_SIZE];

    short_number((double) rows, "", number);
    short_number(rate, "", speed);
    say("%s%zu of %zu tables, %s rows, %s rows/s, %.0f s left%s", p->terminal ? "\r\033[K" : "",
        p->done, count, number, speed, left, p->terminal ? "" : "\n");
}

bool
progress_show(void *arg, const CopyTable *tables, size_t count, Error *err)
{
    Progress *p = arg;
    int64_t rows = 0, expected = 0, now = time_monotonic();

    for (size_t i = 0; !p->quiet && i < count; i++)
    {
        const CopyTable *table = &tables[i];

        rows += table->rows;
        expected += source_rows(table->source);
        if (!p->told[i] && table->parts_left == 0)
        {
            p->told[i] = true;
            p->done++;
            tell_table(p, table);
        }
    }
    if (!p->quiet && (p->terminal || now - p->last > LINE_SECONDS * SECOND_US))
    {
        tell_all(p, count, rows, expected);
        p->last = now;
    }
    (void) fflush(stdout);
    return !stop_asked || error_set(err, ERR_CANCELLED, "stopped; the old data is still served");
}

void
progress_end(const Progress *progress)
{
    if (progress->terminal && !progress->quiet)
        say("\n");
}
