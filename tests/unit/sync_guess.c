#include "test.h"

#include "sync/guess.h"

TEST(names_become_readable)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char *const cases[][2] = {
        { "CREATED_AT", "Created At" },
        { "createdAt", "Created At" },
        { "user_id", "User ID" },
        { "ID", "ID" },
        { "total", "Total" },
        { "ANALYTIC_EVENTS", "Analytic Events" },
        { "date-naissance", "Date Naissance" },
        { "__", "__" },
        { "été_2024", "été 2024" },
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        CHECK_STR(guess_display_name(arena, cases[i][0]), cases[i][1]);
}

TEST(meanings_are_guessed_from_names_and_types)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const struct
    {
        SchemaColumn column;
        const char *type;
    } cases[] = {
        { { .name = "x", .is_pk = true }, "type/PK" },
        { { .name = "x", .target_table = "y" }, "type/FK" },
        { { .name = "user_email", .base_type = BASE_TEXT }, "type/Email" },
        { { .name = "user_email", .base_type = BASE_INTEGER }, NULL },
        { { .name = "LATITUDE", .base_type = BASE_FLOAT }, "type/Latitude" },
        { { .name = "created_at", .base_type = BASE_DATE_TIME }, "type/CreationTimestamp" },
        { { .name = "Quantité", .base_type = BASE_INTEGER }, "type/Quantity" },
        { { .name = "whatever", .base_type = BASE_TEXT }, NULL },
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        const char *type = guess_semantic_type(arena, &cases[i].column);

        CHECK_STR(type == NULL ? "none" : type, cases[i].type == NULL ? "none" : cases[i].type);
    }
    CHECK_STR(guess_entity_type(arena, "ORDERS"), "entity/TransactionTable");
    CHECK_STR(guess_entity_type(arena, "things"), "entity/GenericTable");
}
