/* A pattern becomes a tree, the tree a program, and all threads of the program go through the text
 * side by side, the preferred one first. */
#include "base/regex.h"

#include "base/arena.h"

#include <string.h>

enum
{
    MAX_PATTERN = 1000,
    MAX_PROGRAM = 2000,
    MAX_DEPTH = 50,
    MAX_RANGES = 200,
    MAX_REPEAT = 200,
    NO_LIMIT = -1,
    SLOTS = 2 * REGEX_GROUPS,
    LAST_CODE = 0x10ffff
};

typedef struct Range
{
    uint32_t low, high;
} Range;

typedef struct Class
{
    Range *ranges;
    size_t count;
    bool negated;
} Class;

typedef enum NodeKind
{
    NODE_EMPTY,
    NODE_CLASS,
    NODE_BEGIN,
    NODE_END,
    NODE_EDGE,
    NODE_NO_EDGE,
    NODE_CHAIN,
    NODE_CHOICE,
    NODE_REPEAT,
    NODE_GROUP
} NodeKind;

typedef struct Node Node;
struct Node
{
    NodeKind kind;
    const Class *class;
    const Node *left, *right;
    int min, max;
    bool lazy;
    size_t group;
};

typedef enum Op
{
    OP_CLASS,
    OP_BEGIN,
    OP_END,
    OP_EDGE,
    OP_NO_EDGE,
    OP_SPLIT, /* to x, or to y */
    OP_JUMP,
    OP_SAVE,
    OP_MATCH
} Op;

typedef struct Step
{
    Op op;
    const Class *class;
    size_t x, y;
} Step;

struct Regex
{
    Step *steps;
    size_t count;
    size_t groups;
};

typedef struct Parser
{
    Arena *arena;
    Str rest;
    size_t groups;
    unsigned depth;
    bool any_case;
    const char *failure;
} Parser;

/* --------------------------------------------------------------------------------------- text */

/* The code point at `at`, and its length; a byte that is no UTF-8 stands for itself. */
static uint32_t
code_at(Str text, size_t at, size_t *len)
{
    const unsigned char *p = (const unsigned char *) text.ptr + at;
    size_t left = text.len - at;

    *len = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (p[0] < 0xc0 || *len > left)
        *len = 1;
    switch (*len)
    {
        case 2:
            return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
        case 3:
            return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
        case 4:
            return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 |
                   (p[3] & 0x3fu);
        default:
            return p[0];
    }
}

static bool
is_word(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
           (code >= 'A' && code <= 'Z') || code == '_';
}

static bool
class_has(const Class *class, uint32_t code)
{
    for (size_t i = 0; i < class->count; i++)
        if (code >= class->ranges[i].low && code <= class->ranges[i].high)
            return !class->negated;
    return class->negated;
}

/* -------------------------------------------------------------------------------------- parsing */

static bool
take(Parser *p, char c)
{
    if (p->rest.len == 0 || p->rest.ptr[0] != c)
        return false;
    p->rest.ptr++;
    p->rest.len--;
    return true;
}

static bool
take_word(Parser *p, const char *word)
{
    size_t len = strlen(word);

    if (!str_has_prefix(p->rest, word))
        return false;
    p->rest.ptr += len;
    p->rest.len -= len;
    return true;
}

static void
fail(Parser *p, const char *failure)
{
    if (p->failure == NULL)
        p->failure = failure;
    p->rest.len = 0;
}

static uint32_t
next_code(Parser *p)
{
    size_t len;
    uint32_t code = code_at(p->rest, 0, &len);

    p->rest.ptr += len;
    p->rest.len -= len;
    return code;
}

static Node *
node_new(Parser *p, NodeKind kind)
{
    Node *node = ARENA_NEW(p->arena, Node);

    node->kind = kind;
    return node;
}

static Class *
class_new(Parser *p)
{
    Class *class = ARENA_NEW(p->arena, Class);

    class->ranges = ARENA_ARRAY(p->arena, MAX_RANGES, Range);
    return class;
}

static void
class_add(Parser *p, Class *class, uint32_t low, uint32_t high)
{
    if (class->count + 3 > MAX_RANGES)
    {
        fail(p, "a set is too long");
        return;
    }
    class->ranges[class->count++] = (Range){ low, high };
    if (p->any_case && low >= 'a' && high <= 'z')
        class->ranges[class->count++] = (Range){ low - 'a' + 'A', high - 'a' + 'A' };
    if (p->any_case && low >= 'A' && high <= 'Z')
        class->ranges[class->count++] = (Range){ low - 'A' + 'a', high - 'A' + 'a' };
}

/* What the complement of sorted ranges is, for \D, \W and \S. */
static void
class_add_others(Parser *p, Class *class, const Range *ranges, size_t count)
{
    uint32_t from = 0;

    for (size_t i = 0; i < count; i++)
    {
        if (ranges[i].low > from)
            class_add(p, class, from, ranges[i].low - 1);
        from = ranges[i].high + 1;
    }
    class_add(p, class, from, LAST_CODE);
}

/* \d, \w, \s and their opposites; false when the letter is none of them. */
static bool
class_add_letter(Parser *p, Class *class, uint32_t letter)
{
    static const Range digits[] = { { '0', '9' } };
    static const Range words[] = { { '0', '9' }, { 'A', 'Z' }, { '_', '_' }, { 'a', 'z' } };
    static const Range blanks[] = { { '\t', '\r' }, { ' ', ' ' } };
    const Range *ranges = letter == 'd' || letter == 'D'   ? digits
                          : letter == 'w' || letter == 'W' ? words
                                                           : blanks;
    size_t count = ranges == digits ? 1 : ranges == words ? 4 : 2;

    if (letter == 'D' || letter == 'W' || letter == 'S')
        class_add_others(p, class, ranges, count);
    else if (letter == 'd' || letter == 'w' || letter == 's')
        for (size_t i = 0; i < count; i++)
            class_add(p, class, ranges[i].low, ranges[i].high);
    else
        return false;
    return true;
}

static uint32_t
escaped_code(Parser *p, uint32_t letter)
{
    switch (letter)
    {
        case 'n':
            return '\n';
        case 't':
            return '\t';
        case 'r':
            return '\r';
        default:
            if (is_word(letter))
                fail(p, "a letter after a backslash means nothing here");
            return letter;
    }
}

/* One end of a range in brackets; *whole: it was a set of its own, such as \d. */
static uint32_t
bracket_code(Parser *p, Class *class, bool *whole)
{
    uint32_t code = next_code(p);

    *whole = false;
    if (code != '\\')
        return code;
    if (p->rest.len == 0)
    {
        fail(p, "a backslash ends the pattern");
        return 0;
    }
    code = next_code(p);
    *whole = class_add_letter(p, class, code);
    return *whole ? 0 : escaped_code(p, code);
}

static Node *
parse_brackets(Parser *p)
{
    Node *node = node_new(p, NODE_CLASS);
    Class *class = class_new(p);
    bool first = true;

    class->negated = take(p, '^');
    while (first || !take(p, ']'))
    {
        uint32_t low, high;
        bool whole;

        if (p->rest.len == 0)
        {
            fail(p, "a ] is missing");
            break;
        }
        first = false;
        low = high = bracket_code(p, class, &whole);
        if (!whole && p->rest.len > 1 && p->rest.ptr[0] == '-' && p->rest.ptr[1] != ']')
        {
            (void) take(p, '-');
            high = bracket_code(p, class, &whole);
        }
        if (high < low)
            fail(p, "a range in brackets is backwards");
        if (!whole)
            class_add(p, class, low, high);
    }
    node->class = class;
    return node;
}

static Node *
parse_one_code(Parser *p, uint32_t code)
{
    Node *node = node_new(p, NODE_CLASS);
    Class *class = class_new(p);

    class_add(p, class, code, code);
    node->class = class;
    return node;
}

static Node *
parse_escape(Parser *p)
{
    Node *node = node_new(p, NODE_CLASS);
    Class *class = class_new(p);
    uint32_t letter;

    if (p->rest.len == 0)
    {
        fail(p, "a backslash ends the pattern");
        return node;
    }
    letter = next_code(p);
    if (letter == 'b' || letter == 'B')
        return node_new(p, letter == 'b' ? NODE_EDGE : NODE_NO_EDGE);
    if (!class_add_letter(p, class, letter))
        return parse_one_code(p, escaped_code(p, letter));
    node->class = class;
    return node;
}

static Node *parse_choice(Parser *p);

static Node *
parse_group(Parser *p)
{
    Node *node = node_new(p, NODE_GROUP);
    bool kept = !take_word(p, "?:");

    if (kept && p->rest.len > 0 && p->rest.ptr[0] == '?')
        fail(p, "only (?: ) may begin with a question mark");
    if (++p->depth > MAX_DEPTH)
        fail(p, "there are too many brackets");
    if (kept)
        node->group = ++p->groups;
    node->left = parse_choice(p);
    if (!take(p, ')'))
        fail(p, "a ) is missing");
    p->depth--;
    return node;
}

static Node *
parse_atom(Parser *p)
{
    Node *node;
    Class *class;

    if (take(p, '('))
        return parse_group(p);
    if (take(p, '['))
        return parse_brackets(p);
    if (take(p, '\\'))
        return parse_escape(p);
    if (take(p, '^'))
        return node_new(p, NODE_BEGIN);
    if (take(p, '$'))
        return node_new(p, NODE_END);
    if (!take(p, '.'))
        return parse_one_code(p, next_code(p));
    node = node_new(p, NODE_CLASS);
    class = class_new(p);
    class->negated = true;
    class->ranges[class->count++] = (Range){ '\n', '\n' };
    node->class = class;
    return node;
}

static int
parse_number(Parser *p)
{
    int number = -1;

    while (p->rest.len > 0 && p->rest.ptr[0] >= '0' && p->rest.ptr[0] <= '9')
    {
        number = (number < 0 ? 0 : number) * 10 + (p->rest.ptr[0] - '0');
        if (number > MAX_REPEAT)
            fail(p, "a number of repeats is too large");
        (void) next_code(p);
    }
    return number;
}

/* Bounds of what follows an atom; false when nothing repeats. */
static bool
parse_bounds(Parser *p, int *min, int *max)
{
    *min = 0;
    *max = NO_LIMIT;
    if (take(p, '*'))
        return true;
    if (take(p, '+'))
    {
        *min = 1;
        return true;
    }
    if (take(p, '?'))
    {
        *max = 1;
        return true;
    }
    if (!take(p, '{'))
        return false;
    *min = *max = parse_number(p);
    if (take(p, ','))
        *max = parse_number(p);
    if (!take(p, '}') || *min < 0 || (*max != NO_LIMIT && *max < *min))
        fail(p, "a number of repeats is wrong");
    return true;
}

static Node *
parse_chain(Parser *p)
{
    Node *chain = node_new(p, NODE_EMPTY);

    while (p->rest.len > 0 && p->rest.ptr[0] != '|' && p->rest.ptr[0] != ')')
    {
        Node *atom, *both;
        int min, max;

        if (strchr("*+?{", p->rest.ptr[0]) != NULL)
        {
            fail(p, "there is nothing to repeat");
            break;
        }
        atom = parse_atom(p);
        if (parse_bounds(p, &min, &max))
        {
            Node *repeat = node_new(p, NODE_REPEAT);

            *repeat = (Node){ .kind = NODE_REPEAT, .left = atom, .min = min, .max = max };
            repeat->lazy = take(p, '?');
            atom = repeat;
        }
        both = node_new(p, NODE_CHAIN);
        both->left = chain;
        both->right = atom;
        chain = both;
    }
    return chain;
}

static Node *
parse_choice(Parser *p)
{
    Node *choice = parse_chain(p);

    while (take(p, '|'))
    {
        Node *both = node_new(p, NODE_CHOICE);

        both->left = choice;
        both->right = parse_chain(p);
        choice = both;
    }
    return choice;
}

/* -------------------------------------------------------------------------------------- program */

typedef struct Writer
{
    Step *steps;
    size_t count;
    bool full;
} Writer;

static size_t
write_step(Writer *w, Op op)
{
    if (w->count == MAX_PROGRAM)
    {
        w->full = true;
        return 0;
    }
    w->steps[w->count] = (Step){ .op = op };
    return w->count++;
}

static void write_node(Writer *w, const Node *node);

/* The way that is preferred first: in for greedy, out for lazy. */
static void
write_split(Writer *w, size_t split, size_t inside, size_t outside, bool lazy)
{
    w->steps[split].x = lazy ? outside : inside;
    w->steps[split].y = lazy ? inside : outside;
}

static void
write_repeat(Writer *w, const Node *node)
{
    for (int i = 0; i < node->min && !w->full; i++)
        write_node(w, node->left);
    if (node->max == NO_LIMIT)
    {
        size_t split = write_step(w, OP_SPLIT);
        size_t jump;

        write_node(w, node->left);
        jump = write_step(w, OP_JUMP);
        w->steps[jump].x = split;
        write_split(w, split, split + 1, jump + 1, node->lazy);
        return;
    }
    for (int i = node->min; i < node->max && !w->full; i++)
    {
        size_t split = write_step(w, OP_SPLIT);

        write_node(w, node->left);
        write_split(w, split, split + 1, w->count, node->lazy);
    }
}

static void
write_choice(Writer *w, const Node *node)
{
    size_t split = write_step(w, OP_SPLIT), jump;

    write_node(w, node->left);
    jump = write_step(w, OP_JUMP);
    write_split(w, split, split + 1, w->count, false);
    write_node(w, node->right);
    w->steps[jump].x = w->count;
}

static void
write_group(Writer *w, const Node *node)
{
    bool kept = node->group > 0 && node->group < REGEX_GROUPS;
    size_t save;

    if (kept)
    {
        save = write_step(w, OP_SAVE);
        w->steps[save].x = 2 * node->group;
    }
    write_node(w, node->left);
    if (kept)
    {
        save = write_step(w, OP_SAVE);
        w->steps[save].x = 2 * node->group + 1;
    }
}

static void
write_node(Writer *w, const Node *node)
{
    if (w->full)
        return;
    switch (node->kind)
    {
        case NODE_EMPTY:
            break;
        case NODE_CLASS:
            w->steps[write_step(w, OP_CLASS)].class = node->class;
            break;
        case NODE_BEGIN:
            (void) write_step(w, OP_BEGIN);
            break;
        case NODE_END:
            (void) write_step(w, OP_END);
            break;
        case NODE_EDGE:
            (void) write_step(w, OP_EDGE);
            break;
        case NODE_NO_EDGE:
            (void) write_step(w, OP_NO_EDGE);
            break;
        case NODE_CHAIN:
            write_node(w, node->left);
            write_node(w, node->right);
            break;
        case NODE_CHOICE:
            write_choice(w, node);
            break;
        case NODE_REPEAT:
            write_repeat(w, node);
            break;
        case NODE_GROUP:
            write_group(w, node);
            break;
    }
}

bool
regex_compile(Arena *arena, Str pattern, const Regex **regex, Error *err)
{
    Parser p = { .arena = arena, .rest = pattern };
    Writer w = { .steps = ARENA_ARRAY(arena, MAX_PROGRAM + 1, Step) };
    Regex *made = ARENA_NEW(arena, Regex);
    const Node *tree;

    if (pattern.len > MAX_PATTERN)
        return error_set(err, ERR_INVALID, "the pattern is too long");
    p.any_case = take_word(&p, "(?i)");
    tree = parse_choice(&p);
    if (p.rest.len > 0)
        fail(&p, "a ) has no beginning");
    if (p.failure != NULL)
        return error_set(err, ERR_INVALID, "the pattern cannot be read: %s", p.failure);
    write_node(&w, tree);
    if (w.full)
        return error_set(err, ERR_INVALID, "the pattern is too long");
    w.steps[w.count++].op = OP_MATCH;
    *made = (Regex){ .steps = w.steps, .count = w.count, .groups = p.groups };
    *regex = made;
    return true;
}

size_t
regex_groups(const Regex *regex)
{
    return regex->groups;
}

/* ------------------------------------------------------------------------------------- matching */

typedef struct Thread
{
    size_t step;
    size_t slots[SLOTS];
} Thread;

typedef struct Threads
{
    Thread *items;
    size_t count;
    size_t *seen; /* by step: the position, plus one, at which it was added */
} Threads;

typedef struct Run
{
    const Regex *regex;
    Str text;
    size_t at;
} Run;

static bool
is_edge(const Run *run)
{
    size_t len;
    bool before = run->at > 0 && is_word((unsigned char) run->text.ptr[run->at - 1]);
    bool after = run->at < run->text.len && is_word(code_at(run->text, run->at, &len));

    return before != after;
}

static void
add_thread(const Run *run, Threads *threads, size_t step, size_t slots[SLOTS])
{
    const Step *at = &run->regex->steps[step];
    size_t kept;

    if (threads->seen[step] == run->at + 1)
        return;
    threads->seen[step] = run->at + 1;
    switch (at->op)
    {
        case OP_JUMP:
            add_thread(run, threads, at->x, slots);
            return;
        case OP_SPLIT:
            add_thread(run, threads, at->x, slots);
            add_thread(run, threads, at->y, slots);
            return;
        case OP_SAVE:
            kept = slots[at->x];
            slots[at->x] = run->at;
            add_thread(run, threads, step + 1, slots);
            slots[at->x] = kept;
            return;
        case OP_BEGIN:
            if (run->at == 0)
                add_thread(run, threads, step + 1, slots);
            return;
        case OP_END:
            if (run->at == run->text.len)
                add_thread(run, threads, step + 1, slots);
            return;
        case OP_EDGE:
        case OP_NO_EDGE:
            if (is_edge(run) == (at->op == OP_EDGE))
                add_thread(run, threads, step + 1, slots);
            return;
        default:
            threads->items[threads->count].step = step;
            memcpy(threads->items[threads->count++].slots, slots, SLOTS * sizeof(*slots));
            return;
    }
}

static Threads
threads_new(Arena *arena, const Regex *regex)
{
    return (Threads){ .items = ARENA_ARRAY(arena, regex->count, Thread),
                      .seen = ARENA_ARRAY(arena, regex->count, size_t) };
}

/* Moves every thread over the code at `at`; what matched first cuts off those behind it. */
static bool
advance(Run *run, const Threads *now, Threads *next, size_t len, uint32_t code, size_t found[SLOTS])
{
    bool matched = false;
    size_t at = run->at;

    next->count = 0;
    run->at = at + len;
    for (size_t i = 0; i < now->count && !matched; i++)
    {
        Thread *thread = &now->items[i];
        const Step *step = &run->regex->steps[thread->step];

        if (step->op == OP_MATCH)
        {
            memcpy(found, thread->slots, SLOTS * sizeof(*found));
            found[1] = at;
            matched = true;
        }
        else if (len > 0 && class_has(step->class, code))
            add_thread(run, next, thread->step + 1, thread->slots);
    }
    return matched;
}

static bool
run_all(Run *run, Threads now, Threads next, size_t found[SLOTS])
{
    bool matched = false;

    for (;;)
    {
        size_t len = 0, slots[SLOTS];
        uint32_t code = run->at < run->text.len ? code_at(run->text, run->at, &len) : 0;
        Threads swap;

        memset(slots, 0xff, sizeof(slots));
        slots[0] = run->at;
        if (!matched)
            add_thread(run, &now, 0, slots);
        if (now.count == 0 && matched)
            return true;
        if (advance(run, &now, &next, len, code, found))
            matched = true;
        if (len == 0)
            return matched;
        swap = now;
        now = next;
        next = swap;
    }
}

bool
regex_find(const Regex *regex, Str text, Str groups[REGEX_GROUPS])
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Run run = { .regex = regex, .text = text };
    size_t found[SLOTS];

    memset(found, 0xff, sizeof(found));
    memset(groups, 0, REGEX_GROUPS * sizeof(*groups));
    if (!run_all(&run, threads_new(arena, regex), threads_new(arena, regex), found))
        return false;
    for (size_t i = 0; i < REGEX_GROUPS; i++)
        if (found[2 * i] != SIZE_MAX && found[2 * i + 1] != SIZE_MAX)
            groups[i] = (Str){ text.ptr + found[2 * i], found[2 * i + 1] - found[2 * i] };
    return true;
}
