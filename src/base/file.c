/* Whole files. Writing goes through a temporary file beside the target and a rename. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
fd_close(int *fd)
{
    if (*fd >= 0)
        (void) close(*fd);
    *fd = -1;
}

static bool
cannot(Error *err, const char *what, const char *path)
{
    ErrorCode code = errno == ENOENT ? ERR_NOT_FOUND : ERR_CONFIG;

    return error_set(err, code, "cannot %s %s: %s", what, path, strerror(errno));
}

static bool
read_all(Arena *arena, int fd, const char *path, size_t size, Str *content, Error *err)
{
    char *bytes = arena_alloc(arena, size + 1);
    size_t len = 0;

    while (len < size)
    {
        ssize_t got = read(fd, bytes + len, size - len);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cannot(err, "read", path);
        if (got == 0)
            break;
        len += (size_t) got;
    }
    bytes[len] = '\0';
    *content = (Str){ bytes, len };
    return true;
}

bool
file_read(Arena *arena, const char *path, size_t max_bytes, Str *content, Error *err)
{
    CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;

    if (fd < 0)
        return cannot(err, "open", path);
    if (fstat(fd, &info) < 0)
        return cannot(err, "read", path);
    if (!S_ISREG(info.st_mode))
        return error_set(err, ERR_CONFIG, "%s is not a file", path);
    if ((uint64_t) info.st_size > max_bytes)
        return error_set(err, ERR_TOO_LARGE, "%s is larger than %zu bytes", path, max_bytes);
    return read_all(arena, fd, path, (size_t) info.st_size, content, err);
}

static bool
write_all(int fd, Str content)
{
    while (content.len > 0)
    {
        ssize_t done = write(fd, content.ptr, content.len);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        content.ptr += done;
        content.len -= (size_t) done;
    }
    return true;
}

bool
file_write(const char *path, Str content, unsigned mode, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char *temporary = arena_format(arena, "%s.XXXXXX", path);
    CLEANUP(fd_close) int fd = mkostemp(temporary, O_CLOEXEC);

    if (fd < 0)
        return cannot(err, "write", path);
    if (fchmod(fd, mode) < 0 || !write_all(fd, content) || fsync(fd) < 0 ||
        rename(temporary, path) < 0)
    {
        (void) cannot(err, "write", path);
        (void) unlink(temporary);
        return false;
    }
    return true;
}

bool
file_copy(const char *from, const char *to, Error *err)
{
    CLEANUP(fd_close) int source = open(from, O_RDONLY | O_CLOEXEC);
    CLEANUP(fd_close) int target = -1;
    char chunk[64 * 1024];
    ssize_t got;

    if (source < 0)
        return cannot(err, "open", from);
    target = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (target < 0)
        return cannot(err, "write", to);
    while ((got = read(source, chunk, sizeof(chunk))) != 0)
    {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cannot(err, "read", from);
        if (!write_all(target, (Str){ chunk, (size_t) got }))
            return cannot(err, "write", to);
    }
    return fsync(target) == 0 || cannot(err, "write", to);
}

bool
file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool
folder_make(const char *path, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char *partial = arena_text(arena, path);

    for (char *slash = strchr(partial + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/'))
    {
        *slash = '\0';
        if (mkdir(partial, 0700) < 0 && errno != EEXIST)
            return cannot(err, "make the folder", partial);
        *slash = '/';
    }
    if (mkdir(partial, 0700) < 0 && errno != EEXIST)
        return cannot(err, "make the folder", partial);
    return true;
}

char *
path_join(Arena *arena, const char *folder, const char *name)
{
    bool slash = str_has_suffix(str_of(folder), "/");

    return arena_format(arena, "%s%s%s", folder, slash ? "" : "/", name);
}
