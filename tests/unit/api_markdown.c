#include "test.h"

#include "api/markdown.h"

#include <string.h>

static const char *
html(Arena *arena, const char *text)
{
    Buf out = buf_new(arena, 1024 * 1024);

    markdown_html(&out, 2, text);
    return buf_cstr(&out);
}

TEST(markdown_knows_what_a_text_card_needs)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char *const cases[][2] = {
        { "", "" },
        { "un\ndeux\n\ntrois", "<p>un<br>deux</p><p>trois</p>" },
        { "# Titre\nsuite", "<h2>Titre</h2><p>suite</p>" },
        { "### Petit *titre*", "<h3>Petit <em>titre</em></h3>" },
        { "#pas un titre", "<p>#pas un titre</p>" },
        { "- un\n- **deux**\n\n1. a\n2) b", "<ul><li>un</li><li><strong>deux</strong></li></ul>"
                                            "<ol><li>a</li><li>b</li></ol>" },
        { "a\r\n---\r\nb", "<p>a</p><hr><p>b</p>" },
        { "**gras _et italique_** `x * y`",
          "<p><strong>gras <em>et italique</em></strong> <code>x * y</code></p>" },
        { "snake_case_name et 2 * 3 * 4", "<p>snake_case_name et 2 * 3 * 4</p>" },
        { "été_chaud_", "<p>été_chaud_</p>" },
        { "[la *ville*](https://example.org/a?b=1&c=\"2\")",
          "<p><a rel=\"noreferrer\" href=\"https://example.org/a?b=1&#38;c=&#34;2&#34;\">"
          "la <em>ville</em></a></p>" },
        { "[écrire](mailto:a@example.org)",
          "<p><a rel=\"noreferrer\" href=\"mailto:a@example.org\">écrire</a></p>" },
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        CHECK_STR(html(arena, cases[i][0]), cases[i][1]);
}

TEST(markdown_lets_no_markup_through)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char *const cases[][2] = {
        { "<script>alert(1)</script>", "<p>&#60;script&#62;alert(1)&#60;/script&#62;</p>" },
        { "# <b>", "<h2>&#60;b&#62;</h2>" },
        { "`<b>`", "<p><code>&#60;b&#62;</code></p>" },
        { "[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>" },
        { "[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>" },
        { "[x](//example.org)", "<p>[x](//example.org)</p>" },
        { "[x](https://a\" onclick=\"b)", "<p>[x](https://a&#34; onclick=&#34;b)</p>" },
        { "**[<i>](https://a<b>)**", "<p><strong><a rel=\"noreferrer\" "
                                     "href=\"https://a&#60;b&#62;\">&#60;i&#62;</a></strong></p>" },
        { "**ouvert *et [jamais](fermé", "<p>**ouvert *et [jamais](fermé</p>" },
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        CHECK_STR(html(arena, cases[i][0]), cases[i][1]);
}

TEST(markdown_of_many_open_marks_ends_soon)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Buf text = buf_new(arena, 200000);

    for (int i = 0; i < 30000; i++)
        buf_text(&text, i % 2 == 0 ? "*[" : "_`");
    CHECK(strlen(html(arena, buf_cstr(&text))) >= 1000);
}

TEST(markdown_headings_begin_where_the_page_says)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Buf out = buf_new(arena, 1024);

    markdown_html(&out, 3, "# One\n## Two\n### Three");
    CHECK_STR(buf_cstr(&out), "<h3>One</h3><h4>Two</h4><h4>Three</h4>");
}
