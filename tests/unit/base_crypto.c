#include "test.h"

#include "base/crypto.h"

#include <string.h>

TEST(hashes_match_published_values)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    uint8_t digest[SHA256_BYTES];

    CHECK_STR(sha256_hex(arena, STR("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hmac_sha256(STR("Jefe"), STR("what do ya want for nothing?"), digest);
    CHECK_STR(hex_encode(arena, digest, sizeof(digest)),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(passwords_verify_only_themselves)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char *hash = password_hash(arena, "correct horse");
    bool old = true;

    CHECK(strncmp(hash, "$argon2id$", 10) == 0);
    CHECK(password_verify("correct horse", NULL, hash, &old));
    CHECK(!old);
    CHECK(!password_verify("correct horsf", NULL, hash, &old));
    CHECK(!password_verify("", NULL, hash, &old));
    CHECK(!password_verify("correct horse", NULL, "", &old));
    CHECK(!password_verify("correct horse", NULL, "$argon2id$nonsense", &old));
}

/* As Metabase keeps them: bcrypt of the salt followed by the password, of which 72 bytes count. */
TEST(passwords_of_metabase_verify_and_ask_to_be_replaced)
{
    static const char salt[] = "9b3d1c1e-7d7a-4a8f-9d55-0a4b0c8f5f10";
    static const char hash[] = "$2a$10$Rnq0Rm3R/98Q1K3C8aLWMOUrP0y.XS4jFvvr4AgmOGts41xK2v2rm";
    bool old = false;

    CHECK(password_verify("mot de passe à moi", salt, hash, &old));
    CHECK(old);
    CHECK(!password_verify("mot de passe à toi", salt, hash, &old));
    CHECK(!password_verify("mot de passe à moi", "another salt", hash, &old));
}

TEST(base64url_reads_back_and_refuses_the_rest)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Str bytes;

    for (size_t len = 0; len < 70; len++)
    {
        char *text = random_token(arena, len);

        CHECK(base64url_decode(arena, str_of(text), &bytes));
        CHECK_INT(bytes.len, len);
    }
    CHECK(!base64url_decode(arena, STR("a+b/"), &bytes));
    CHECK(!base64url_decode(arena, STR("YQ=="), &bytes));
    CHECK(!base64url_decode(arena, STR("Y Q"), &bytes));
    CHECK(base64_decode(arena, STR("YQ=="), &bytes));
    CHECK_STR(bytes.ptr, "a");
}

TEST(sealed_values_open_with_their_key_only)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    SealKey key, other;
    char *sealed;
    Str plain;
    Error err;

    CHECK_OK(seal_key_from("a passphrase of some length", &key, &err), &err);
    CHECK_OK(seal_key_from("another passphrase of length", &other, &err), &err);
    sealed = seal(arena, &key, STR("secret"));
    CHECK(seal_is(sealed) && strstr(sealed, "secret") == NULL);
    CHECK(strcmp(sealed, seal(arena, &key, STR("secret"))) != 0);
    CHECK_OK(seal_open(arena, &key, sealed, &plain, &err), &err);
    CHECK_STR(plain.ptr, "secret");
    CHECK_ERROR(seal_open(arena, &other, sealed, &plain, &err), &err, ERR_CONFIG);
    sealed[strlen(sealed) - 3] ^= 1;
    CHECK_ERROR(seal_open(arena, &key, sealed, &plain, &err), &err, ERR_CONFIG);
    CHECK_ERROR(seal_key_from("too short", &key, &err), &err, ERR_CONFIG);
}

TEST(random_names_have_their_forms)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (int i = 0; i < 50; i++)
    {
        const char *uuid = random_uuid(arena), *entity = random_entity_id(arena);

        CHECK(strlen(uuid) == 36 && uuid[14] == '4' && strchr("89ab", uuid[19]) != NULL);
        CHECK(strlen(entity) == 21);
    }
}

TEST(crypto_a_key_gives_the_same_hash_for_the_same_text_alone)
{
    uint8_t a[SHA256_BYTES], b[SHA256_BYTES];
    HashKey key, other;

    hash_key_from(STR("a key"), &key);
    hash_key_from(STR("another key"), &other);
    hash_with_key(&key, STR("text"), a);
    hash_with_key(&key, STR("text"), b);
    CHECK(memcmp(a, b, sizeof(a)) == 0);
    hash_with_key(&key, STR("texts"), b);
    CHECK(memcmp(a, b, sizeof(a)) != 0);
    hash_with_key(&other, STR("text"), b);
    CHECK(memcmp(a, b, sizeof(a)) != 0);
}
