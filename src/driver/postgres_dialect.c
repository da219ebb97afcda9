/* How Postgres writes SQL: mostly the usual text of the slots, which is its own. */
#include "driver/dialects.h"

// clang-format off
static const char *const slots[SLOT_COUNT] = {
    [SLOT_ROUND] = "round(cast(%1 as numeric))",
    [SLOT_LOG] = "log(cast(%1 as numeric))",
    [SLOT_REGEX] = "substring(%1 from %2)",
    [SLOT_SPLIT_PART] = "case when %3 < 1 then '' else split_part(%1, %2, cast(greatest(%3, 1) as integer)) end",
    [SLOT_HOST] = "substring(%1 from '(?:^[^:/?#]*://)?(?:[^@/?#]*@)?(?:www\\.)?(?:[^./?#]+\\.)*?([^./?#:]+\\.(?:(?:com?|org|net|gov|edu|ac|gouv)\\.[a-z]{2}|[^./?#:]+))(?=[:/?#]|$)')",
    [SLOT_DOMAIN] = "substring(%1 from '(?:^[^:/?#]*://)?(?:[^@/?#]*@)?(?:www\\.)?(?:[^./?#]+\\.)*?([^./?#:]+)\\.(?:(?:com?|org|net|gov|edu|ac|gouv)\\.[a-z]{2}|[^./?#:]+)(?=[:/?#]|$)')",
    [SLOT_SUBDOMAIN] = "substring(%1 from '(?:^[^:/?#]*://)?(?:[^@/?#]*@)?(?:www\\.)?([^./?#@:]+)(?:\\.[^./?#]+)*?\\.[^./?#:]+\\.(?:(?:com?|org|net|gov|edu|ac|gouv)\\.[a-z]{2}|[^./?#:]+)(?=[:/?#]|$)')",
    [SLOT_PATH] = "substring(%1 from '^[^:/?#]*://[^/?#]*(/[^?#]*)')",
};
// clang-format on

const Dialect postgres_dialect = {
    .name = "postgres",
    .quote = '"',
    .placeholder = PLACEHOLDER_DOLLAR,
    .max_ident_bytes = 63,
    .max_values = 65535,
    .max_text_bytes = 16 * 1024 * 1024,
    .has_full_join = true,
    .has_grouping_sets = true,
    .slots = slots,
};
