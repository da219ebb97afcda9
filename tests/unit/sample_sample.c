#include "test.h"

#include "base/crypto.h"
#include "base/file.h"
#include "sample/sample.h"

#include <unistd.h>

TEST(the_sample_is_the_same_file_every_time)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char path[] = "/tmp/vigie-sample-test.db";
    char *first;
    Str content;
    Error err;

    CHECK_OK(sample_make(path, &err), &err);
    CHECK_OK(file_read(arena, path, 32 * 1024 * 1024, &content, &err), &err);
    first = sha256_hex(arena, content);
    CHECK_OK(sample_make(path, &err), &err);
    CHECK_OK(file_read(arena, path, 32 * 1024 * 1024, &content, &err), &err);
    CHECK_STR(sha256_hex(arena, content), first);
    CHECK(!file_exists("/tmp/vigie-sample-test.db.new"));
    (void) unlink(path);
    CHECK_ERROR(sample_make("/nowhere/at/all.db", &err), &err, ERR_INTERNAL);
}
