/* Guesses from names, by tables: the first row that fits wins. French names count too. */
#include "sync/guess.h"

#include <string.h>

typedef enum Kind
{
    ANY_KIND,
    TEXTS,
    NUMBERS,
    WHOLE,
    MOMENTS,
    DATES
} Kind;

typedef enum Place
{
    WHOLE_NAME,
    AT_END,
    AT_BEGIN,
    ANYWHERE
} Place;

static const struct
{
    const char *word; /* folded: lower case, no accents */
    Place place;
    Kind kind;
    const char *type;
} column_words[] = {
    { "id", WHOLE_NAME, ANY_KIND, "type/PK" },
    { "lat", WHOLE_NAME, NUMBERS, "type/Latitude" },
    { "latitude", AT_END, NUMBERS, "type/Latitude" },
    { "lon", WHOLE_NAME, NUMBERS, "type/Longitude" },
    { "lng", WHOLE_NAME, NUMBERS, "type/Longitude" },
    { "longitude", AT_END, NUMBERS, "type/Longitude" },
    { "email", ANYWHERE, TEXTS, "type/Email" },
    { "courriel", ANYWHERE, TEXTS, "type/Email" },
    { "avatar", AT_END, TEXTS, "type/AvatarURL" },
    { "image", AT_END, TEXTS, "type/ImageURL" },
    { "url", AT_END, TEXTS, "type/URL" },
    { "city", AT_END, TEXTS, "type/City" },
    { "ville", AT_END, TEXTS, "type/City" },
    { "commune", AT_END, TEXTS, "type/City" },
    { "state", WHOLE_NAME, TEXTS, "type/State" },
    { "region", WHOLE_NAME, TEXTS, "type/State" },
    { "country", AT_END, TEXTS, "type/Country" },
    { "pays", WHOLE_NAME, TEXTS, "type/Country" },
    { "zip", WHOLE_NAME, ANY_KIND, "type/ZipCode" },
    { "zipcode", AT_END, ANY_KIND, "type/ZipCode" },
    { "postal_code", AT_END, ANY_KIND, "type/ZipCode" },
    { "code_postal", AT_END, ANY_KIND, "type/ZipCode" },
    { "birth_date", AT_END, DATES, "type/Birthdate" },
    { "birthday", AT_END, DATES, "type/Birthdate" },
    { "date_naissance", AT_END, DATES, "type/Birthdate" },
    { "created_at", AT_END, MOMENTS, "type/CreationTimestamp" },
    { "created_on", AT_END, DATES, "type/CreationDate" },
    { "updated_at", AT_END, MOMENTS, "type/UpdatedTimestamp" },
    { "deleted_at", AT_END, MOMENTS, "type/DeletionTimestamp" },
    { "canceled_at", AT_END, MOMENTS, "type/CancelationTimestamp" },
    { "cancelled_at", AT_END, MOMENTS, "type/CancelationTimestamp" },
    { "joined_at", AT_END, MOMENTS, "type/JoinTimestamp" },
    { "discount", AT_END, NUMBERS, "type/Discount" },
    { "price", AT_END, NUMBERS, "type/Price" },
    { "prix", AT_BEGIN, NUMBERS, "type/Price" },
    { "income", AT_END, NUMBERS, "type/Income" },
    { "quantity", AT_END, WHOLE, "type/Quantity" },
    { "quantite", AT_END, WHOLE, "type/Quantity" },
    { "count", AT_END, WHOLE, "type/Quantity" },
    { "rating", AT_END, NUMBERS, "type/Score" },
    { "score", AT_END, NUMBERS, "type/Score" },
    { "duration", AT_END, NUMBERS, "type/Duration" },
    { "source", WHOLE_NAME, ANY_KIND, "type/Source" },
    { "title", WHOLE_NAME, TEXTS, "type/Title" },
    { "titre", WHOLE_NAME, TEXTS, "type/Title" },
    { "name", AT_END, TEXTS, "type/Name" },
    { "nom", WHOLE_NAME, TEXTS, "type/Name" },
    { "description", AT_END, TEXTS, "type/Description" },
    { "body", WHOLE_NAME, TEXTS, "type/Description" },
    { "comment", AT_END, TEXTS, "type/Comment" },
    { "category", AT_END, TEXTS, "type/Category" },
    { "categorie", AT_END, TEXTS, "type/Category" },
    { "type", AT_END, TEXTS, "type/Category" },
    { "status", AT_END, TEXTS, "type/Category" },
    { "statut", AT_END, TEXTS, "type/Category" },
    { "plan", WHOLE_NAME, TEXTS, "type/Category" },
    { "vendor", WHOLE_NAME, TEXTS, "type/Company" },
    { "company", AT_END, TEXTS, "type/Company" },
};

static const struct
{
    const char *word;
    const char *type;
} table_words[] = {
    { "order", "entity/TransactionTable" },
    { "invoice", "entity/TransactionTable" },
    { "payment", "entity/TransactionTable" },
    { "commande", "entity/TransactionTable" },
    { "product", "entity/ProductTable" },
    { "produit", "entity/ProductTable" },
    { "people", "entity/UserTable" },
    { "user", "entity/UserTable" },
    { "person", "entity/UserTable" },
    { "utilisateur", "entity/UserTable" },
    { "account", "entity/CompanyTable" },
    { "compan", "entity/CompanyTable" },
    { "subscription", "entity/SubscriptionTable" },
    { "event", "entity/EventTable" },
    { "evenement", "entity/EventTable" },
};

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char) c >= 0x80;
}

static char
upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
}

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
}

/* Words begin after something that is no letter, and at a capital that follows a small letter. */
char *
guess_display_name(Arena *arena, const char *name)
{
    Buf out = buf_new(arena, 4096);
    bool begin = true;

    for (size_t i = 0; name[i] != '\0'; i++)
    {
        bool small_before = i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
        bool capital = name[i] >= 'A' && name[i] <= 'Z';

        if (name[i] == '_' || name[i] == '-' || name[i] == ' ')
        {
            begin = true;
            continue;
        }
        if (capital && small_before)
            begin = true;
        if (begin && out.len > 0)
            buf_char(&out, ' ');
        if (begin && strcasecmp(name + i, "id") == 0)
        {
            buf_text(&out, "ID");
            break;
        }
        buf_char(&out, begin ? upper(name[i]) : is_letter(name[i]) ? lower(name[i]) : name[i]);
        begin = false;
    }
    return out.len == 0 ? arena_text(arena, name) : arena_text(arena, buf_cstr(&out));
}

static bool
kind_fits(BaseType type, Kind kind)
{
    switch (kind)
    {
        case ANY_KIND:
            return true;
        case TEXTS:
            return type == BASE_TEXT;
        case WHOLE:
            return type == BASE_INTEGER || type == BASE_BIG_INTEGER;
        case NUMBERS:
            return type == BASE_INTEGER || type == BASE_BIG_INTEGER || type == BASE_FLOAT ||
                   type == BASE_DECIMAL;
        case MOMENTS:
            return type == BASE_DATE_TIME || type == BASE_DATE_TIME_WITH_LOCAL_TZ ||
                   type == BASE_DATE_TIME_WITH_TZ;
        case DATES:
            return type == BASE_DATE || kind_fits(type, MOMENTS);
    }
    return false;
}

static bool
word_fits(const char *name, const char *word, Place place)
{
    switch (place)
    {
        case WHOLE_NAME:
            return strcmp(name, word) == 0;
        case AT_END:
            return str_has_suffix(str_of(name), word);
        case AT_BEGIN:
            return str_has_prefix(str_of(name), word);
        case ANYWHERE:
            return strstr(name, word) != NULL;
    }
    return false;
}

const char *
guess_semantic_type(Arena *arena, const SchemaColumn *column)
{
    const char *name = str_fold(arena, str_of(column->name));

    if (column->is_pk)
        return "type/PK";
    if (column->target_table != NULL)
        return "type/FK";
    for (size_t i = 0; i < COUNT_OF(column_words); i++)
        if (word_fits(name, column_words[i].word, column_words[i].place) &&
            kind_fits(column->base_type, column_words[i].kind))
            return column_words[i].type;
    return NULL;
}

const char *
guess_entity_type(Arena *arena, const char *table)
{
    const char *name = str_fold(arena, str_of(table));

    for (size_t i = 0; i < COUNT_OF(table_words); i++)
        if (strstr(name, table_words[i].word) != NULL)
            return table_words[i].type;
    return "entity/GenericTable";
}
