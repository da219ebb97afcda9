// Errors of the server at the step they are about: "query.filter: ..." belongs to the filters.

const steps = ['source', 'joins', 'expressions', 'filter', 'aggregation', 'breakout', 'order-by', 'limit'];

export function problemsOf(error: string | undefined): Record<string, string> {
  const [, path, text] = /^query\.([\w.[\]-]+):\s*(.+)$/s.exec(error ?? '') ?? [];
  const step = steps.find((name) => path?.split(/[.[]/).includes(name));

  return step && text ? { [step]: text } : {};
}
