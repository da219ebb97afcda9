// One filter: a column and what it is compared with, a condition in words, or a box of several of which one is enough.
import { useState } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Button, IconClose, IconPlus, Select } from '../../../ui';
import { type Choosable, findColumn } from '../model/columns';
import { exclusionOf } from '../model/exclusion';
import { type Box, boxClause, boxOf, partsOf } from '../model/filter';
import { type Clause, replaced, without } from '../model/query';
import { speakFilter } from '../model/speak';
import { comparisons, familyOf } from '../model/words';
import { ColumnPicker } from './column-picker';
import { comparisonOf, FilterForm } from './filter-form';
import { FormulaForm } from './formula-form';
import styles from './builder.module.css';

interface EditorProps {
  columns: Choosable[];
  filter?: Clause | undefined;
  /** How many boxes it stands in. */
  depth?: number;
  onSubmit: (filter: Clause) => void;
}

type Way = Choosable | 'formula' | Box;

export function FilterEditor({ columns, filter, depth = 0, onSubmit }: EditorProps) {
  const { t } = useI18n();
  const known = findColumn(columns, filter && (exclusionOf(filter)?.ref ?? partsOf(filter).ref));
  const isShown = known && filter && comparisonOf(comparisons[familyOf(known.column)], filter);
  const [way, setWay] = useState<Way | undefined>((filter && boxOf(filter)) ?? (isShown ? known : filter && 'formula'));
  const canJoin = depth < mostBoxes;

  if (way === undefined) {
    const box = { id: 'box', label: t('One of several conditions') };
    return (
      <ColumnPicker
        columns={columns}
        first={[{ label: t('Other'), items: [{ id: 'formula', label: t('Write a condition') }, ...(canJoin ? [box] : [])] }]}
        onPick={setWay}
        onPickOther={(id) => setWay(id === 'box' ? { head: depth ? 'and' : 'or', parts: [] } : 'formula')}
      />
    );
  }
  if (way !== 'formula' && 'parts' in way) return <BoxForm columns={columns} box={way} depth={depth} onSubmit={onSubmit} />;
  return (
    <>
      {way === 'formula' ? (
        <FormulaForm columns={columns} {...(filter && { formula: filter })} hasName={false} submitLabel={t('Apply')} onSubmit={(formula) => onSubmit(formula as Clause)} />
      ) : (
        <FilterForm column={way} filter={isShown && filter} onSubmit={onSubmit} />
      )}
      {filter && depth === 0 && (
        <div className={styles.ways}>
          <Button look="quiet" onPress={() => setWay({ head: 'or', parts: [filter] })}>
            {t('Or another condition…')}
          </Button>
        </div>
      )}
    </>
  );
}

/** A box may hold boxes, which hold none: deeper ones are read, and changed, but none is added. */
const mostBoxes = 2;

interface BoxProps extends Omit<EditorProps, 'filter'> {
  box: Box;
  depth: number;
}

function BoxForm({ columns, box: first, depth, onSubmit }: BoxProps) {
  const { t, locale } = useI18n();
  const [{ head, parts }, setBox] = useState(first);
  const [edited, edit] = useState<number | null>(first.parts.length ? null : 0);

  if (edited !== null) {
    return (
      <div
        className={styles.ticks}
        onKeyDown={(event) => {
          // What Enter ends is not also pressed where the focus goes then.
          if (event.key === 'Enter' && (event.target as Element).matches('input')) event.preventDefault();
          if (event.key !== 'Escape' || event.defaultPrevented) return;
          event.stopPropagation();
          edit(null);
        }}
      >
        <FilterEditor
          columns={columns}
          filter={parts[edited]}
          depth={depth + 1}
          onSubmit={(part) => {
            setBox({ head, parts: replaced(parts, edited, part) });
            edit(null);
          }}
        />
        <div className={styles.ways}>
          <Button look="quiet" onPress={() => edit(null)}>
            {t('Back to the conditions')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.form}>
      <Select
        label={t('Keep a row when')}
        choices={[
          { id: 'or', label: t('one of these is true') },
          { id: 'and', label: t('all of these are true') },
        ]}
        value={head}
        onChange={(next) => setBox({ head: next as Box['head'], parts })}
      />
      <ul className={styles.ticks} role="list" aria-label={t('Conditions')}>
        {parts.map((part, index) => {
          const label = speakFilter({ t, locale }, part, columns);
          return (
            <li key={index}>
              <span className={styles.chip}>
                <Button look="quiet" onPress={() => edit(index)}>
                  {label}
                </Button>
                <Button look="quiet" label={t('Remove: {name}', { name: label })} onPress={() => setBox({ head, parts: without(parts, index) })}>
                  <IconClose />
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
      <Button look="quiet" autoFocus onPress={() => edit(parts.length)}>
        <IconPlus />
        {t('Add a condition')}
      </Button>
      <Button look="primary" isDisabled={!parts.length} onPress={() => onSubmit(boxClause({ head, parts }))}>
        {t('Apply')}
      </Button>
    </div>
  );
}
