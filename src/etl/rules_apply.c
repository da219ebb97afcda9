/*
 * What masks write for one value, in this process. Fields are in COPY's binary form: a length in
 * four bytes, then the value in network order. Texts of the seed tool are the same byte for byte.
 */
#include "etl/fake.h"
#include "etl/rules_private.h"

#include <endian.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum
{
    HASH_LETTERS = 32
};

/* ------------------------------------------------------------------------------------- writing */

static void
put_int32(Buf *out, int32_t number)
{
    uint32_t bytes = htobe32((uint32_t) number);

    buf_add(out, (const char *) &bytes, sizeof(bytes));
}

static void
put_null(Buf *out)
{
    put_int32(out, -1);
}

static void
put_field(Buf *out, const void *bytes, size_t len)
{
    put_int32(out, (int32_t) len);
    buf_add(out, bytes, len);
}

/* A flag that was selected and is false: blank. */
static bool
is_blank(const MaskCall *call)
{
    return call->value.ptr != NULL && (call->value.len != 1 || call->value.ptr[0] == 0);
}

static void
put_around(const MaskCall *call, Buf *out, Str before, Str after)
{
    if (is_blank(call))
    {
        put_null(out);
        return;
    }
    put_int32(out, (int32_t) (before.len + call->ident.len + after.len));
    buf_str(out, before);
    buf_str(out, call->ident);
    buf_str(out, after);
}

void
apply_placeholder(const MaskCall *call, Buf *out)
{
    put_around(call, out, STR("[valeur unique anonymisée "), STR("]"));
}

void
apply_placeholder_email(const MaskCall *call, Buf *out)
{
    put_around(call, out, STR("email_anonymise_"), STR("@exemple.fr"));
}

/* An array of one element; the number of the element's type is part of the form. */
void
apply_placeholder_list(const MaskCall *call, Buf *out)
{
    static const Str only = { "valeur anonymisée", sizeof("valeur anonymisée") - 1 };
    int32_t element = 25;

    if (is_blank(call))
    {
        put_null(out);
        return;
    }
    if (strcmp(call->column->type.name, "_varchar") == 0)
        element = 1043;
    if (strcmp(call->column->type.name, "_bpchar") == 0)
        element = 1042;
    put_int32(out, (int32_t) (6 * sizeof(int32_t) + only.len));
    put_int32(out, 1); /* dimensions */
    put_int32(out, 0); /* no nulls */
    put_int32(out, element);
    put_int32(out, 1); /* elements */
    put_int32(out, 1); /* the first has number 1 */
    put_field(out, only.ptr, only.len);
}

void
apply_empty_json(const MaskCall *call, Buf *out)
{
    (void) call;
    put_field(out, "\1{}", 3);
}

/* ------------------------------------------------------------------------------- keyed results */

/* The purpose keeps results of different masks apart; the form of numbers does not matter. */
static void
digest(const MaskCall *call, const char *purpose, Str value, uint8_t bytes[SHA256_BYTES])
{
    char data[512];
    size_t len = (size_t) snprintf(data, sizeof(data), "%s:", purpose);

    if (value.len > sizeof(data) - len)
    {
        uint8_t inner[SHA256_BYTES];

        hash_with_key(call->key, value, inner);
        memcpy(data + len, inner, sizeof(inner));
        len += sizeof(inner);
    }
    else
    {
        memcpy(data + len, value.ptr, value.len);
        len += value.len;
    }
    hash_with_key(call->key, (Str){ data, len }, bytes);
}

static uint64_t
digest_number(const MaskCall *call, const char *purpose, Str value)
{
    uint8_t bytes[SHA256_BYTES];
    uint64_t number;

    digest(call, purpose, value, bytes);
    memcpy(&number, bytes, sizeof(number));
    return be64toh(number);
}

static int64_t
read_integer(Str value)
{
    uint64_t number = 0;

    for (size_t i = 0; i < value.len && i < sizeof(number); i++)
        number = number << 8 | (uint8_t) value.ptr[i];
    if (value.len == 2)
        return (int16_t) number;
    return value.len == 4 ? (int64_t) (int32_t) number : (int64_t) number;
}

static void
put_hex(Buf *out, const uint8_t *bytes, size_t letters)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < letters; i++)
    {
        uint8_t byte = bytes[i / 2];

        buf_char(out, digits[i % 2 == 0 ? byte >> 4 : byte & 15]);
    }
}

/* Numbers are hashed by their digits, so that a number and its text agree across tables. */
void
apply_hash(const MaskCall *call, Buf *out)
{
    uint8_t bytes[SHA256_BYTES];
    char digits[32];
    Str value = call->value;
    size_t letters = call->use->args.length == 0 ? HASH_LETTERS : (size_t) call->use->args.length;

    if (call->column->family == FAMILY_INTEGER)
        value = (Str){ digits, (size_t) snprintf(digits, sizeof(digits), "%lld",
                                                 (long long) read_integer(call->value)) };
    digest(call, "hash", value, bytes);
    if (call->column->family == FAMILY_TEXT)
    {
        put_int32(out, (int32_t) letters);
        put_hex(out, bytes, letters);
        return;
    }
    bytes[0] &= 0x7F; /* numbers stay positive */
    put_field(out, bytes, call->column->family == FAMILY_UUID ? 16 : 8);
}

static const char *
pick(const MaskCall *call, const char *purpose, const char *const *list, size_t count)
{
    return list[digest_number(call, purpose, call->value) % count];
}

void
apply_first_name(const MaskCall *call, Buf *out)
{
    Str name = str_of(pick(call, "first_name", fake_first_names, fake_first_name_count));

    put_field(out, name.ptr, name.len);
}

void
apply_last_name(const MaskCall *call, Buf *out)
{
    Str name = str_of(pick(call, "last_name", fake_last_names, fake_last_name_count));

    put_field(out, name.ptr, name.len);
}

void
apply_full_name(const MaskCall *call, Buf *out)
{
    char text[128];
    int len = snprintf(text, sizeof(text), "%s %s",
                       pick(call, "first_name", fake_first_names, fake_first_name_count),
                       pick(call, "last_name", fake_last_names, fake_last_name_count));

    put_field(out, text, (size_t) len);
}

void
apply_city(const MaskCall *call, Buf *out)
{
    Str name = str_of(pick(call, "city", fake_cities, fake_city_count));

    put_field(out, name.ptr, name.len);
}

/* A quarter of a digest keeps different addresses different. */
void
apply_email(const MaskCall *call, Buf *out)
{
    uint64_t number = digest_number(call, "email", call->value);
    char text[160];
    int len =
        snprintf(text, sizeof(text), "personne.%016llx@exemple.fr", (unsigned long long) number);

    put_field(out, text, (size_t) len);
}

/* The numbers that the regulator keeps for films and plays: 06 39 98 00 00 to 06 39 98 99 99. */
void
apply_phone(const MaskCall *call, Buf *out)
{
    char text[32];
    int len = snprintf(text, sizeof(text), "063998%04u",
                       (unsigned) (digest_number(call, "phone", call->value) % 10000));

    put_field(out, text, (size_t) len);
}

/* -------------------------------------------------------------------------- dates and numbers */

void
apply_date_shift(const MaskCall *call, Buf *out)
{
    int64_t days = call->use->args.days;
    int64_t drawn =
        (int64_t) (digest_number(call, "date_shift", call->ident) % (uint64_t) (2 * days));
    int64_t shift = drawn < days ? drawn - days : drawn - days + 1;
    int64_t value = read_integer(call->value);

    if (call->column->family == FAMILY_DATE)
    {
        bool finite = value != INT32_MIN && value != INT32_MAX;
        uint32_t bytes = htobe32((uint32_t) (int32_t) (finite ? value + shift : value));

        put_field(out, &bytes, sizeof(bytes));
        return;
    }
    if (value != INT64_MIN && value != INT64_MAX)
        value += shift * DAY_US;
    value = (int64_t) htobe64((uint64_t) value);
    put_field(out, &value, sizeof(value));
}

/* The binary form of numeric: groups of four decimal digits. */
static void
put_numeric(Buf *out, double number, int64_t scale)
{
    char text[400];
    uint16_t groups[120];
    size_t count = 0, whole, len;
    bool negative = number < 0;
    int fraction = (int) (scale < 0 ? 0 : scale);

    len =
        (size_t) snprintf(text, sizeof(text), "%.*f", fraction > 20 ? 20 : fraction, fabs(number));
    whole = strcspn(text, ".");
    for (size_t at = 0, left = whole; at < whole; left = whole - at)
    {
        size_t take = left % 4 == 0 ? 4 : left % 4;

        groups[count] = 0;
        for (size_t i = 0; i < take; i++)
            groups[count] = (uint16_t) (groups[count] * 10 + (text[at + i] - '0'));
        count++;
        at += take;
    }
    for (size_t at = whole + 1; at < len; at += 4)
    {
        groups[count] = 0;
        for (size_t i = 0; i < 4; i++)
            groups[count] =
                (uint16_t) (groups[count] * 10 + (at + i < len ? text[at + i] - '0' : 0));
        count++;
    }
    put_int32(out, (int32_t) (8 + 2 * count));
    put_int32(out, (int32_t) ((uint32_t) count << 16 | (uint32_t) ((whole + 3) / 4 - 1)));
    put_int32(out, (int32_t) ((negative ? 0x40000000U : 0U) |
                              (uint32_t) (fraction > 20 ? 20 : fraction)));
    for (size_t i = 0; i < count; i++)
    {
        uint16_t group = htobe16(groups[i]);

        buf_add(out, (const char *) &group, sizeof(group));
    }
}

/* Between -1 and 1, of this row. */
static double
draw(const MaskCall *call)
{
    uint64_t drawn = digest_number(call, call->column->name, call->ident) >> 11;

    return (double) drawn / (double) (INT64_C(1) << 52) - 1.0;
}

static double
read_double(Str value)
{
    double number;
    uint64_t bits;
    uint32_t half;
    float small;

    if (value.len == sizeof(small))
    {
        memcpy(&half, value.ptr, sizeof(half));
        half = be32toh(half);
        memcpy(&small, &half, sizeof(small));
        return small;
    }
    memcpy(&bits, value.ptr, sizeof(bits));
    bits = be64toh(bits);
    memcpy(&number, &bits, sizeof(number));
    return number;
}

static void
put_double(Buf *out, double number, size_t size)
{
    float small = (float) number;
    uint32_t half;
    uint64_t bits;

    if (size == sizeof(small))
    {
        memcpy(&half, &small, sizeof(half));
        half = htobe32(half);
        put_field(out, &half, sizeof(half));
        return;
    }
    memcpy(&bits, &number, sizeof(bits));
    bits = htobe64(bits);
    put_field(out, &bits, sizeof(bits));
}

static void
put_integer(Buf *out, int64_t number, size_t size)
{
    int64_t most = size == 2 ? INT16_MAX : size == 4 ? INT32_MAX : INT64_MAX;
    uint64_t bytes;

    number = number > most ? most : number;
    number = number < -most ? -most : number;
    bytes = htobe64((uint64_t) number);
    put_field(out, (const char *) &bytes + sizeof(bytes) - size, size);
}

void
apply_noise(const MaskCall *call, Buf *out)
{
    double factor = 1.0 + draw(call) * (double) call->use->args.percent / 100.0;
    double number;

    if (call->column->family == FAMILY_INTEGER)
    {
        double noisy = round((double) read_integer(call->value) * factor);

        put_integer(out, fabs(noisy) < 9e18 ? (int64_t) noisy : read_integer(call->value),
                    call->value.len);
        return;
    }
    number = read_double(call->value) * factor;
    if (call->column->family == FAMILY_FLOAT)
        put_double(out, number, call->value.len);
    else if (!isfinite(number) || fabs(number) > 1e30)
        put_null(out);
    else
        put_numeric(out, number,
                    call->column->type.arg_count == 2 ? call->column->type.args[1] : 2);
}
