# Content as files: what would be done, done, done already; what is refused, and where.
export VIGIE_DATA=data VIGIE_LOG_LEVEL=error
vigie content import nowhere
mkdir -p in/collections/main
vigie content import in
printf 'correct1horse\n' | vigie user create-admin ada@example.org
vigie content import in
cat >in/collections/main/sales.yaml <<'TEXT'
name: Sales
entity_id: AAAAAAAAAAAAAAAAAAAAA
serdes/meta:
- {id: AAAAAAAAAAAAAAAAAAAAA, model: Collection}
TEXT
cat >in/collections/main/board.yaml <<'TEXT'
name: Board
entity_id: BBBBBBBBBBBBBBBBBBBBB
collection_id: AAAAAAAAAAAAAAAAAAAAA
dashcards:
- row: 0
  col: 0
  size_x: 24
  size_y: 1
  visualization_settings: {text: Hello, virtual_card: {display: text}}
serdes/meta:
- {id: BBBBBBBBBBBBBBBBBBBBB, model: Dashboard}
TEXT
vigie content import in --dry-run
vigie content import in
vigie content import in --dry-run
vigie content export out
cat out/collections/main/sales/board.yaml
vigie content export out --collection AAAAAAAAAAAAAAAAAAAAA
vigie content export out --collection 987
sed -i 's/name: Board/name: Board of sales/; s/row: 0/row: 2/' in/collections/main/board.yaml
vigie content import in
sed -i 's/col: 0/col: 12/' in/collections/main/board.yaml
vigie content import in
sed -i 's/size_x: 24/size_x: 99/; s/row: 2/rwo: 0/' in/collections/main/board.yaml
vigie content import in
rm in/collections/main/board.yaml
vigie content import in --prune
vigie content import in --as nobody@example.org
vigie content import in --managed --dry-run
vigie content import in --managed
vigie content import in --managed --dry-run
vigie content release AAAAAAAAAAAAAAAAAAAAA
vigie content release AAAAAAAAAAAAAAAAAAAAA
vigie content release 987
