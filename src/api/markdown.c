/* Line by line; marks inside of a line are closed in it. */
#include "api/markdown.h"

#include "api/html.h"

#include <string.h>
#include <strings.h>

enum
{
    DEEPEST = 4,    /* marks in marks */
    FARTHEST = 4000 /* bytes that are looked through for the end of a mark */
};

/* ------------------------------------------------------------------------------------ in a line
 */

static void write_line(Buf *out, Str line, int depth);

/* Where `mark` stands next; SIZE_MAX when it does not. */
static size_t
find(Str line, size_t from, const char *mark)
{
    size_t len = strlen(mark);

    for (size_t i = from; i + len <= line.len && i - from < FARTHEST; i++)
        if (memcmp(line.ptr + i, mark, len) == 0)
            return i;
    return SIZE_MAX;
}

static Str
part(Str line, size_t from, size_t to)
{
    return (Str){ line.ptr + from, to - from };
}

static bool
is_safe(Str address)
{
    static const char *const begins[] = { "https://", "http://", "mailto:" };

    for (size_t i = 0; i < COUNT_OF(begins); i++)
        if (address.len > strlen(begins[i]) &&
            strncasecmp(address.ptr, begins[i], strlen(begins[i])) == 0)
            return memchr(address.ptr, ' ', address.len) == NULL;
    return false;
}

/* "[label](address)": how long it is, or 0 when it is none that may be followed. */
static size_t
write_link(Buf *out, Str line, size_t at, int depth)
{
    size_t middle = find(line, at, "](");
    size_t end = middle == SIZE_MAX ? SIZE_MAX : find(line, middle, ")");
    Str address;

    if (end == SIZE_MAX || middle == at + 1)
        return 0;
    address = part(line, middle + 2, end);
    if (!is_safe(address))
        return 0;
    html_words(out, "<a rel=\"noreferrer\" href=\"");
    html_str(out, address);
    html_words(out, "\">");
    write_line(out, part(line, at + 1, middle), depth + 1);
    html_words(out, "</a>");
    return end + 1 - at;
}

static bool
is_of_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char) c >= 0x80;
}

/* Longer marks first. */
static const struct
{
    const char *mark, *element;
    bool is_literal;
    bool at_word; /* in the middle of a word it is a letter */
} marks[] = {
    { "**", "strong", false, false }, { "__", "strong", false, true }, { "*", "em", false, false },
    { "_", "em", false, true },       { "`", "code", true, false },
};

static size_t
write_mark(Buf *out, Str line, size_t at, int depth)
{
    for (size_t i = 0; i < COUNT_OF(marks); i++)
    {
        size_t len = strlen(marks[i].mark), end;

        if (at + len >= line.len || memcmp(line.ptr + at, marks[i].mark, len) != 0 ||
            line.ptr[at + len] == ' ' ||
            (marks[i].at_word && at > 0 && is_of_word(line.ptr[at - 1])))
            continue;
        end = find(line, at + len, marks[i].mark);
        if (end == SIZE_MAX || end == at + len || line.ptr[end - 1] == ' ')
            continue;
        buf_format(out, "<%s>", marks[i].element);
        if (marks[i].is_literal)
            html_str(out, part(line, at + len, end));
        else
            write_line(out, part(line, at + len, end), depth + 1);
        buf_format(out, "</%s>", marks[i].element);
        return end + len - at;
    }
    return 0;
}

static void
write_line(Buf *out, Str line, int depth)
{
    for (size_t at = 0; at < line.len;)
    {
        char c = line.ptr[at];
        size_t len = 0;

        if (depth < DEEPEST && c == '[')
            len = write_link(out, line, at, depth);
        else if (depth < DEEPEST && (c == '*' || c == '_' || c == '`'))
            len = write_mark(out, line, at, depth);
        if (len == 0)
        {
            html_str(out, part(line, at, at + 1));
            len = 1;
        }
        at += len;
    }
}

/* ---------------------------------------------------------------------------------------- lines
 */

typedef enum Block
{
    NO_BLOCK,
    PARAGRAPH,
    BULLETS,
    NUMBERS
} Block;

static const char *const elements[] = {
    [PARAGRAPH] = "p",
    [BULLETS] = "ul",
    [NUMBERS] = "ol",
};

static void
turn_to(Buf *out, Block *open, Block block)
{
    if (*open == block)
        return;
    if (*open != NO_BLOCK)
        buf_format(out, "</%s>", elements[*open]);
    if (block != NO_BLOCK)
        buf_format(out, "<%s>", elements[block]);
    *open = block;
}

/* What stands behind "- ", "3. " and the like; NO_BLOCK when it is no item. */
static Block
read_item(Str line, Str *words)
{
    size_t digits = 0;

    if (line.len > 2 && strchr("-*+", line.ptr[0]) != NULL && line.ptr[1] == ' ')
    {
        *words = str_trim(part(line, 2, line.len));
        return BULLETS;
    }
    while (digits < line.len && line.ptr[digits] >= '0' && line.ptr[digits] <= '9')
        digits++;
    if (digits == 0 || digits + 2 >= line.len || strchr(".)", line.ptr[digits]) == NULL ||
        line.ptr[digits + 1] != ' ')
        return NO_BLOCK;
    *words = str_trim(part(line, digits + 2, line.len));
    return NUMBERS;
}

/* The number of "#" before a title; 0 when it is none. */
static size_t
read_heading(Str line, Str *words)
{
    size_t level = 0;

    while (level < line.len && line.ptr[level] == '#')
        level++;
    if (level == 0 || level > 6 || level + 1 >= line.len || line.ptr[level] != ' ')
        return 0;
    *words = str_trim(part(line, level, line.len));
    return level;
}

static bool
is_rule(Str line)
{
    if (line.len < 3 || (line.ptr[0] != '-' && line.ptr[0] != '*'))
        return false;
    for (size_t i = 1; i < line.len; i++)
        if (line.ptr[i] != line.ptr[0])
            return false;
    return true;
}

static void
write_heading(Buf *out, unsigned level, Str words)
{
    buf_format(out, "<h%u>", level);
    write_line(out, words, 0);
    buf_format(out, "</h%u>", level);
}

static void
write_item(Buf *out, Str words)
{
    html_words(out, "<li>");
    write_line(out, words, 0);
    html_words(out, "</li>");
}

static void
write_block(Buf *out, Block *open, unsigned top, Str line)
{
    Str words = line;
    size_t level = read_heading(line, &words);
    Block item = level > 0 ? NO_BLOCK : read_item(line, &words);

    if (line.len == 0 || level > 0 || is_rule(line))
    {
        turn_to(out, open, NO_BLOCK);
        if (level > 0)
            write_heading(out, level == 1 ? top : top + 1, words);
        else if (line.len > 0)
            html_words(out, "<hr>");
        return;
    }
    if (item != NO_BLOCK)
    {
        turn_to(out, open, item);
        write_item(out, words);
        return;
    }
    if (*open == PARAGRAPH)
        html_words(out, "<br>");
    turn_to(out, open, PARAGRAPH);
    write_line(out, line, 0);
}

void
markdown_html(Buf *out, unsigned top, const char *text)
{
    Str rest = str_of(text), line;
    Block open = NO_BLOCK;

    while (str_split(&rest, '\n', &line))
    {
        if (line.len > 0 && line.ptr[line.len - 1] == '\r')
            line.len--;
        write_block(out, &open, top, str_trim(line));
    }
    turn_to(out, &open, NO_BLOCK);
}
