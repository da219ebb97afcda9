/* Words of names, by tables: the first row that fits wins. */
#include "sync/personal.h"

#include "sync/guess.h"

#include <string.h>

typedef enum Kind
{
    NAME,
    EMAIL,
    PHONE,
    ADDRESS,
    BIRTH,
    NUMBER,
    BANK,
    LOGIN,
    DEVICE,
    SENSITIVE,
    PLACE,
    FREE_TEXT
} Kind;

static const PersonalKind kinds[] = {
    [NAME] = { "name", "the name of a person", "le nom d’une personne" },
    [EMAIL] = { "email", "an e-mail address", "une adresse de courriel" },
    [PHONE] = { "phone", "a telephone number", "un numéro de téléphone" },
    [ADDRESS] = { "address", "a postal address", "une adresse postale" },
    [BIRTH] = { "birth", "a date or place of birth", "une date ou un lieu de naissance" },
    [NUMBER] = { "identity-number", "a number that stands for a person",
                 "un numéro qui désigne une personne" },
    [BANK] = { "bank", "bank details", "des coordonnées bancaires" },
    [LOGIN] = { "login", "an account or its password", "un compte ou son mot de passe" },
    [DEVICE] = { "device", "the address of a device", "l’adresse d’un appareil" },
    [SENSITIVE] = { "sensitive", "something private about a person",
                    "un renseignement intime sur une personne" },
    [PLACE] = { "place", "where a person is", "l’endroit où se trouve une personne" },
    [FREE_TEXT] = { "free-text", "free text, which may name people",
                    "du texte libre, qui peut nommer des personnes" },
};

/* Of lower case, without accents, words apart: "_date_de_naissance_". */
static const struct
{
    const char *words;
    Kind kind;
} words[] = {
    { "_email_", EMAIL },
    { "_e_mail_", EMAIL },
    { "_mail_", EMAIL },
    { "_courriel_", EMAIL },
    { "_telephone_", PHONE },
    { "_tel_", PHONE },
    { "_phone_", PHONE },
    { "_mobile_", PHONE },
    { "_portable_", PHONE },
    { "_fax_", PHONE },
    { "_naissance_", BIRTH },
    { "_birth_", BIRTH },
    { "_birthday_", BIRTH },
    { "_birthdate_", BIRTH },
    { "_birthplace_", BIRTH },
    { "_dob_", BIRTH },
    { "_nir_", NUMBER },
    { "_nia_", NUMBER },
    { "_ine_", NUMBER },
    { "_secu_", NUMBER },
    { "_securite_sociale_", NUMBER },
    { "_social_security_", NUMBER },
    { "_ssn_", NUMBER },
    { "_passport_", NUMBER },
    { "_passeport_", NUMBER },
    { "_matricule_", NUMBER },
    { "_numero_fiscal_", NUMBER },
    { "_spi_", NUMBER },
    { "_iban_", BANK },
    { "_bic_", BANK },
    { "_rib_", BANK },
    { "_card_number_", BANK },
    { "_carte_bancaire_", BANK },
    { "_password_", LOGIN },
    { "_mot_de_passe_", LOGIN },
    { "_mdp_", LOGIN },
    { "_login_", LOGIN },
    { "_username_", LOGIN },
    { "_user_name_", LOGIN },
    { "_ip_", DEVICE },
    { "_ip_address_", DEVICE },
    { "_adresse_ip_", DEVICE },
    { "_mac_address_", DEVICE },
    { "_user_agent_", DEVICE },
    { "_adresse_", ADDRESS },
    { "_address_", ADDRESS },
    { "_street_", ADDRESS },
    { "_rue_", ADDRESS },
    { "_voie_", ADDRESS },
    { "_prenom_", NAME },
    { "_prenoms_", NAME },
    { "_patronyme_", NAME },
    { "_nom_famille_", NAME },
    { "_nom_de_famille_", NAME },
    { "_nom_usage_", NAME },
    { "_nom_complet_", NAME },
    { "_nom_prenom_", NAME },
    { "_nom_jeune_fille_", NAME },
    { "_first_name_", NAME },
    { "_firstname_", NAME },
    { "_last_name_", NAME },
    { "_lastname_", NAME },
    { "_middle_name_", NAME },
    { "_maiden_name_", NAME },
    { "_full_name_", NAME },
    { "_fullname_", NAME },
    { "_surname_", NAME },
    { "_given_name_", NAME },
    { "_sexe_", SENSITIVE },
    { "_genre_", SENSITIVE },
    { "_gender_", SENSITIVE },
    { "_nationalite_", SENSITIVE },
    { "_nationality_", SENSITIVE },
    { "_religion_", SENSITIVE },
    { "_ethnicity_", SENSITIVE },
    { "_handicap_", SENSITIVE },
    { "_disability_", SENSITIVE },
    { "_diagnostic_", SENSITIVE },
    { "_diagnosis_", SENSITIVE },
    { "_pathologie_", SENSITIVE },
    { "_grossesse_", SENSITIVE },
    { "_commentaire_", FREE_TEXT },
    { "_commentaires_", FREE_TEXT },
    { "_comment_", FREE_TEXT },
    { "_comments_", FREE_TEXT },
    { "_observation_", FREE_TEXT },
    { "_observations_", FREE_TEXT },
    { "_remarque_", FREE_TEXT },
    { "_remarques_", FREE_TEXT },
    { "_message_", FREE_TEXT },
};

/* Too common in other names to count inside of one. */
static const char *const whole_names[] = { "_nom_",       "_nom_naissance_", "_nom_client_",
                                           "_nom_agent_", "_nom_patient_",   "_nom_usager_" };

static const struct
{
    const char *type;
    Kind kind;
    bool of_people; /* only in a table of people */
} types[] = {
    { "type/Email", EMAIL, false },       { "type/Birthdate", BIRTH, false },
    { "type/Comment", FREE_TEXT, false }, { "type/Name", NAME, true },
    { "type/Latitude", PLACE, true },     { "type/Longitude", PLACE, true },
};

/* "DateDeNaissance", "date de naissance": "_date_de_naissance_". */
static const char *
words_of(Arena *arena, const char *name)
{
    char *text = str_fold(arena, str_of(guess_display_name(arena, name)));

    for (char *at = text; *at != '\0'; at++)
        if (!((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9')))
            *at = '_';
    return arena_format(arena, "_%s_", text);
}

static const PersonalKind *
by_name(Arena *arena, const char *name)
{
    const char *text = words_of(arena, name);

    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strstr(text, words[i].words) != NULL)
            return &kinds[words[i].kind];
    for (size_t i = 0; i < COUNT_OF(whole_names); i++)
        if (strcmp(text, whole_names[i]) == 0)
            return &kinds[NAME];
    return NULL;
}

static const PersonalKind *
by_type(const PersonalHint *hint)
{
    bool people = hint->entity_type != NULL && strcmp(hint->entity_type, "entity/UserTable") == 0;

    for (size_t i = 0; hint->semantic_type != NULL && i < COUNT_OF(types); i++)
        if (strcmp(types[i].type, hint->semantic_type) == 0 && (people || !types[i].of_people))
            return &kinds[types[i].kind];
    return NULL;
}

const PersonalKind *
personal_guess(Arena *arena, const PersonalHint *hint)
{
    static const double MANY = 0.2; /* of the values seen */
    const Json *seen = json_path(hint->fingerprint, "type", "type/Text", NULL);
    const PersonalKind *kind = by_name(arena, hint->name);

    if (kind == NULL)
        kind = by_type(hint);
    if (kind == NULL && json_double_or(json_get(seen, "percent-email"), 0) > MANY)
        return &kinds[EMAIL];
    return kind;
}
