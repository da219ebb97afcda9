/* Files of work: read once, again when they change, at each look while they are wrong. */
#include "job/shelf.h"

#include "base/file.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int times_read;

/* The content is the schedule; a file that begins with "!" is wrong. */
static void
read_schedule(Arena *arena, const Ground *ground, const char *path, List *list)
{
    Work *work = ARENA_NEW(arena, Work);
    Error err;
    Str text;

    (void) ground;
    times_read++;
    CHECK_OK(file_read(arena, path, 1000, &text, &err), &err);
    work->name = "one";
    work->schedule = str_copy(arena, text);
    work->problem = text.ptr[0] == '!' ? "wrong" : NULL;
    list_add(list, work);
}

static void
other_family(Arena *arena, const Ground *ground, const char *path, List *list)
{
    (void) arena;
    (void) ground;
    (void) path;
    (void) list;
}

static const char *
look(Arena *arena, const char *folder, ShelfRead *read)
{
    List list = list_new(arena);

    shelf_list(arena, NULL, folder, read, &list);
    return list.count == 0 ? "none" : ((const Work *) list.items[0])->schedule;
}

TEST(shelf_reads_a_file_when_it_is_new_changed_or_wrong)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char folder[] = "/tmp/vigie-shelf-XXXXXX";
    const char *file;
    Error err;

    assert_non_null(mkdtemp(folder));
    file = path_join(arena, folder, "a.yml");
    CHECK_STR(look(arena, folder, read_schedule), "none");
    CHECK_OK(file_write(path_join(arena, folder, "a.txt"), STR("no"), 0600, &err), &err);
    CHECK_STR(look(arena, folder, read_schedule), "none");
    CHECK_OK(file_write(file, STR("@daily"), 0600, &err), &err);
    for (int i = 0; i < 3; i++)
        CHECK_STR(look(arena, folder, read_schedule), "@daily");
    CHECK_INT(times_read, 1);
    CHECK_STR(look(arena, folder, other_family), "none");
    CHECK_OK(file_write(file, STR("@hourly"), 0600, &err), &err);
    for (int i = 0; i < 3; i++)
        CHECK_STR(look(arena, folder, read_schedule), "@hourly");
    CHECK_INT(times_read, 2);
    CHECK_OK(file_write(file, STR("!"), 0600, &err), &err);
    for (int i = 0; i < 3; i++)
        CHECK_STR(look(arena, folder, read_schedule), "!");
    CHECK_INT(times_read, 5);
    CHECK_STR(look(arena, "/nowhere", read_schedule), "none");
    (void) unlink(file);
    (void) unlink(path_join(arena, folder, "a.txt"));
    (void) rmdir(folder);
}
