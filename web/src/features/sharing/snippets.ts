// Code that signs a frame, in the languages of those who embed it.

interface Ask {
  origin: string;
  kind: 'question' | 'dashboard';
  id: number;
  /** The names of the locked filters. */
  locked: string[];
  /** How it looks: "" or "#theme=night". */
  hash: string;
}

const keys = (locked: string[], row: (name: string) => string, separator: string) => locked.map(row).join(separator);

const python = ({ origin, kind, id, locked, hash }: Ask) => `import time
import jwt  # PyJWT

payload = {
    "resource": {"${kind}": ${id}},
    "params": {${keys(locked, (name) => `"${name}": "..."`, ', ')}},
    "exp": round(time.time()) + 600,
}
token = jwt.encode(payload, EMBEDDING_SECRET_KEY, algorithm="HS256")
url = f"${origin}/embed/${kind}/{token}${hash}"`;

const ruby = ({ origin, kind, id, locked, hash }: Ask) => `require "jwt"

payload = {
  resource: { ${kind}: ${id} },
  params: { ${keys(locked, (name) => `"${name}" => "..."`, ', ')} },
  exp: Time.now.to_i + 600
}
token = JWT.encode(payload, EMBEDDING_SECRET_KEY)
url = "${origin}/embed/${kind}/#{token}${hash}"`;

const node = ({ origin, kind, id, locked, hash }: Ask) => `import jwt from 'jsonwebtoken';

const payload = {
  resource: { ${kind}: ${id} },
  params: { ${keys(locked, (name) => `'${name}': '...'`, ', ')} },
  exp: Math.round(Date.now() / 1000) + 600,
};
const token = jwt.sign(payload, EMBEDDING_SECRET_KEY);
const url = \`${origin}/embed/${kind}/\${token}${hash}\`;`;

const php = ({ origin, kind, id, locked, hash }: Ask) => `use Firebase\\JWT\\JWT;

$payload = [
    'resource' => ['${kind}' => ${id}],
    'params' => ${locked.length ? `[${keys(locked, (name) => `'${name}' => '...'`, ', ')}]` : '(object) []'},
    'exp' => time() + 600,
];
$token = JWT::encode($payload, $embeddingSecretKey, 'HS256');
$url = "${origin}/embed/${kind}/$token${hash}";`;

const java = ({ origin, kind, id, locked, hash }: Ask) => `// com.auth0:java-jwt
String token = JWT.create()
    .withClaim("resource", Map.of("${kind}", ${id}))
    .withClaim("params", Map.of(${keys(locked, (name) => `"${name}", "..."`, ', ')}))
    .withExpiresAt(Instant.now().plusSeconds(600))
    .sign(Algorithm.HMAC256(embeddingSecretKey));
String url = "${origin}/embed/${kind}/" + token + "${hash}";`;

export const languages = [
  { id: 'python', label: 'Python', write: python },
  { id: 'ruby', label: 'Ruby', write: ruby },
  { id: 'node', label: 'Node', write: node },
  { id: 'php', label: 'PHP', write: php },
  { id: 'java', label: 'Java', write: java },
];

const quoted = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** The frame takes the height of what it shows. Without the script it keeps that of its style. */
export const frameCode = (origin: string, address: string, title: string): string =>
  `<script src="${origin}/app/iframeResizer.js"></script>
<iframe src="${quoted(address)}" title="${quoted(title)}" loading="lazy" allow="fullscreen"
        style="width: 100%; height: 20rem; border: 0" onload="iFrameResize({}, this)"></iframe>`;
