#include "test.h"

#include "sync/personal.h"

static const char *
guess(Arena *arena, const char *name, const char *type, const char *entity)
{
    const PersonalHint hint = { .name = name, .semantic_type = type, .entity_type = entity };
    const PersonalKind *kind = personal_guess(arena, &hint);

    return kind == NULL ? "none" : kind->key;
}

TEST(personal_columns_are_guessed_from_names_in_two_languages)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char *const cases[][2] = {
        { "EMAIL", "email" },
        { "adresse_mail", "email" },
        { "TelephonePortable", "phone" },
        { "date de naissance", "birth" },
        { "dateNaissance", "birth" },
        { "Prénom", "name" },
        { "nom", "name" },
        { "nom_commune", "none" },
        { "last-name", "name" },
        { "num_secu", "identity-number" },
        { "NIR", "identity-number" },
        { "munir", "none" },
        { "iban_beneficiaire", "bank" },
        { "adresse_ip", "device" },
        { "adresse", "address" },
        { "sexe", "sensitive" },
        { "commentaires", "free-text" },
        { "category", "none" },
        { "total", "none" },
        { "", "none" },
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        CHECK_STR(guess(arena, cases[i][0], NULL, NULL), cases[i][1]);
}

TEST(personal_columns_are_guessed_from_meanings_and_samples)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char sample[] = "{\"type\": {\"type/Text\": {\"percent-email\": 0.9}}}";
    PersonalHint seen = { .name = "contact" };
    const PersonalKind *kind;
    Json *fingerprint;
    Error err;

    CHECK_STR(guess(arena, "x", "type/Email", NULL), "email");
    CHECK_STR(guess(arena, "x", "type/Name", "entity/UserTable"), "name");
    CHECK_STR(guess(arena, "x", "type/Name", "entity/ProductTable"), "none");
    CHECK_STR(guess(arena, "x", "type/Latitude", NULL), "none");
    CHECK_OK(json_parse(arena, str_of(sample), NULL, &fingerprint, &err), &err);
    CHECK(personal_guess(arena, &seen) == NULL);
    seen.fingerprint = fingerprint;
    kind = personal_guess(arena, &seen);
    CHECK(kind != NULL);
    CHECK_STR(kind->key, "email");
}
