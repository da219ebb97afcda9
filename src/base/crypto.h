/* Random values, hashes, passwords, sealing. The only file that touches libsodium and crypt. */
#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

void random_bytes(void *bytes, size_t len);
char *random_hex(Arena *arena, size_t bytes);
char *random_token(Arena *arena, size_t bytes); /* base64url, no padding */
char *random_uuid(Arena *arena);
char *random_entity_id(Arena *arena); /* 21 characters of A-Za-z0-9_- */

#define SHA256_BYTES 32
void sha256(Str data, uint8_t digest[SHA256_BYTES]);
char *sha256_hex(Arena *arena, Str data);
void hmac_sha256(Str key, Str data, uint8_t digest[SHA256_BYTES]);
/* Keyed BLAKE2b of many texts under one key, which is taken in once. */
typedef struct HashKey
{
    uint64_t state[48];
} HashKey;
void hash_key_from(Str key, HashKey *ready);
void hash_with_key(const HashKey *ready, Str data, uint8_t digest[SHA256_BYTES]);

char *hex_encode(Arena *arena, const void *bytes, size_t len);
char *base64url_encode(Arena *arena, const void *bytes, size_t len);
/* Without padding; false on any other character. */
bool base64url_decode(Arena *arena, Str text, Str *bytes);
/* The usual alphabet, padding optional. */
bool base64_decode(Arena *arena, Str text, Str *bytes);

/* Takes the same time wherever the difference is. */
bool crypto_equal(Str a, Str b);

/* argon2id, as a self-describing string. Slow on purpose (some 20 ms). */
char *password_hash(Arena *arena, const char *password);
/*
 * Verifies argon2id strings, and bcrypt strings of the text `salt` followed by the password as
 * Metabase stores them. *old is set when the hash should be made anew.
 */
bool password_verify(const char *password, const char *salt, const char *hash, bool *old);

/* Secrets at rest. The key is derived from a passphrase of at least 16 characters. */
typedef struct SealKey
{
    uint8_t bytes[32];
} SealKey;
bool seal_key_from(const char *passphrase, SealKey *key, Error *err);
char *seal(Arena *arena, const SealKey *key, Str secret); /* text that begins with "sealed:1:" */
bool seal_is(const char *text);
bool seal_open(Arena *arena, const SealKey *key, const char *text, Str *secret, Error *err);
/* First 8 hexadecimal digits of a hash of the key, to recognise it without showing it. */
char *seal_fingerprint(Arena *arena, const SealKey *key);

#endif
