import { describe, expect, it } from 'vitest';
import { formatSql, tokensOf } from './format-sql';

/** What a database reads: everything but white space. */
const meaning = (sql: string) => tokensOf(sql).map(({ text }) => text).join(' ');

describe('SQL is laid out', () => {
  it.each([
    ['SELECT a, b FROM t WHERE x = 1 AND y = 2 GROUP BY a ORDER BY b DESC LIMIT 5', 'SELECT a, b\nFROM t\nWHERE x = 1\n  AND y = 2\nGROUP BY a\nORDER BY b DESC\nLIMIT 5'],
    ['select count(*) as n, sum(o.total) total, avg(o.tax) as tax, max(o.created_at) as latest from orders o left join people p on p.id = o.user_id and p.state = \'CA\'', "select\n  count(*) as n,\n  sum(o.total) total,\n  avg(o.tax) as tax,\n  max(o.created_at) as latest\nfrom orders o\nleft join people p on p.id = o.user_id\n  and p.state = 'CA'"],
    ['select * from (select a from t where b) x where c between 1 and 2 and d', 'select *\nfrom (\n  select a\n  from t\n  where b\n) x\nwhere c between 1 and 2\n  and d'],
    ['with a as (select 1 as n), b as (select 2) select * from a, b', 'with a as (\n  select 1 as n\n),\nb as (\n  select 2\n)\nselect *\nfrom a, b'],
    ["select * from t where {{x}} [[and y = {{ y }}]]", 'select *\nfrom t\nwhere {{x}} [[and y = {{ y }}]]'],
    ['select -1, a::text, "Select From", \'a  b\' from t', 'select -1, a::text, "Select From", \'a  b\'\nfrom t'],
    ['select 1 -- one\n, 2 from t', 'select\n  1 -- one\n  ,\n  2\nfrom t'],
    ['', ''],
  ])('%s', (sql, expected) => {
    expect(formatSql(sql)).toBe(expected);
  });

  it('means what it meant, and stays as it is the second time', () => {
    const texts = [
      "select case when a>1 then 'x''y' else b end as c, d->>'k', e||f from s.t as t join u using (id) where a in (select id from v where w <> 3) or not exists (select 1 from x) group by 1,2 having count(*) > 1 union all select 1,2,3 from y order by 1 limit 10 offset 5;",
      'select $$a select b$$, date_trunc(\'month\', x) filter (where y), z[1] from t /* select */ where a=-1 and b = - 1',
      "select * from {{#12-src}} as s where {{snippet: Big}} and n = {{n}}",
    ];

    for (const text of texts) {
      const once = formatSql(text);
      expect(meaning(once)).toBe(meaning(text));
      expect(formatSql(once)).toBe(once);
    }
  });
});
