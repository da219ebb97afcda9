import { expect, it } from 'vitest';
import { withValues } from './with-values';

it('writes values where they would be bound', () => {
  expect(withValues('select \'$1\', "a?" from t where a in ($1, $2) and b > $3 and c is $4', ['x', "O'Neil", 10, null], 'sqlite')).toBe('select \'$1\', "a?" from t where a in (\'x\', \'O\'\'Neil\') and b > 10 and c is null');
  expect(withValues('select `a?` where b = ? and c = ?', ['\\', true], 'mysql')).toBe("select `a?` where b = '\\\\' and c = true");
  expect(withValues('select $1', [], 'postgres')).toBe('select $1');
});
