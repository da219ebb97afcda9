/* libsodium for everything but bcrypt, which libxcrypt verifies for passwords made elsewhere. */
#include "base/crypto.h"

#include "base/heap.h"

#include <assert.h>
#include <crypt.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum
{
    MAX_PASSWORD_BYTES = 4096,
    BCRYPT_BYTES = 72,
    HASH_MEMORY = 19 * 1024 * 1024,
    HASH_PASSES = 2
};

static const char sealed_prefix[] = "sealed:1:";

__attribute__((constructor)) static void
crypto_start(void)
{
    if (sodium_init() < 0)
        abort();
}

void
random_bytes(void *bytes, size_t len)
{
    randombytes_buf(bytes, len);
}

char *
hex_encode(Arena *arena, const void *bytes, size_t len)
{
    char *text = arena_alloc(arena, len * 2 + 1);

    return sodium_bin2hex(text, len * 2 + 1, bytes, len);
}

char *
random_hex(Arena *arena, size_t len)
{
    void *bytes = arena_alloc(arena, len);

    random_bytes(bytes, len);
    return hex_encode(arena, bytes, len);
}

char *
base64url_encode(Arena *arena, const void *bytes, size_t len)
{
    size_t size = sodium_base64_ENCODED_LEN(len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_alloc(arena, size);

    return sodium_bin2base64(text, size, bytes, len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

char *
random_token(Arena *arena, size_t len)
{
    void *bytes = arena_alloc(arena, len);

    random_bytes(bytes, len);
    return base64url_encode(arena, bytes, len);
}

char *
random_uuid(Arena *arena)
{
    uint8_t b[16];

    random_bytes(b, sizeof(b));
    b[6] = (uint8_t) ((b[6] & 0x0F) | 0x40);
    b[8] = (uint8_t) ((b[8] & 0x3F) | 0x80);
    return arena_format(
        arena, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
        b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

char *
random_entity_id(Arena *arena)
{
    return arena_text_n(arena, random_token(arena, 16), 21);
}

void
sha256(Str data, uint8_t digest[SHA256_BYTES])
{
    (void) crypto_hash_sha256(digest, (const unsigned char *) data.ptr, data.len);
}

char *
sha256_hex(Arena *arena, Str data)
{
    uint8_t digest[SHA256_BYTES];

    sha256(data, digest);
    return hex_encode(arena, digest, sizeof(digest));
}

void
hmac_sha256(Str key, Str data, uint8_t digest[SHA256_BYTES])
{
    crypto_auth_hmacsha256_state state;

    (void) crypto_auth_hmacsha256_init(&state, (const unsigned char *) key.ptr, key.len);
    (void) crypto_auth_hmacsha256_update(&state, (const unsigned char *) data.ptr, data.len);
    (void) crypto_auth_hmacsha256_final(&state, digest);
}

static_assert(sizeof(HashKey) == sizeof(crypto_generichash_state), "HashKey holds a state");

void
hash_key_from(Str key, HashKey *ready)
{
    crypto_generichash_state state;
    uint8_t digest[SHA256_BYTES];

    sha256(key, digest);
    (void) crypto_generichash_init(&state, digest, sizeof(digest), SHA256_BYTES);
    memcpy(ready->state, &state, sizeof(state));
}

void
hash_with_key(const HashKey *ready, Str data, uint8_t digest[SHA256_BYTES])
{
    crypto_generichash_state state;

    memcpy(&state, ready->state, sizeof(state));
    (void) crypto_generichash_update(&state, (const unsigned char *) data.ptr, data.len);
    (void) crypto_generichash_final(&state, digest, SHA256_BYTES);
}

static bool
decode(Arena *arena, Str text, int variant, Str *bytes)
{
    unsigned char *out = arena_alloc(arena, text.len + 1);
    size_t len;
    const char *end;

    if (sodium_base642bin(out, text.len + 1, text.ptr, text.len, NULL, &len, &end, variant) != 0 ||
        end != text.ptr + text.len)
        return false;
    out[len] = '\0';
    *bytes = (Str){ (const char *) out, len };
    return true;
}

bool
base64url_decode(Arena *arena, Str text, Str *bytes)
{
    return decode(arena, text, sodium_base64_VARIANT_URLSAFE_NO_PADDING, bytes);
}

bool
base64_decode(Arena *arena, Str text, Str *bytes)
{
    while (text.len > 0 && text.ptr[text.len - 1] == '=')
        text.len--;
    return decode(arena, text, sodium_base64_VARIANT_ORIGINAL_NO_PADDING, bytes);
}

bool
crypto_equal(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || sodium_memcmp(a.ptr, b.ptr, a.len) == 0);
}

char *
password_hash(Arena *arena, const char *password)
{
    char *hash = arena_alloc(arena, crypto_pwhash_STRBYTES);

    if (crypto_pwhash_str_alg(hash, password, strlen(password), HASH_PASSES, HASH_MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        abort();
    return hash;
}

/* `$2a$` is written `$2b$` for libxcrypt: that is the form which Java's bcrypt computes. */
static bool
bcrypt_verify(const char *password, const char *salt, const char *hash)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char *text = arena_format(arena, "%s%s", salt == NULL ? "" : salt, password);
    char *wanted = arena_text(arena, hash);
    struct crypt_data *data = heap_new(1, sizeof(*data));
    const char *computed;
    bool same;

    if (strlen(text) > BCRYPT_BYTES)
        text[BCRYPT_BYTES] = '\0';
    wanted[2] = 'b';
    computed = crypt_rn(text, wanted, data, sizeof(*data));
    same = computed != NULL && crypto_equal(str_of(computed), str_of(wanted));
    sodium_memzero(data, sizeof(*data));
    sodium_memzero(text, strlen(text));
    heap_free(data);
    return same;
}

bool
password_verify(const char *password, const char *salt, const char *hash, bool *old)
{
    size_t len = strlen(password);

    if (len == 0 || len > MAX_PASSWORD_BYTES)
        return false;
    if (strncmp(hash, "$2a$", 4) == 0 || strncmp(hash, "$2b$", 4) == 0 ||
        strncmp(hash, "$2y$", 4) == 0)
    {
        *old = true;
        return bcrypt_verify(password, salt, hash);
    }
    *old = crypto_pwhash_str_needs_rehash(hash, HASH_PASSES, HASH_MEMORY) != 0;
    return crypto_pwhash_str_verify(hash, password, len) == 0;
}

bool
seal_key_from(const char *passphrase, SealKey *key, Error *err)
{
    static const uint8_t salt[crypto_pwhash_SALTBYTES] = "vigie seal key 1";
    size_t len = strlen(passphrase);

    if (len < 16)
    {
        (void) error_set(err, ERR_CONFIG, "the encryption key has fewer than 16 characters");
        return error_hint(err, "Make one with: openssl rand -base64 32");
    }
    if (crypto_pwhash(key->bytes, sizeof(key->bytes), passphrase, len, salt, HASH_PASSES,
                      HASH_MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        abort();
    return true;
}

char *
seal(Arena *arena, const SealKey *key, Str secret)
{
    size_t size = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + secret.len;
    uint8_t *box = arena_alloc(arena, size);

    random_bytes(box, crypto_secretbox_NONCEBYTES);
    (void) crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES,
                                 (const unsigned char *) secret.ptr, secret.len, box, key->bytes);
    return arena_format(arena, "%s%s", sealed_prefix, base64url_encode(arena, box, size));
}

bool
seal_is(const char *text)
{
    return strncmp(text, sealed_prefix, sizeof(sealed_prefix) - 1) == 0;
}

bool
seal_open(Arena *arena, const SealKey *key, const char *text, Str *secret, Error *err)
{
    Str box;
    const uint8_t *bytes;
    char *plain;
    size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;

    if (!seal_is(text) ||
        !base64url_decode(arena, str_of(text + sizeof(sealed_prefix) - 1), &box) ||
        box.len < overhead)
        return error_set(err, ERR_CONFIG, "a sealed value is damaged");
    bytes = (const uint8_t *) box.ptr;
    plain = arena_alloc(arena, box.len - overhead + 1);
    if (crypto_secretbox_open_easy((unsigned char *) plain, bytes + crypto_secretbox_NONCEBYTES,
                                   box.len - crypto_secretbox_NONCEBYTES, bytes, key->bytes) != 0)
    {
        (void) error_set(err, ERR_CONFIG, "a sealed value was sealed with another key");
        return error_hint(err, "Set MB_ENCRYPTION_SECRET_KEY to the key that was in use before.");
    }
    *secret = (Str){ plain, box.len - overhead };
    return true;
}

char *
seal_fingerprint(Arena *arena, const SealKey *key)
{
    char *hex = sha256_hex(arena, (Str){ (const char *) key->bytes, sizeof(key->bytes) });

    return arena_text_n(arena, hex, 8);
}
