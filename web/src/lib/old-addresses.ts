// Addresses that Metabase gave to what stands elsewhere here: links and bookmarks of years go on working.

const moved: [old: RegExp, now: string][] = [
  [/^\/question(\/notebook)?\/?$/, '/question/new'],
  [/^\/model\/new$/, '/question/new'],
  [/^\/metric\/new$/, '/question/new?metric'],
  [/^\/(?:question|model|metric)\/(\d+)(?:-[^/]*)?\/(?:notebook|query|columns|metadata|detail)$/, '/question/$1'],
  [/^\/(?:model|metric)\/(\d+)(?:-[^/]*)?(?:\/\d+)?$/, '/question/$1'],
  [/^\/(question|dashboard|collection)\/entity\/([\w-]{21})$/, '/$1/$2'],
  [/^\/browse\/(?:databases\/)?(\d+)(?:-[^/]*|\/schema\/.*|-[^/]*\/schema\/.*)$/, '/browse/databases/$1'],
  [/^\/browse\/(?:models|metrics)$/, '/browse/search'],
  [/^\/browse\/tables$/, '/browse/databases'],
  [/^\/table\/(\d+)(?:-[^/]*)?(?:\/.*)?$/, '/question/new?table=$1'],
  [/^\/search$/, '/browse/search'],
  [/^\/reference\/databases\/(\d+)$/, '/browse/databases/$1'],
  [/^\/reference(?:\/databases)?$/, '/browse/databases'],
  [/^\/account\/notifications$/, '/account/profile'],
  [/^\/archive$/, '/trash'],
];

/** Where that is now; nothing for an address that is right as it is. */
export function newAddress(path: string): string | null {
  const found = moved.find(([old]) => old.test(path));

  return found ? path.replace(found[0], found[1]) : null;
}
