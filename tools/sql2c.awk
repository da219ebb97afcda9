# sql2c.awk - turn named statements ("-- name: card_find") into C strings: sql_card_find.
function finish() { if (name != "") { sub(/[ \t]*;?[ \t]*$/, "", last); line(last); print "    ;" } }
function line(text) { if (text == "") return; gsub(/\\/, "&&", text); gsub(/"/, "\\\\&", text); print "    \"" text "\\n\"" }
BEGIN                 { print "/* Generated from *.sql by tools/sql2c.awk. Edit those. */" }
/^-- name: [a-z0-9_]+$/ { finish(); name = $3; last = ""; print "\nextern const char sql_" name "[];\nconst char sql_" name "[] ="; next }
/^--/ || /^[ \t]*$/   { next }
                      { line(last); last = $0 }
END                   { finish() }
