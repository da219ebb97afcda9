#include "test.h"

#include "base/arena.h"
#include "base/regex.h"
#include "base/time.h"

#include <string.h>

/* The first group, or the whole match; NULL when nothing matches. */
static const char *
find(Arena *arena, const char *pattern, const char *text)
{
    Str groups[REGEX_GROUPS];
    const Regex *regex;
    Error err;

    CHECK_OK(regex_compile(arena, str_of(pattern), &regex, &err), &err);
    if (!regex_find(regex, str_of(text), groups))
        return "no";
    if (regex_groups(regex) == 0)
        return str_copy(arena, groups[0]);
    return groups[1].ptr == NULL ? "none" : str_copy(arena, groups[1]);
}

TEST(regex_finds_what_others_find)
{
    static const char *const rows[][3] = {
        { "abc", "xxabcabc", "abc" },
        { "a|ab", "ab", "a" },
        { "ab|a", "ab", "ab" },
        { "a*", "baaa", "" },
        { "a+", "baaa", "aaa" },
        { "a+?", "baaa", "a" },
        { "a.c", "a\nc abc", "abc" },
        { "^b", "ab", "no" },
        { "b$", "ab", "b" },
        { "[b-d]+", "abcde", "bcd" },
        { "[^b-d]+", "bcdefg", "efg" },
        { "[]a]+", "x]a]", "]a]" },
        { "[a-]+", "b-a-", "-a-" },
        { "[\\d,]+", "x12,5", "12,5" },
        { "\\d{2,3}", "1 12345", "123" },
        { "\\d{2}", "1 12345", "12" },
        { "\\d{4,}", "1 12345", "12345" },
        { "x{0}y", "xy", "y" },
        { "\\bcat\\b", "concat cat", "cat" },
        { "\\Bcat", "cat concat", "cat" },
        { "(a)(b)?", "a", "a" },
        { "a(b)?", "a", "none" },
        { "(?:a|b)+(c)", "xabac", "c" },
        { "(a*)*", "aaa", "aaa" },
        { "(a|b)*?c", "abc", "b" },
        { "(?i)HÉLlo", "say hello", "no" },
        { "(?i)HELlo", "say hello", "hello" },
        { "é+", "caféé", "éé" },
        { ".", "é", "é" },
        { "[à-ü]", "xé", "é" },
        { "\\.", "a.b", "." },
        { "\\W+", "ab -- c", " -- " },
        { "", "abc", "" },
        { "@([^.]+)", "me@here.org", "here" },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(rows); i++)
    {
        const char *found = find(arena, rows[i][0], rows[i][1]);

        if (strcmp(found, rows[i][2]) != 0)
            fail_msg("%s in %s: %s", rows[i][0], rows[i][1], found);
    }
}

TEST(regex_says_what_is_wrong_in_a_pattern)
{
    static const char *const wrong[] = { "(",
                                         ")",
                                         "[a",
                                         "[b-a]",
                                         "*a",
                                         "a**b{",
                                         "\\",
                                         "a{3,2}",
                                         "a{999}",
                                         "(?=a)",
                                         "(?<!a)b",
                                         "\\1",
                                         "((a{200}){200}){200}" };
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Regex *regex;
    Error err;

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        if (regex_compile(arena, str_of(wrong[i]), &regex, &err))
            fail_msg("was read: %s", wrong[i]);
    CHECK(!regex_compile(arena, str_of(arena_format(arena, "%02000d", 1)), &regex, &err));
}

/* Patterns that take others exponential time. */
TEST(regex_takes_no_longer_than_pattern_times_text)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char text[20001];
    int64_t begin = time_monotonic();

    memset(text, 'a', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    CHECK_STR(find(arena, "(a+)+b", text), "no");
    CHECK_STR(find(arena, "(a|aa)+$b", text), "no");
    CHECK_STR(find(arena, "(?:a?){30}a{30}b", text), "no");
    CHECK(time_monotonic() - begin < 20 * SECOND_US);
}
