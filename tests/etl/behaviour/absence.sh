# The proof of absence: it finds what rules left open, and says where without the value.

cat >"$work/absence.sql" <<'SQL'
create table people (id serial primary key, phone text, notes text, born date, city text);
-- Numbers of the range that the mask draws from: some results are values of the source.
insert into people (phone, notes, born, city)
select '063998' || to_char(i, 'FM0000'), 'Note ' || i, date '1980-01-01' + i, 'Ville ' || i from generate_series(0, 4999) i;
SQL
printf 'tables:\n  - {table_name: people, non_anonymized_column_names: [born, city], masks: {phone: phone, notes: drop}}\n' >"$work/absence.yml"
fresh "$work/absence.sql"
export CONFIG_PATH="$work/absence.yml"
etl run --app demo
is 'absence: a masked value in its own column fails the run' 70 $?
grep -q 'people.phone holds a value that was to be masked' "$work/err" && ok || not_ok 'absence: the column is named' "$work/err"
cat "$work/out" "$work/err" | grep -q '063998[0-9]' && not_ok 'absence: the value is not shown' "$work/err" || ok
is 'absence: nothing is served' f "$(admin "$target" -c "select to_regclass('demo.people') is not null")"
is 'absence: nor kept in the history' f "$(admin "$target" -c "select bool_or(r::text ~ '063998[0-9]') from vigie_etl.run r")"
steady absence

printf 'tables:\n  - {table_name: people, non_anonymized_column_names: [phone], masks: {notes: {mask: first, first: 50}, born: {mask: date_trunc, unit: month}, city: {mask: first, first: 1}}}\n' >"$work/absence.yml"
etl run --app demo --report "$work/report.json"
is 'absence: a mask that does nothing is a warning' 0 $?
grep -q 'look at: the mask first of people.notes leaves 1000 of 1000 sampled values as they are' "$work/out" && ok || not_ok 'absence: it is told' "$work/out"
is 'absence: masks that do something are not' 1 "$(grep -c '^look at' "$work/out")"
is 'absence: and it is in the report' 'notes first 1000' \
    "$(node -e 'for (const it of JSON.parse(require("fs").readFileSync(process.argv[1])).proof.left_as_they_were) console.log(it.column, it.mask, it.same)' "$work/report.json")"

# Samples come from every partition, not only from the first.
cat >"$work/absence.sql" <<'SQL'
create table calls (id int, phone text, note text) partition by range (id);
create table calls_empty partition of calls for values from (0) to (10);
create table calls_full partition of calls for values from (10) to (100);
insert into calls values (11, '0601020304', 'called 0601020304'), (12, '0605060708', '0601020304');
SQL
printf 'tables:\n  - {table_name: calls, non_anonymized_column_names: [id, note], masks: {phone: "null"}}\n' >"$work/absence.yml"
fresh "$work/absence.sql"
etl run --app demo
is 'absence: partitions: exit status' 0 $?
grep -q 'look at: calls.note is kept, and 1 of its values are masked' "$work/out" && ok || not_ok 'absence: values of a later partition are looked for' "$work/out"
export CONFIG_PATH="$work/rules.yml"
