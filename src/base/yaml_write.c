/* A tree as YAML: blocks for what is long, one line for short lists, texts of several lines as they
 * are. The same tree gives the same bytes everywhere, so that versions can be compared. */
#include "base/yaml.h"

#include <string.h>

enum
{
    LINE_BYTES = 100,
    STEP = 2
};

/* ------------------------------------------------------------------------------------- scalars */

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Words that some reader of YAML takes for something else than text. */
static bool
is_reserved(const char *text)
{
    static const char *const words[] = { "null", "true", "false", "yes", "no", "on",
                                         "off",  "y",    "n",     "nan", "inf" };

    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_is_nocase(str_of(text), words[i]))
            return true;
    return false;
}

/* Begins with a letter and holds nothing that means something in YAML: needs no quotes. */
static bool
is_plain(const char *text)
{
    size_t len = strlen(text);

    if (len == 0 || (!is_letter(text[0]) && text[0] != '_' && (unsigned char) text[0] < 0xC3) ||
        text[len - 1] == ' ' || is_reserved(text))
        return false;
    for (const char *c = text; *c != '\0'; c++)
        if (!is_letter(*c) && !(*c >= '0' && *c <= '9') && (unsigned char) *c < 0xC3 &&
            strchr(" _-./+()=<>'%!", *c) == NULL && ((unsigned char) *c & 0xC0) != 0x80)
            return false;
    return true;
}

/* The code point at *c, which moves on to the last byte of it. */
static unsigned
letter_at(const char **c)
{
    const unsigned char *at = (const unsigned char *) *c;
    unsigned extra = at[0] >= 0xF0 ? 3 : at[0] >= 0xE0 ? 2 : at[0] >= 0xC0 ? 1 : 0;
    unsigned code = extra == 0 ? at[0] : at[0] & (0x3FU >> extra);

    for (unsigned i = 1; i <= extra && at[i] != 0; i++)
        code = code << 6 | (at[i] & 0x3FU);
    *c += extra;
    return code;
}

/* What a file may not hold as it is, or what a reader would take for the end of a line. */
static bool
is_hidden(unsigned code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
           code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
}

static bool
has_hidden(const char *text, const char *but)
{
    for (const char *c = text; *c != '\0'; c++)
    {
        const char *at = c;

        if (is_hidden(letter_at(&c)) && strchr(but, *at) == NULL)
            return true;
    }
    return false;
}

static void
write_double(Buf *out, const char *text)
{
    buf_char(out, '"');
    for (const char *c = text; *c != '\0'; c++)
    {
        const char *at = c;
        unsigned code = letter_at(&c);

        if (code == '\n')
            buf_text(out, "\\n");
        else if (code == '\t')
            buf_text(out, "\\t");
        else if (is_hidden(code))
            buf_format(out, "\\u%04X", code);
        else
        {
            if (code == '"' || code == '\\')
                buf_char(out, '\\');
            buf_add(out, at, (size_t) (c - at) + 1);
        }
    }
    buf_char(out, '"');
}

static void
write_single(Buf *out, const char *text)
{
    buf_char(out, '\'');
    for (const char *c = text; *c != '\0'; c++)
    {
        if (*c == '\'')
            buf_char(out, '\'');
        buf_char(out, *c);
    }
    buf_char(out, '\'');
}

static void
write_text(Buf *out, const char *text)
{
    if (has_hidden(text, ""))
        write_double(out, text);
    else if (is_plain(text))
        buf_text(out, text);
    else if (strpbrk(text, "\"\\") != NULL)
        write_single(out, text);
    else
        write_double(out, text);
}

static void
write_scalar(Buf *out, const Json *node)
{
    if (node->kind == JSON_TEXT)
        write_text(out, node->text);
    else if (node->kind == JSON_NUMBER)
        buf_text(out, node->text);
    else if (node->kind == JSON_BOOL)
        buf_text(out, node->boolean ? "true" : "false");
    else
        buf_text(out, "null");
}

/* -------------------------------------------------------------------------------------- one line
 */

static void
write_flow(Buf *out, const Json *node)
{
    bool is_object = node->kind == JSON_OBJECT;

    if (!is_object && node->kind != JSON_ARRAY)
    {
        write_scalar(out, node);
        return;
    }
    buf_char(out, is_object ? '{' : '[');
    for (const Json *item = node->first; item != NULL && !out->failed; item = item->next)
    {
        if (item != node->first)
            buf_text(out, ", ");
        if (is_object)
        {
            write_text(out, item->key);
            buf_text(out, ": ");
        }
        write_flow(out, item);
    }
    buf_char(out, is_object ? '}' : ']');
}

static bool
has_lines(const Json *node)
{
    if (node->kind == JSON_TEXT)
        return strchr(node->text, '\n') != NULL;
    for (const Json *item = node->first; item != NULL; item = item->next)
        if (has_lines(item))
            return true;
    return false;
}

/* Scalars, what is empty, and lists that fit (a list of objects is read better below each other).
 */
static const char *
one_line(Buf *out, const Json *node, size_t indent)
{
    size_t room = indent + 40 < LINE_BYTES ? LINE_BYTES - indent : 40;
    bool is_list = node->kind == JSON_ARRAY && node->first != NULL;
    Buf line;

    if (is_list && (node->first->kind == JSON_OBJECT || has_lines(node)))
        return NULL;
    if (node->kind == JSON_OBJECT && node->first != NULL)
        return NULL;
    line = buf_new(out->arena, is_list ? room : out->max);
    write_flow(&line, node);
    return line.failed ? NULL : buf_cstr(&line);
}

/* ---------------------------------------------------------------------------------------- blocks
 */

static void
write_spaces(Buf *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_char(out, ' ');
}

/* Several lines that a reader gives back as they are. */
static bool
is_block_text(const Json *node)
{
    return node->kind == JSON_TEXT && strchr(node->text, '\n') != NULL &&
           strspn(node->text, " \n") < strlen(node->text) && !has_hidden(node->text, "\n\t");
}

static void
write_block_text(Buf *out, const char *text, size_t indent)
{
    size_t len = strlen(text);

    buf_char(out, '|');
    if (text[0] == ' ' || text[0] == '\n' || text[0] == '\t')
        buf_int(out, STEP);
    if (text[len - 1] != '\n')
        buf_char(out, '-');
    else if (text[len - 2] == '\n')
        buf_char(out, '+');
    buf_char(out, '\n');
    while (*text != '\0')
    {
        size_t line = strcspn(text, "\n");

        if (line > 0)
            write_spaces(out, indent);
        buf_add(out, text, line);
        buf_char(out, '\n');
        text += line + (text[line] == '\n');
    }
}

static void write_members(Buf *out, const Json *node, size_t indent);
static void write_items(Buf *out, const Json *node, size_t indent);

/* After "key:", or after the dash of an item (`inside`): there a block begins on the same line. */
static void
write_node(Buf *out, const Json *node, size_t indent, bool inside)
{
    const char *line;

    if (is_block_text(node))
    {
        buf_text(out, inside ? "" : " ");
        write_block_text(out, node->text, inside ? indent : indent + STEP);
        return;
    }
    line = one_line(out, node, indent);
    if (line != NULL)
    {
        buf_text(out, inside ? "" : " ");
        buf_text(out, line);
        buf_char(out, '\n');
        return;
    }
    if (!inside)
    {
        size_t below = node->kind == JSON_OBJECT ? indent + STEP : indent;

        buf_char(out, '\n');
        write_spaces(out, below);
        indent = below;
    }
    if (node->kind == JSON_OBJECT)
        write_members(out, node, indent);
    else
        write_items(out, node, indent);
}

/* The first line is indented already. */
static void
write_members(Buf *out, const Json *node, size_t indent)
{
    for (const Json *item = node->first; item != NULL && !out->failed; item = item->next)
    {
        if (item != node->first)
            write_spaces(out, indent);
        write_text(out, item->key);
        buf_char(out, ':');
        write_node(out, item, indent, false);
    }
}

static void
write_items(Buf *out, const Json *node, size_t indent)
{
    for (const Json *item = node->first; item != NULL && !out->failed; item = item->next)
    {
        if (item != node->first)
            write_spaces(out, indent);
        buf_text(out, "- ");
        write_node(out, item, indent + STEP, true);
    }
}

void
yaml_write(Buf *out, const Json *tree)
{
    write_node(out, tree, 0, true);
}
