#include "test.h"

#include "base/str.h"

#include <string.h>

TEST(text_folds_for_search)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    CHECK_STR(str_fold(arena, STR("Élan Cœur ÇA Straße Łódź")), "elan coeur ca strasse lodz");
    CHECK_STR(str_fold(arena, STR("e\xCC\x81t\xC3\xA9")), "ete");
    CHECK_STR(str_fold(arena, STR("日本")), "日本");
    CHECK_STR(str_fold(arena, STR("")), "");
}

TEST(numbers_are_read_whole_and_within_limits)
{
    int64_t value = 7;

    CHECK(str_to_int(STR("-12"), -20, 20, &value) && value == -12);
    CHECK(str_to_int(STR("9223372036854775807"), INT64_MIN, INT64_MAX, &value));
    CHECK(str_to_int(STR("-9223372036854775808"), INT64_MIN, INT64_MAX, &value));
    CHECK(value == INT64_MIN);
    CHECK(!str_to_int(STR("9223372036854775808"), INT64_MIN, INT64_MAX, &value));
    CHECK(!str_to_int(STR("21"), -20, 20, &value));
    CHECK(!str_to_int(STR("1x"), 0, 100, &value));
    CHECK(!str_to_int(STR("-"), -100, 100, &value));
    CHECK(!str_to_int(STR(""), 0, 100, &value));
    CHECK(!str_to_int(STR("+1"), 0, 100, &value));
}

TEST(utf8_is_checked_strictly)
{
    static const char *const wrong[] = { "\x80",
                                         "\xC3",
                                         "\xC0\x80",
                                         "\xE0\x80\x80",
                                         "\xED\xA0\x80",
                                         "\xF4\x90\x80\x80",
                                         "\xF5\x80\x80\x80",
                                         "a\xFF" };

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        CHECK(!str_is_utf8(str_of(wrong[i])));
    CHECK(str_is_utf8(STR("aé日😀")));
    CHECK_INT(str_letters(STR("aé日😀")), 4);
}

TEST(buffers_stop_at_their_maximum)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Buf buf = buf_new(arena, 10);

    buf_text(&buf, "12345");
    CHECK(!buf.failed);
    buf_format(&buf, "%d", 67890);
    CHECK_STR(buf_cstr(&buf), "1234567890");
    CHECK(!buf.failed);
    buf_char(&buf, 'x');
    CHECK(buf.failed);
    CHECK_STR(buf_cstr(&buf), "1234567890");
    buf_clear(&buf);
    buf_int(&buf, INT64_C(-42));
    CHECK_STR(buf_cstr(&buf), "-42");
}

TEST(slices_split_at_each_separator)
{
    Str rest = STR("a,,b"), part;
    int count = 0;

    while (str_split(&rest, ',', &part))
        count++;
    CHECK_INT(count, 3);
    CHECK(str_is(part, "b"));
    CHECK(str_is(str_trim(STR("\t x y  ")), "x y"));
    CHECK(str_is_nocase(STR("HeLLo"), "hello"));
}
