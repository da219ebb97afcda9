/*
 * The only way to write SQL. Words are literals of the program (a variable does not compile),
 * names are quoted, values are bound. What goes wrong on the way (a name that is too long, a text
 * that grows too large) is kept and told once by sql_done.
 *
 *     Sql sql = { .arena = arena, .dialect = &dialect };
 *
 *     sql_words(&sql, "select * from ");
 *     sql_table(&sql, schema, name);
 *     sql_words(&sql, " where id = ");
 *     sql_bind(&sql, VALUE_OF_INT(id));
 *     if (!sql_done(&sql, err)) return false;
 */
#ifndef SQL_SQL_H
#define SQL_SQL_H

#include "base/error.h"
#include "base/str.h"
#include "sql/dialect.h"
#include "sql/value.h"

typedef struct Sql
{
    Arena *arena;
    const Dialect *dialect;
    Buf text;
    Value *values;
    size_t value_count;
    size_t value_size;
    const char *failure; /* NULL while all is well */
} Sql;

#define sql_words(sql, literal) sql_append_literal(sql, "" literal "")

void sql_append_literal(Sql *sql, const char *literal); /* use sql_words */
void sql_ident(Sql *sql, const char *name);
/* "schema"."name", or "name" when the schema is NULL or empty. */
void sql_table(Sql *sql, const char *schema, const char *name);
/* A placeholder; the value is kept, its text is not copied. */
void sql_bind(Sql *sql, Value value);
/* Digits in the text, where a bound value is not allowed. */
void sql_int(Sql *sql, int64_t value);
/* A quoted constant in the text, for the few statements that take no bound value. */
void sql_quoted(Sql *sql, const char *text);
/* The same without the quotes around it, for a text that stands in quotes already. */
void sql_inside_quotes(Sql *sql, const char *text);
/* A number in the text; what is not finite is null. */
void sql_double(Sql *sql, double value);
/* SQL that a person wrote: the text of a native question, and nothing else. */
void sql_native(Sql *sql, Str text);
/* ERR_INVALID or ERR_TOO_LARGE when something did not go in. */
bool sql_done(const Sql *sql, Error *err);
const char *sql_cstr(const Sql *sql);

#endif
