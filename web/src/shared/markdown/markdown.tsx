// The little of Markdown that a text card needs. It makes elements, never markup: what people write cannot run.
import type { ReactNode } from 'react';

const inline = /\*\*([^*]+)\*\*|__([^_]+)__|\*([^*\s][^*]*)\*|_([^_\s][^_]*)_|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/g;
const safeAddress = /^(https?:\/\/|mailto:|\/(?!\/)|#)/i;

function words(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;

  for (const match of text.matchAll(inline)) {
    parts.push(text.slice(at, match.index), element(match, parts.length));
    at = match.index + match[0].length;
  }
  return [...parts, text.slice(at)];
}

function element([whole, bold, bolder, italic, slanted, code, label, address]: RegExpMatchArray, key: number): ReactNode {
  if (bold ?? bolder) return <strong key={key}>{bold ?? bolder}</strong>;
  if (italic ?? slanted) return <em key={key}>{italic ?? slanted}</em>;
  if (code) return <code key={key}>{code}</code>;
  if (label && address && safeAddress.test(address)) {
    return (
      <a key={key} href={address} rel="noreferrer">
        {label}
      </a>
    );
  }
  return whole;
}

const listItem = /^\s*(?:[-*+]|\d+[.)])\s+/;
/** The last line of a paragraph, before a list. */
const listBegin = /^(?!\s*(?:[-*+]|\d+[.)])\s)(.+)\n(?=\s*(?:[-*+]|\d+[.)])\s)/gm;
const listEnd = /^(\s*(?:[-*+]|\d+[.)])\s.*)\n(?=\S)(?!(?:[-*+]|\d+[.)])\s)/gm;

function block(text: string, key: number): ReactNode {
  const lines = text.split('\n');
  const [, marks, title] = /^(#{1,4})\s+(.*)$/.exec(text) ?? [];

  if (marks && title) {
    // The card has an h2 of its own level: headings inside it come after.
    const Heading = marks.length === 1 ? 'h2' : 'h3';
    return <Heading key={key}>{words(title)}</Heading>;
  }
  if (/^(-{3,}|\*{3,})$/.test(text.trim())) return <hr key={key} />;
  if (lines.every((line) => listItem.test(line))) {
    const List = /^\s*\d/.test(lines[0] ?? '') ? 'ol' : 'ul';
    return (
      <List key={key}>
        {lines.map((line, index) => (
          <li key={index}>{words(line.replace(listItem, ''))}</li>
        ))}
      </List>
    );
  }
  return <p key={key}>{lines.flatMap((line, index) => (index ? [<br key={`br${index}`} />, ...words(line)] : words(line)))}</p>;
}

/** Headings stand alone even without an empty line after them, lists even without one before them. */
const blocksOf = (text: string) =>
  text
    .replace(/\r/g, '')
    .replace(/^(#{1,4}\s.*)$/gm, '\n$1\n')
    .replace(listBegin, '$1\n\n')
    .replace(listEnd, '$1\n\n')
    .split(/\n{2,}/)
    .map((one) => one.replace(/^\n+|\n+$/g, ''))
    .filter(Boolean);

export function Markdown({ text }: { text: string }) {
  return <>{blocksOf(text).map(block)}</>;
}

/** Puts the values of filters into the text: `{{state}}`. */
export const fillText = (text: string, values: Record<string, string>): string =>
  text.replace(/\{\{\s*([^}]+?)\s*\}\}/g, (whole, name: string) => values[name] ?? whole);
