/* One cache for the process: its entries, and the lock that guards them. */
#include "job/shelf.h"

#include "base/file.h"

#include <dirent.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum
{
    MAX_ENTRIES = 256 /* files beyond are read at each look */
};

/* By what a change of a file is seen. */
typedef struct Stamp
{
    int64_t seconds;
    int64_t nanoseconds;
    int64_t size;
    uint64_t inode;
} Stamp;

typedef struct Entry
{
    Arena *arena;
    ShelfRead *read;
    const char *path;
    Stamp stamp;
    List works; /* Work * */
} Entry;

static struct
{
    pthread_mutex_t lock;
    Entry entries[MAX_ENTRIES];
    size_t count;
} shelf = { .lock = PTHREAD_MUTEX_INITIALIZER };

static Stamp
stamp_of(const char *path)
{
    struct stat there;

    if (stat(path, &there) != 0)
        return (Stamp){ 0 };
    return (Stamp){ .seconds = there.st_mtim.tv_sec,
                    .nanoseconds = there.st_mtim.tv_nsec,
                    .size = there.st_size,
                    .inode = there.st_ino };
}

static bool
is_same_stamp(const Stamp *a, const Stamp *b)
{
    return a->seconds == b->seconds && a->nanoseconds == b->nanoseconds && a->size == b->size &&
           a->inode == b->inode;
}

static void
copy_works(Arena *arena, const List *works, List *list)
{
    for (size_t i = 0; i < works->count; i++)
    {
        const Work *work = works->items[i];
        Work *made = ARENA_NEW(arena, Work);

        *made = *work;
        made->name = arena_text(arena, work->name);
        made->help = arena_text(arena, work->help);
        made->schedule = arena_text(arena, work->schedule);
        made->zone = arena_text(arena, work->zone);
        made->problem = arena_text(arena, work->problem);
        made->path = arena_text(arena, work->path);
        made->app = arena_text(arena, work->app);
        list_add(list, made);
    }
}

/* Called with the lock held. NULL: the file is not on the shelf. */
static Entry *
find_entry(ShelfRead *read, const char *path)
{
    for (size_t i = 0; i < shelf.count; i++)
        if (shelf.entries[i].read == read && strcmp(shelf.entries[i].path, path) == 0)
            return &shelf.entries[i];
    return NULL;
}

static bool
take(Arena *arena, ShelfRead *read, const char *path, const Stamp *stamp, List *list)
{
    const Entry *entry;
    bool fresh;

    (void) pthread_mutex_lock(&shelf.lock);
    entry = find_entry(read, path);
    fresh = entry != NULL && is_same_stamp(&entry->stamp, stamp);
    if (fresh)
        copy_works(arena, &entry->works, list);
    (void) pthread_mutex_unlock(&shelf.lock);
    return fresh;
}

static void
keep(ShelfRead *read, const char *path, const Stamp *stamp, const List *works)
{
    Entry *entry;

    (void) pthread_mutex_lock(&shelf.lock);
    entry = find_entry(read, path);
    if (entry == NULL && shelf.count < MAX_ENTRIES)
        entry = &shelf.entries[shelf.count++];
    if (entry != NULL)
    {
        Arena *old = entry->arena, *arena = arena_new();

        *entry = (Entry){ .arena = arena,
                          .read = read,
                          .path = arena_text(arena, path),
                          .stamp = *stamp,
                          .works = list_new(arena) };
        copy_works(arena, works, &entry->works);
        arena_free(&old);
    }
    (void) pthread_mutex_unlock(&shelf.lock);
}

/* The stamp is taken first: a change in between is seen the next time. */
static void
look(Arena *arena, const Ground *ground, const char *path, ShelfRead *read, List *list)
{
    CLEANUP(arena_free) Arena *own = arena_new();
    Stamp stamp = stamp_of(path);
    List works = list_new(own);
    bool good = true;

    if (take(arena, read, path, &stamp, list))
        return;
    read(own, ground, path, &works);
    for (size_t i = 0; i < works.count; i++)
        good = good && ((const Work *) works.items[i])->problem == NULL;
    copy_works(arena, &works, list);
    if (good)
        keep(read, path, &stamp, &works);
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* In the order of their names, so that lists are the same each time. */
void
shelf_list(Arena *arena, const Ground *ground, const char *folder, ShelfRead *read, List *list)
{
    DIR *open = opendir(folder);
    const struct dirent *entry = open == NULL ? NULL : readdir(open);
    List paths = list_new(arena);

    for (; entry != NULL; entry = readdir(open))
        if (entry->d_name[0] != '.' && str_has_suffix(str_of(entry->d_name), ".yml"))
            list_add(&paths, path_join(arena, folder, entry->d_name));
    if (open != NULL)
        (void) closedir(open);
    if (paths.count > 0)
        qsort(paths.items, paths.count, sizeof(paths.items[0]), by_text);
    for (size_t i = 0; i < paths.count; i++)
        look(arena, ground, paths.items[i], read, list);
}
