/* Signatures that others made with a key pair. The only file that touches OpenSSL. */
#ifndef BASE_SIGNATURE_H
#define BASE_SIGNATURE_H

#include "base/base.h"
#include "base/str.h"

/* RSA with SHA-256 (RS256); modulus and exponent as big-endian bytes. Keys under 2048 bits are
 * refused. */
bool signature_rs256(Str modulus, Str exponent, Str data, Str signature);
/* ECDSA on P-256 with SHA-256 (ES256); x, y and the signature (r, s) as 32 bytes each. */
bool signature_es256(Str x, Str y, Str data, Str signature);

#endif
