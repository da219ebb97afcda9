// What a browser says of itself, in a few words: "Firefox, Windows".

const browsers: [pattern: RegExp, name: string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const systems: [pattern: RegExp, name: string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

export function deviceName(description: string): string {
  const names = [browsers, systems].map((list) => list.find(([pattern]) => pattern.test(description))?.[1]);
  const known = names.filter((name) => name !== undefined);

  // Programs name themselves in one word already.
  return known.length ? known.join(', ') : description;
}
