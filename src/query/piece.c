/* Writes slots of the dialect: text with arguments, each written wherever the text names it. */
#include "query/emit.h"

#include "query/type.h"

#include <string.h>

static Piece *
piece_new(Emitter *x)
{
    return ARENA_NEW(x->c->arena, Piece);
}

const Piece *
piece_node(Emitter *x, const Node *node)
{
    Piece *piece = piece_new(x);

    piece->kind = PIECE_NODE;
    piece->node = node;
    return piece;
}

const Piece *
piece_raw(Emitter *x, const Node *node)
{
    Piece *piece = piece_new(x);

    piece->kind = PIECE_RAW;
    piece->node = node;
    return piece;
}

const Piece *
piece_value(Emitter *x, Value value)
{
    Piece *piece = piece_new(x);

    piece->kind = PIECE_VALUE;
    piece->value = value;
    return piece;
}

const Piece *
piece_int(Emitter *x, int64_t number)
{
    return piece_value(x, VALUE_OF_INT(number));
}

const Piece *
piece_slot(Emitter *x, DialectSlot slot, Unit unit, const Piece *a, const Piece *b, const Piece *e)
{
    Piece *piece = piece_new(x);

    piece->kind = PIECE_SLOT;
    piece->slot = slot;
    piece->unit = unit;
    piece->args[0] = a;
    piece->args[1] = b;
    piece->args[2] = e;
    return piece;
}

static void
emit_plain_value(Emitter *x, Value value)
{
    switch (value.kind)
    {
        case VALUE_INT:
            sql_int(x->sql, value.integer);
            break;
        case VALUE_DOUBLE:
            sql_double(x->sql, value.number);
            break;
        default:
            sql_bind(x->sql, value);
            break;
    }
}

/* In SQL templates a column has no source: it is that of its table, or what the tag says. */
static void
emit_column(Emitter *x, const Node *node)
{
    const CatalogTable *table;

    if (node->source != NULL)
        sql_ident(x->sql, node->source->alias);
    else if (node->name != NULL)
    {
        sql_native(x->sql, str_of(node->name));
        return;
    }
    else
    {
        table = catalog_table(x->c->catalog, node->column->field->table_id);
        sql_table(x->sql, table->schema, table->name);
    }
    sql_words(x->sql, ".");
    sql_ident(x->sql, node->column->alias);
}

bool
emit_piece(Emitter *x, const Piece *piece, Error *err)
{
    switch (piece->kind)
    {
        case PIECE_NODE:
            return emit_operand(x, piece->node, err);
        case PIECE_RAW:
            return emit_raw(x, piece->node, err);
        case PIECE_COLUMN:
            emit_column(x, piece->node);
            return true;
        case PIECE_SLOT:
            return emit_slot(x, NULL, piece->slot, piece->unit, piece->args[0], piece->args[1],
                             piece->args[2], err);
        default:
            emit_plain_value(x, piece->value);
            return true;
    }
}

/* Words of the slot up to the next mark, in pieces that fit a small buffer. */
static void
emit_literal(Sql *sql, const char *text, size_t len)
{
    char part[128];

    while (len > 0)
    {
        size_t size = len < sizeof(part) - 1 ? len : sizeof(part) - 1;

        memcpy(part, text, size);
        part[size] = '\0';
        sql_append_literal(sql, part);
        text += size;
        len -= size;
    }
}

static bool
emit_mark(Emitter *x, char mark, Unit unit, const Piece *const args[3], Error *err)
{
    switch (mark)
    {
        case '1':
        case '2':
        case '3':
            return emit_piece(x, args[mark - '1'], err);
        case 'u':
            sql_append_literal(x->sql, unit_rows[unit].name);
            return true;
        case 'z':
            sql_quoted(x->sql, zone_name(x->c->zone));
            return true;
        case 'w':
            sql_int(x->sql, x->c->options.week_start);
            return true;
        case 's':
            sql_int(x->sql, (8 - x->c->options.week_start) % 7);
            return true;
        default:
            sql_words(x->sql, "%");
            return true;
    }
}

bool
emit_slot(Emitter *x, const Path *path, DialectSlot slot, Unit unit, const Piece *a, const Piece *b,
          const Piece *e, Error *err)
{
    const Piece *const args[3] = { a, b, e };
    const char *text = dialect_slot(x->c->dialect, slot);
    const char *at;

    if (text[0] == '\0')
        return node_error(x->c, path, "%s cannot do this", x->c->dialect->name);
    while ((at = strchr(text, '%')) != NULL)
    {
        emit_literal(x->sql, text, (size_t) (at - text));
        if (!emit_mark(x, at[1], unit, args, err))
            return false;
        text = at + 2;
    }
    emit_literal(x->sql, text, strlen(text));
    return true;
}

static DialectSlot
extract_slot(Unit unit)
{
    static const DialectSlot slots[UNIT_COUNT] = {
        [UNIT_SECOND_OF_MINUTE] = SLOT_EXTRACT_SECOND,
        [UNIT_MINUTE_OF_HOUR] = SLOT_EXTRACT_MINUTE,
        [UNIT_HOUR_OF_DAY] = SLOT_EXTRACT_HOUR,
        [UNIT_DAY_OF_WEEK] = SLOT_EXTRACT_WEEKDAY,
        [UNIT_DAY_OF_WEEK_ISO] = SLOT_EXTRACT_WEEKDAY_ISO,
        [UNIT_DAY_OF_MONTH] = SLOT_EXTRACT_DAY,
        [UNIT_DAY_OF_YEAR] = SLOT_EXTRACT_YEARDAY,
        [UNIT_WEEK_OF_YEAR] = SLOT_EXTRACT_WEEK,
        [UNIT_WEEK_ISO] = SLOT_EXTRACT_WEEK_ISO,
        [UNIT_WEEK_US] = SLOT_EXTRACT_WEEK_US,
        [UNIT_WEEK_INSTANCE] = SLOT_EXTRACT_WEEK_OF,
        [UNIT_MONTH_OF_YEAR] = SLOT_EXTRACT_MONTH,
        [UNIT_QUARTER_OF_YEAR] = SLOT_EXTRACT_QUARTER,
        [UNIT_YEAR_OF_ERA] = SLOT_EXTRACT_YEAR,
    };

    return slots[unit];
}

/* The bucket of a moment that is no bare date or time of day. */
static const Piece *
piece_trunc(Emitter *x, const Piece *piece, Unit unit)
{
    static const DialectSlot own[UNIT_COUNT] = {
        [UNIT_MILLISECOND] = SLOT_TRUNC_MILLISECOND,
        [UNIT_SECOND] = SLOT_TRUNC_SECOND,
        [UNIT_MINUTE] = SLOT_TRUNC_MINUTE,
        [UNIT_HOUR] = SLOT_TRUNC_HOUR,
        [UNIT_DAY] = SLOT_TRUNC_DAY,
        [UNIT_WEEK] = SLOT_TRUNC_WEEK,
        [UNIT_MONTH] = SLOT_TRUNC_MONTH,
        [UNIT_QUARTER] = SLOT_TRUNC_QUARTER,
        [UNIT_YEAR] = SLOT_TRUNC_YEAR,
    };
    bool given = dialect_slot(x->c->dialect, own[unit])[0] != '\0';

    return piece_slot(x, given ? own[unit] : SLOT_TRUNC, unit, piece, NULL, NULL);
}

/* Databases that have a text for each unit need none for dates. */
static const Piece *
piece_trunc_date(Emitter *x, const Piece *piece, Unit unit)
{
    if (unit == UNIT_WEEK)
        return piece_slot(x, SLOT_TRUNC_DATE_WEEK, unit, piece, NULL, NULL);
    if (dialect_slot(x->c->dialect, SLOT_TRUNC_DAY)[0] == '\0')
        return piece_slot(x, SLOT_TRUNC_DATE, unit, piece, NULL, NULL);
    piece = piece_slot(x, SLOT_DATE_TO_DATETIME, UNIT_NONE, piece, NULL, NULL);
    return piece_slot(x, SLOT_MOMENT_TO_DATE, UNIT_NONE, piece_trunc(x, piece, unit), NULL, NULL);
}

const Piece *
piece_unit(Emitter *x, const Piece *piece, BaseType type, Unit unit)
{
    TypeClass class = type_class(type);

    if (unit == UNIT_NONE || unit == UNIT_DEFAULT)
        return piece;
    if (class == CLASS_TEXT)
        piece = piece_slot(x, SLOT_TEXT_TO_DATETIME, UNIT_NONE, piece, NULL, NULL);
    if (class == CLASS_INSTANT)
        piece = piece_slot(x, SLOT_LOCAL, UNIT_NONE, piece, NULL, NULL);
    if (unit_is_extraction(unit))
        return piece_slot(x, extract_slot(unit), unit, piece, NULL, NULL);
    if (class == CLASS_TIME)
        return piece_slot(x, SLOT_TRUNC_TIME, unit, piece, NULL, NULL);
    if (class == CLASS_DATE)
        return piece_trunc_date(x, piece, unit);
    piece = piece_trunc(x, piece, unit);
    return class == CLASS_INSTANT || unit < UNIT_DAY
               ? piece
               : piece_slot(x, SLOT_WALL, UNIT_NONE, piece, NULL, NULL);
}
