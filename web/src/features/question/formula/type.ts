// What a formula gives: the server says it too, but only once the question has run.
import { type Choosable, findColumn } from '../model/columns';
import { functionOf } from './functions';

const types = { number: 'type/Float', text: 'type/Text', date: 'type/DateTime', truth: 'type/Boolean' };

export function typeOfFormula(clause: unknown, columns: readonly Choosable[]): string {
  if (typeof clause === 'number') return types.number;
  if (typeof clause === 'string') return types.text;
  if (typeof clause === 'boolean') return types.truth;
  if (!Array.isArray(clause)) return 'type/*';
  const [head, first] = clause as [string, unknown];

  if (head === 'field' || head === 'expression' || head === 'metric') {
    const column = findColumn(columns, clause)?.column;
    return column?.effective_type ?? column?.base_type ?? 'type/*';
  }
  if (head === 'case') return typeOfFormula((first as unknown[][])[0]?.[1], columns);
  if (/^[-+*/]$/.test(head)) return types.number;
  const gives = functionOf(head)?.gives ?? 'truth';
  return gives === 'same' ? typeOfFormula(first, columns) : types[gives];
}
