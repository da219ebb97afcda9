/* Titles of columns as people read them, in English and French. */
#include "query/expand.h"
#include "query/type.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* %s is the title of the argument. */
typedef struct TitleRow
{
    FunctionId fn;
    const char *english, *french;
} TitleRow;

static const TitleRow titles[] = {
    // clang-format off
    { FN_DISTINCT,       "Distinct values of ",         "Valeurs distinctes de " },
    { FN_SUM,            "Sum of ",                     "Somme de " },
    { FN_AVG,            "Average of ",                 "Moyenne de " },
    { FN_MEDIAN,         "Median of ",                  "Médiane de " },
    { FN_MIN,            "Min of ",                     "Minimum de " },
    { FN_MAX,            "Max of ",                     "Maximum de " },
    { FN_STDDEV,         "Standard deviation of ",      "Écart-type de " },
    { FN_VAR,            "Variance of ",                "Variance de " },
    { FN_CUM_SUM,        "Cumulative sum of ",          "Somme cumulée de " },
    { FN_CUM_COUNT,      "Cumulative count of ",        "Nombre cumulé de " },
    { FN_COUNT,          "Count of ",                   "Nombre de " },
    { FN_SUM_WHERE,      "Sum of ",                     "Somme de " },
    { FN_DISTINCT_WHERE, "Distinct values of ",         "Valeurs distinctes de " },
    // clang-format on
};

static bool
french(const Compiler *c)
{
    return strncmp(c->options.locale, "fr", 2) == 0;
}

static const char *
say(const Compiler *c, const char *english, const char *words)
{
    return french(c) ? words : english;
}

const char *
words_of_name(Compiler *c, const char *name)
{
    char *text = arena_text(c->arena, name);
    bool start = true;

    if (strcmp(name, "id") == 0)
        return "ID";
    for (char *at = text; *at != '\0'; at++)
    {
        if (*at == '_' || *at == '-')
            *at = ' ';
        if (start && *at >= 'a' && *at <= 'z')
            *at = (char) (*at - 'a' + 'A');
        start = *at == ' ';
        if (at - text >= 2 && at[1] == '\0' && strcmp(at - 2, " Id") == 0)
            *at = 'D';
    }
    return text;
}

const char *
field_title(Compiler *c, const CatalogField *field)
{
    return field->display_name != NULL ? field->display_name : words_of_name(c, field->name);
}

/* The key's title without "ID": Product. */
static const char *
key_title(Compiler *c, const Source *source)
{
    const CatalogField *key = catalog_field(c->catalog, source->key_id);
    const char *title = key == NULL ? source->as : field_title(c, key);
    size_t len = strlen(title);

    if (len > 3 && strcasecmp(title + len - 3, " id") == 0)
        return arena_text_n(c->arena, title, len - 3);
    return title;
}

static const char *
plural(double count)
{
    return count == 1 ? "" : "s";
}

/* French has a space before a colon. */
static const char *
with_detail(Compiler *c, const char *title, const char *detail)
{
    return arena_format(c->arena, "%s%s %s", title, say(c, ":", "\u00a0:"), detail);
}

static const char *
with_bucket(Compiler *c, const Node *node, const char *title)
{
    const UnitRow *row = &unit_rows[node->unit];
    bool told = node->column != NULL && node->column->unit == node->unit;

    if (node->unit != UNIT_NONE && node->unit != UNIT_DEFAULT && !told)
        return with_detail(c, title, say(c, row->english, row->french));
    if (node->binning.strategy == BIN_COUNT)
        return with_detail(c, title,
                           arena_format(c->arena, "%g %s%s", node->binning.count,
                                        say(c, "bin", "tranche"), plural(node->binning.count)));
    if (node->binning.strategy == BIN_WIDTH)
    {
        const char *semantic = node->column == NULL ? NULL : node->column->semantic_type;
        bool place = semantic != NULL && (strcmp(semantic, "type/Latitude") == 0 ||
                                          strcmp(semantic, "type/Longitude") == 0);

        return with_detail(c, title,
                           arena_format(c->arena, "%g%s", node->binning.width, place ? "°" : ""));
    }
    return title;
}

static const char *
field_words(Compiler *c, const Stage *stage, const Node *node)
{
    const char *title = node->column->display_name;
    const Source *source = node->source;

    if (title == NULL)
        title = node->column->name;
    if (source != NULL && source != &stage->source)
        title = arena_format(c->arena, "%s → %s",
                             source->key_id != 0 ? key_title(c, source) : source->as, title);
    return with_bucket(c, node, title);
}

static const char *
percentile_words(Compiler *c, const Stage *stage, const Node *node)
{
    double rank = value_to_double(&node->args[1]->value, 0) * 100;
    const char *of = column_title(c, stage, node->args[0]);

    if (french(c))
        return arena_format(c->arena, "%ge centile de %s", rank, of);
    return arena_format(c->arena, "%gth percentile of %s", rank, of);
}

static const char *
arithmetic_words(Compiler *c, const Stage *stage, const Node *node)
{
    Buf text = buf_new(c->arena, 4000);

    for (size_t i = 0; i < node->count; i++)
    {
        const Node *arg = node->args[i];
        bool inner = arg->kind == NODE_CALL && arg->fn >= FN_PLUS && arg->fn <= FN_DIVIDE &&
                     arg->display_name == NULL;

        if (i > 0)
            buf_format(&text, " %s ", function_rows[node->fn].name);
        buf_format(&text, inner ? "(%s)" : "%s", column_title(c, stage, arg));
    }
    return buf_cstr(&text);
}

static const char *
call_words(Compiler *c, const Stage *stage, const Node *node)
{
    const char *matching = say(c, "matching condition", "remplissant la condition");

    if (node->fn == FN_COUNT && node->count == 0)
        return say(c, "Count", "Nombre");
    if (node->fn == FN_CUM_COUNT && node->count == 0)
        return say(c, "Cumulative count", "Nombre cumulé");
    if (node->fn == FN_COUNT_WHERE)
        return say(c, "Count of rows matching condition",
                   "Nombre de lignes remplissant la condition");
    if (node->fn == FN_SHARE)
        return say(c, "Share of rows matching condition",
                   "Part des lignes remplissant la condition");
    if (node->fn == FN_PERCENTILE)
        return percentile_words(c, stage, node);
    if (node->fn >= FN_PLUS && node->fn <= FN_DIVIDE)
        return arithmetic_words(c, stage, node);
    if (node->fn == FN_OFFSET)
        return say(c, "Offset", "Décalage");
    for (size_t i = 0; i < COUNT_OF(titles); i++)
    {
        const char *of;

        if (titles[i].fn != node->fn)
            continue;
        of = column_title(c, stage, node->args[0]);
        if (node->fn == FN_SUM_WHERE || node->fn == FN_DISTINCT_WHERE)
            return arena_format(c->arena, "%s%s %s", say(c, titles[i].english, titles[i].french),
                                of, matching);
        return arena_format(c->arena, "%s%s", say(c, titles[i].english, titles[i].french), of);
    }
    return words_of_name(c, node_name(c, node));
}

const char *
column_title(Compiler *c, const Stage *stage, const Node *node)
{
    const char *text;

    if (node->display_name != NULL && node->kind != NODE_FIELD)
        return node->display_name;
    switch (node->kind)
    {
        case NODE_FIELD:
            return field_words(c, stage, node);
        case NODE_EXPRESSION:
            return with_bucket(c, node, node->name != NULL ? node->name : "");
        case NODE_AGGREGATION:
            return node->target == NULL ? "" : column_title(c, stage, node->target);
        case NODE_VALUE:
            text = value_to_text(c->arena, &node->value);
            return text == NULL ? "null" : text;
        case NODE_CALL:
            break;
    }
    return call_words(c, stage, node);
}
