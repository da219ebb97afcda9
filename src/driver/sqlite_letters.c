/* Capital and small letters beyond ASCII, which SQLite's own upper() and lower() leave alone. */
#include "driver/sqlite_functions.h"

#include "base/str.h"

#include <locale.h>
#include <string.h>
#include <wctype.h>

enum
{
    LONGEST_LETTER = 4 /* bytes */
};

/* The letter at `text`, and how many bytes it takes; what is no UTF-8 counts as bytes of their own
 * and is 0. */
static wint_t
read_letter(const unsigned char *text, size_t left, size_t *len)
{
    static const unsigned char first_bits[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    wint_t letter;

    *len = text[0] < 0x80 ? 1 : text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : text[0] >= 0xC0 ? 2 : 0;
    if (*len == 0 || *len > left)
    {
        *len = 1;
        return 0;
    }
    letter = text[0] & first_bits[*len];
    for (size_t i = 1; i < *len; i++)
    {
        if ((text[i] & 0xC0) != 0x80)
        {
            *len = 1;
            return 0;
        }
        letter = letter << 6 | (text[i] & 0x3F);
    }
    return letter;
}

static void
change(sqlite3_context *context, sqlite3_value *value, wint_t (*changed)(wint_t, locale_t))
{
    locale_t locale = sqlite3_user_data(context);
    const unsigned char *text = sqlite3_value_text(value);
    size_t left = (size_t) sqlite3_value_bytes(value);
    char *out, *end;

    if (sqlite3_value_type(value) == SQLITE_NULL)
        return;
    out = end = sqlite3_malloc64(left * LONGEST_LETTER + 1);
    if (out == NULL)
    {
        sqlite3_result_error_nomem(context);
        return;
    }
    while (left > 0)
    {
        size_t len;
        wint_t letter = read_letter(text, left, &len);

        if (letter == 0)
            *end++ = (char) text[0];
        else
            end = str_put_letter(end, changed(letter, locale));
        text += len;
        left -= len;
    }
    sqlite3_result_text64(context, out, (sqlite3_uint64) (end - out), sqlite3_free, SQLITE_UTF8);
}

static void
upper(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void) count;
    change(context, values[0], towupper_l);
}

static void
lower(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void) count;
    change(context, values[0], towlower_l);
}

static void
forget(void *locale)
{
    freelocale(locale);
}

static bool
add(sqlite3 *db, const char *name, void (*run)(sqlite3_context *, int, sqlite3_value **))
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);

    if (locale == (locale_t) 0)
        return false;
    return sqlite3_create_function_v2(db, name, 1,
                                      SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, locale,
                                      run, NULL, NULL, forget) == SQLITE_OK;
}

bool
sqlite_letters_add(sqlite3 *db)
{
    return add(db, "vigie_upper", upper) && add(db, "vigie_lower", lower);
}
