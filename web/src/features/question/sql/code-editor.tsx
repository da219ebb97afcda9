// The editor of SQL, downloaded when someone writes SQL.
import { autocompletion, closeBrackets, closeBracketsKeymap, type CompletionContext, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { type SQLNamespace, MySQL, PostgreSQL, sql, SQLite, StandardSQL } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, type Range } from '@codemirror/state';
import { Decoration, drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { namedParts } from './names';

export interface CodeEditorProps {
  label: string;
  value: string;
  engine: string;
  schema: SQLNamespace;
  /** The names of the snippets of the site. */
  snippets: readonly string[];
  /** Filled with what others may do in the editor. */
  handle: { current: EditorHandle | null };
  /** The id of what says which keys it knows. */
  hint: string;
  /** Where the database found a mistake, as a place in the text. */
  errorAt: number | undefined;
  onChange: (value: string) => void;
  onRun: (selection: string) => void;
}

export interface EditorHandle {
  selection: () => string;
  insert: (text: string) => void;
}

const dialects: Record<string, typeof StandardSQL> = { postgres: PostgreSQL, mysql: MySQL, mariadb: MySQL, sqlite: SQLite };

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--chart-1)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--chart-4)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--chart-2)' },
  { tag: tags.comment, color: 'var(--text-soft)', fontStyle: 'italic' },
  { tag: tags.typeName, color: 'var(--chart-3)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', fontSize: 'var(--size-3)', backgroundColor: 'var(--surface)', color: 'var(--text)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--text-soft)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft)' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', border: '1px solid var(--line)', borderRadius: '0.5rem', overflow: 'hidden' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-mistake': { textDecoration: 'underline wavy var(--danger)', textUnderlineOffset: '4px' },
});

export function CodeEditor(props: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  const parts = useRef({ language: new Compartment(), mistake: new Compartment() });
  latest.current = props;

  useEffect(() => {
    const { language, mistake } = parts.current;
    const editor = new EditorView({
      parent: place.current as HTMLDivElement,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [...commonParts(latest), language.of([]), mistake.of([])],
      }),
    });
    view.current = editor;
    latest.current.handle.current = handleOf(editor);
    return () => {
      latest.current.handle.current = null;
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    // Undo of the whole question, or a reload, writes into the editor from outside.
    if (editor && editor.state.doc.toString() !== props.value) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.value } });
  }, [props.value]);

  useEffect(() => {
    const dialect = dialects[props.engine] ?? StandardSQL;
    const support = sql({ dialect, schema: props.schema, upperCaseKeywords: false });
    view.current?.dispatch({ effects: parts.current.language.reconfigure([support, support.language.data.of({ autocomplete: snippetNames(props.snippets) }), support.language.data.of({ autocomplete: partNames })]) });
  }, [props.engine, props.schema, props.snippets]);

  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.mistake.reconfigure(mistakeAt(view.current, props.errorAt)) });
  }, [props.errorAt]);

  return <div ref={place} data-editor />;
}

function handleOf(editor: EditorView): EditorHandle {
  return {
    selection: () => {
      const { from, to } = editor.state.selection.main;
      return editor.state.sliceDoc(from, to);
    },
    insert: (text) => {
      editor.dispatch(editor.state.replaceSelection(text));
      // The sheet that it was chosen in gives the focus back to its button as it closes: one goes on writing after that.
      requestAnimationFrame(() => requestAnimationFrame(() => editor.focus()));
    },
  };
}

/** Within double braces: the snippets of the site. */
const snippetNames = (names: readonly string[]) => (context: CompletionContext) => {
  const typed = context.matchBefore(/\{\{\s*(?:snippet:?\s*)?[^{}]*/);
  if (!typed || !names.length) return null;
  const isClosed = context.state.sliceDoc(context.pos, context.pos + 2) === '}}';

  return { from: typed.from, filter: false, options: names.filter((name) => name.toLowerCase().includes(typed.text.replace(/^\{\{\s*(snippet:?\s*)?/, '').toLowerCase())).map((name) => ({ label: `{{snippet: ${name}}}`, apply: `{{snippet: ${name}${isClosed ? '' : '}}'}` })) };
};

/** The tables that the text itself names. */
function partNames(context: CompletionContext) {
  const typed = context.matchBefore(/[\p{L}\p{N}_]+/u);
  const names = typed ? namedParts(context.state.doc.toString()) : [];

  return typed && names.length ? { from: typed.from, options: names.map((label) => ({ label, type: 'type' })) } : null;
}

const nonce = () => document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';

function commonParts(latest: { current: CodeEditorProps }) {
  const run = (editor: EditorView) => {
    const { from, to } = editor.state.selection.main;
    latest.current.onRun(editor.state.sliceDoc(from, to));
    return true;
  };

  return [
    EditorView.cspNonce.of(nonce()),
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    syntaxHighlighting(colours),
    look,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': latest.current.label, 'aria-describedby': latest.current.hint }),
    // Tab leaves the editor, as everywhere else on the page.
    keymap.of([{ key: 'Mod-Enter', run }, ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
    EditorView.updateListener.of((update) => {
      const text = update.state.doc.toString();
      if (update.docChanged && text !== latest.current.value) latest.current.onChange(text);
    }),
  ];
}

function mistakeAt(editor: EditorView, at: number | undefined) {
  if (at === undefined || at < 0 || at >= editor.state.doc.length) return [];
  const word = editor.state.wordAt(at);
  const marks: Range<Decoration>[] = [Decoration.mark({ class: 'cm-mistake' }).range(word?.from ?? at, word?.to ?? at + 1)];

  return EditorView.decorations.of(Decoration.set(marks));
}
