/* Checks RS256 and ES256 with OpenSSL. */
#include "base/signature.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

enum
{
    RSA_BITS = 2048,
    MAX_RSA_BYTES = 1024,
    P256_BYTES = 32,
    MAX_DER_BYTES = 80
};

static EVP_PKEY *
key_from(const char *type, OSSL_PARAM_BLD *builder)
{
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    EVP_PKEY *key = NULL;

    if (ctx == NULL || params == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
        EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
        key = NULL;
    EVP_PKEY_CTX_free(ctx);
    OSSL_PARAM_free(params);
    return key;
}

/* Takes the key over. */
static bool
verify(EVP_PKEY *key, Str data, const unsigned char *signature, size_t len)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool right =
        key != NULL && ctx != NULL &&
        EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
        EVP_DigestVerify(ctx, signature, len, (const unsigned char *) data.ptr, data.len) == 1;

    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    return right;
}

bool
signature_rs256(Str modulus, Str exponent, Str data, Str signature)
{
    BIGNUM *n = BN_bin2bn((const unsigned char *) modulus.ptr, (int) modulus.len, NULL);
    BIGNUM *e = BN_bin2bn((const unsigned char *) exponent.ptr, (int) exponent.len, NULL);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    EVP_PKEY *key = NULL;

    if (modulus.len <= MAX_RSA_BYTES && exponent.len <= sizeof(uint64_t) && n != NULL &&
        e != NULL && builder != NULL && BN_num_bits(n) >= RSA_BITS &&
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e) == 1)
        key = key_from("RSA", builder);
    OSSL_PARAM_BLD_free(builder);
    BN_free(n);
    BN_free(e);
    return verify(key, data, (const unsigned char *) signature.ptr, signature.len);
}

/* r and s as the sequence that OpenSSL reads; 0 bytes when that is not possible. */
static size_t
der_of(Str signature, unsigned char *der)
{
    const unsigned char *bytes = (const unsigned char *) signature.ptr;
    ECDSA_SIG *pair = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(bytes, P256_BYTES, NULL);
    BIGNUM *s = BN_bin2bn(bytes + P256_BYTES, P256_BYTES, NULL);
    int len = 0;

    if (pair != NULL && r != NULL && s != NULL && ECDSA_SIG_set0(pair, r, s) == 1)
        len = i2d_ECDSA_SIG(pair, &der);
    ECDSA_SIG_free(pair);
    return len > 0 ? (size_t) len : 0;
}

bool
signature_es256(Str x, Str y, Str data, Str signature)
{
    unsigned char point[1 + 2 * P256_BYTES] = { 4 }, der[MAX_DER_BYTES];
    OSSL_PARAM_BLD *builder;
    EVP_PKEY *key = NULL;
    size_t len;

    if (x.len != P256_BYTES || y.len != P256_BYTES || signature.len != 2 * P256_BYTES)
        return false;
    memcpy(point + 1, x.ptr, P256_BYTES);
    memcpy(point + 1 + P256_BYTES, y.ptr, P256_BYTES);
    builder = OSSL_PARAM_BLD_new();
    if (builder != NULL &&
        OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) ==
            1 &&
        OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point)) ==
            1)
        key = key_from("EC", builder);
    OSSL_PARAM_BLD_free(builder);
    len = der_of(signature, der);
    return verify(key, data, der, len);
}
