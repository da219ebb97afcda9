/* The table of masks, their options, and what can be asked of each. */
#include "etl/rules_private.h"

#include <string.h>

enum
{
    PLACEHOLDER_LETTERS = 27, /* "[valeur unique anonymisée " and "]" */
    EMAIL_LETTERS = 27,       /* "email_anonymise_" and "@exemple.fr" */
    HASH_LETTERS = 32
};

/* ------------------------------------------------------------------------------------- options */

// clang-format off
static const Field no_options[] = { { 0 } };
static const Field constant_options[] = {
    FIELD(MaskArgs, value, .required = true, .help = "the text of the value"), { 0 },
};
static const Field hash_options[] = {
    FIELD(MaskArgs, length, .min = 16, .max = 64, .help = "hexadecimal digits of a text, 32 if not said"), { 0 },
};
static const Field trunc_options[] = {
    FIELD(MaskArgs, unit, .required = true, .choices = "week|month|quarter|year|decade", .help = "week, month, quarter, year, decade"), { 0 },
};
static const Field shift_options[] = {
    FIELD(MaskArgs, days, .min = 1, .max = 3650, .required = true, .help = "the most days"),
    FIELD(MaskArgs, by, .not_blank = true, .max = 63, .help = "the column whose rows move together"), { 0 },
};
static const Field noise_options[] = {
    FIELD(MaskArgs, percent, .min = 1, .max = 100, .required = true, .help = "the most it changes"), { 0 },
};
static const Field step_options[] = {
    FIELD(MaskArgs, step, .min = 1, .max = 1000000000, .required = true, .help = "the width"), { 0 },
};
static const Field partial_options[] = {
    FIELD(MaskArgs, first, .min = 0, .max = 100, .help = "characters kept at the start"),
    FIELD(MaskArgs, last, .min = 0, .max = 100, .help = "characters kept at the end"), { 0 },
};
static const Field first_options[] = {
    FIELD(MaskArgs, first, .min = 1, .max = 100, .required = true, .help = "characters kept"), { 0 },
};
static const Field drop_row_options[] = {
    FIELD(MaskArgs, values, .help = "the values that drop the row; any value if not said"), { 0 },
};
// clang-format on

/* ----------------------------------------------------------------------------------- the table */

#define SOURCE MASK_SOURCE
#define HERE   MASK_HERE
#define UNIQUE MASK_UNIQUE
#define ALIKE  MASK_ALIKE
const Mask masks[] = {
#define MASK(name, place, families, flags, result, options, select, apply, help)                   \
    { name, place, families, flags, result, options, select, apply, help },
#include "etl/rules.def"
#undef MASK
};
const size_t mask_count = COUNT_OF(masks);

const Mask *
mask_find(const char *name)
{
    for (size_t i = 0; i < mask_count; i++)
        if (strcmp(masks[i].name, name) == 0)
            return &masks[i];
    return NULL;
}

bool
mask_is(const MaskUse *use, const char *name)
{
    return strcmp(use->mask->name, name) == 0;
}

static bool
is_option(const Field *fields, const char *key)
{
    for (; fields->key != NULL; fields++)
        if (strcmp(fields->key, key) == 0)
            return true;
    return false;
}

bool
mask_read(Arena *arena, const Json *json, MaskUse *use, Error *err)
{
    const char *name = json->kind == JSON_TEXT ? json->text : NULL;

    if (json->kind == JSON_NULL)
        name = "null"; /* what YAML makes of the bare word */
    if (json->kind == JSON_OBJECT && json_get(json, "mask") != NULL)
        name = json_get(json, "mask")->kind == JSON_NULL
                   ? "null"
                   : json_text_or(json_get(json, "mask"), NULL);
    if (name == NULL)
        return error_set(err, ERR_CONFIG, "line %u: a mask is a name, or a map with the key mask",
                         json->line);
    use->mask = mask_find(name);
    if (use->mask == NULL)
    {
        (void) error_set(err, ERR_CONFIG, "line %u: there is no mask %s", json->line, name);
        return error_hint(err, "vigie etl masks lists those there are.");
    }
    for (const Json *member = json->first; json->kind == JSON_OBJECT && member != NULL;
         member = member->next)
        if (strcmp(member->key, "mask") != 0 && !is_option(use->mask->options, member->key))
            return error_set(err, ERR_CONFIG, "line %u: the mask %s has no option %s", member->line,
                             name, member->key);
    if (bind_read(arena, use->mask->options, json->kind == JSON_OBJECT ? json : NULL, &use->args,
                  err))
        return true;
    err->code = ERR_CONFIG;
    return error_prefix(err, "line %u: mask %s", json->line, name);
}

MaskUse
mask_constant_default(Arena *arena, const SourceColumn *column)
{
    const char *literal = default_literal(arena, column->default_sql);
    MaskUse use = { .mask = mask_find(literal == NULL ? "null" : "column_default") };

    use.args.value = literal;
    return use;
}

MaskUse
mask_default(Arena *arena, const SourceColumn *column)
{
    const char *name = NULL;

    if (column->family == FAMILY_TEXT)
        name = strstr(column->name, "email") != NULL ? "placeholder_email" : "placeholder";
    else if (column->family == FAMILY_TEXT_ARRAY)
        name = "placeholder_list";
    else if (column->family == FAMILY_JSONB)
        name = "empty_json";
    return name == NULL ? mask_constant_default(arena, column)
                        : (MaskUse){ .mask = mask_find(name) };
}

static int64_t
letters_needed(const MaskUse *use, int64_t ident_letters)
{
    if (mask_is(use, "placeholder"))
        return PLACEHOLDER_LETTERS + ident_letters;
    if (mask_is(use, "placeholder_email"))
        return EMAIL_LETTERS + ident_letters;
    if (mask_is(use, "hash"))
        return use->args.length == 0 ? HASH_LETTERS : use->args.length;
    if (mask_is(use, "email"))
        return 36;
    if (mask_is(use, "phone"))
        return 10;
    if (mask_is(use, "first_name") || mask_is(use, "last_name") || mask_is(use, "city"))
        return 20;
    if (mask_is(use, "full_name"))
        return 30;
    return mask_is(use, "partial") ? use->args.first + use->args.last + 3 : 0;
}

bool
mask_fits(const MaskUse *use, const SourceColumn *column, int64_t ident_letters, Error *err)
{
    int64_t needed = letters_needed(use, ident_letters);

    if ((use->mask->families & column->family) == 0)
    {
        (void) error_set(err, ERR_CONFIG, "the mask %s is not for the type %s", use->mask->name,
                         column->shown);
        return error_hint(err, "vigie etl masks lists the masks with their types.");
    }
    if (column->family == FAMILY_TEXT && column->type.arg_count > 0 &&
        needed > column->type.args[0])
    {
        (void) error_set(err, ERR_CONFIG, "%s is too short for the mask %s (%lld characters)",
                         column->shown, use->mask->name, (long long) needed);
        return error_hint(err, "Choose a shorter mask, such as null, first or drop.");
    }
    return true;
}

SqlType
mask_type(const MaskUse *use, const SourceColumn *column)
{
    if (use->mask->result[0] != '\0')
        return (SqlType){ .name = use->mask->result };
    if (mask_is(use, "hash") && column->family == FAMILY_INTEGER)
        return (SqlType){ .name = "int8" };
    return column->type;
}

bool
mask_needs_key(const MaskUse *use)
{
    return use->mask->apply != NULL && use->mask->select != select_filled &&
           use->mask->select != select_filled_list && use->mask->select != select_present;
}

bool
mask_needs_ident(const MaskUse *use)
{
    return use->mask->select == select_filled || use->mask->apply == apply_date_shift ||
           use->mask->apply == apply_noise;
}

/* A text that is never null is masked whatever it holds: not even its length is asked for. */
bool
mask_selects(const MaskUse *use, const SourceColumn *column)
{
    bool flag = use->mask->select == select_filled || use->mask->select == select_filled_list ||
                use->mask->select == select_present;

    return use->mask->select != NULL && !(flag && column->not_null);
}

const char *
mask_shown(Arena *arena, const MaskUse *use)
{
    Buf out = buf_new(arena, 400);
    const struct
    {
        const char *name;
        int64_t value;
    } numbers[] = {
        { "step", use->args.step },       { "first", use->args.first },
        { "last", use->args.last },       { "days", use->args.days },
        { "percent", use->args.percent }, { "length", use->args.length },
    };

    buf_text(&out, use->mask->name);
    if (use->args.unit != NULL)
        buf_format(&out, " %s", use->args.unit);
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        if (numbers[i].value != 0)
            buf_format(&out, " %s %lld", numbers[i].name, (long long) numbers[i].value);
    if (use->args.by != NULL)
        buf_format(&out, " by %s", use->args.by);
    return buf_cstr(&out);
}
