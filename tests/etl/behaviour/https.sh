# Rules from an https address: certificates, limits, redirects, errors of the server.

mkdir "$work/web"
node "$here/https.mjs" "$work/web" "$work/rules.yml" 2>"$work/web/log" &
web=$!
for _ in $(seq 100); do [ -s "$work/web/port" ] && break; sleep 0.1; done
site=https://localhost:$(cat "$work/web/port")
fresh "$work/source.sql"
# fetch PATH: a check with the rules of that address.
fetch() { etl check --app demo --config "$site/$1"; }
# refused PATH WORDS EXIT
refused() {
    fetch "$1"
    is "https: $1: exit status" "$3" $?
    grep -qi "$2" "$work/err" && ok || not_ok "https: $1: it is told" "$work/err"
}
export VIGIE_CA_FILE="$work/web/ca.pem"
(fetch_begun=$(date +%s); "$vigie" etl check --app demo --config "$site/slow" >/dev/null 2>"$work/slow.err"; echo "$? $(($(date +%s) - fetch_begun))" >"$work/slow.status") &
slow=$!
fetch rules.yml
is 'https: rules of an own authority' 0 $?
fetch moved
is 'https: a redirect is followed' 0 $?
CONFIG_PATH=$site/rules.yml etl run --app demo
is 'https: CONFIG_PATH is an address too' 0 $?
is 'https: and the copy is there' '1|1|3000' "$(served)"
refused loop 302 69
refused plain 'https to http' 69
refused missing.yml 404 69
refused page 'rules' 78
refused big 'large\|more than' 65
VIGIE_CA_FILE=$work/web/stranger.pem refused rules.yml certificate 69
VIGIE_CA_FILE=$work/web/none.pem refused rules.yml 'certificate\|CA' 69
VIGIE_CA_FILE= refused rules.yml certificate 69
VIGIE_CA_FILE= SSL_CERT_FILE=$work/web/ca.pem fetch rules.yml
is 'https: the variable of OpenSSL' 0 $?
wait $slow
is 'https: slow: exit status' 75 "$(cut -d' ' -f1 "$work/slow.status")"
[ "$(cut -d' ' -f2 "$work/slow.status")" -le 25 ] && ok || not_ok 'https: slow: given up in time' "$work/slow.status"
grep -q localhost "$work/slow.err" && ok || not_ok 'https: slow: the host is named' "$work/slow.err"
kill $web
wait $web 2>/dev/null
unset VIGIE_CA_FILE
