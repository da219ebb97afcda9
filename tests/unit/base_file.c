#include "test.h"

#include "base/file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(files_are_written_whole_read_with_a_limit_and_copied)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char folder[] = "/tmp/vigie-file-XXXXXX";
    const char *deep, *path, *copy;
    struct stat info;
    Str content;
    Error err;

    CHECK(mkdtemp(folder) != NULL);
    deep = path_join(arena, folder, "a/b");
    path = path_join(arena, deep, "file");
    copy = path_join(arena, deep, "copy");
    CHECK_OK(folder_make(deep, &err), &err);
    CHECK_OK(file_write(path, STR("hello"), 0600, &err), &err);
    CHECK_OK(file_write(path, STR("hello again"), 0600, &err), &err);
    CHECK_OK(file_read(arena, path, 100, &content, &err), &err);
    CHECK_STR(content.ptr, "hello again");
    CHECK(stat(path, &info) == 0 && (info.st_mode & 0777) == 0600);
    CHECK_ERROR(file_read(arena, path, 5, &content, &err), &err, ERR_TOO_LARGE);
    CHECK_ERROR(file_read(arena, deep, 5, &content, &err), &err, ERR_CONFIG);
    CHECK_OK(file_copy(path, copy, &err), &err);
    CHECK(file_exists(copy));
    CHECK_ERROR(file_read(arena, path_join(arena, deep, "none"), 5, &content, &err), &err,
                ERR_NOT_FOUND);
    (void) unlink(path);
    (void) unlink(copy);
    (void) rmdir(deep);
    (void) rmdir(path_join(arena, folder, "a"));
    (void) rmdir(folder);
}
