// Columns that the question makes itself.
import { useState } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Button } from '../../../ui';
import type { Choosable } from '../model/columns';
import { withStage } from '../model/query';
import { withExpression, withoutExpression } from '../model/references';
import { freeName, partsIn } from '../model/shortcuts';
import { FormulaForm } from './formula-form';
import { CombineForm, ExtractForm } from './shortcut-forms';
import type { Props } from './stage-steps';
import { Add, Chip, Step } from './step';
import styles from './builder.module.css';

export function FormulaStep({ query, at, columns, stage, problems, onChange }: Props) {
  const { t } = useI18n();
  const { expressions, fields } = stage;
  // Whoever chose columns wants to see the one that is made now.
  const add = (wanted: string, formula: unknown) => {
    const name = freeName(wanted, Object.keys(expressions));
    onChange(withStage(query, at, { expressions: { ...expressions, [name]: formula }, fields: fields && [...fields, ['expression', name]] }));
  };

  return (
    <Step title={t('Custom columns')} error={problems.expressions} part={{ query, at, step: 'expressions' }}>
      {Object.entries(expressions).map(([name, formula]) => (
        <Chip
          key={name}
          label={name}
          onRemove={() => onChange(withoutExpression(query, at, name))}
          edit={(close) => (
            <FormulaForm
              columns={columns.plain}
              formula={formula}
              name={name}
              hasName
              submitLabel={t('Change the column')}
              onSubmit={(changed, newName) => {
                onChange(withExpression(query, at, name, newName, changed));
                close();
              }}
            />
          )}
        />
      ))}
      <Add label={t('Calculate a column')}>
        {(close) => (
          <NewColumn
            columns={columns.input}
            onSubmit={(name, formula) => {
              add(name, formula);
              close();
            }}
          />
        )}
      </Add>
    </Step>
  );
}

interface NewColumnProps {
  columns: Choosable[];
  onSubmit: (name: string, formula: unknown) => void;
}

/** A formula, or one of the two that need none. */
function NewColumn({ columns, onSubmit }: NewColumnProps) {
  const { t } = useI18n();
  const [way, setWay] = useState<'formula' | 'extract' | 'combine'>('formula');

  if (way === 'extract') return <ExtractForm columns={columns} onSubmit={onSubmit} />;
  if (way === 'combine') return <CombineForm columns={columns} onSubmit={onSubmit} />;
  return (
    <>
      <FormulaForm columns={columns} hasName submitLabel={t('Add the column')} onSubmit={(formula, name) => onSubmit(name, formula)} />
      <div className={styles.ways}>
        {columns.some((column) => partsIn(column).length > 0) && (
          <Button look="quiet" onPress={() => setWay('extract')}>
            {t('Take a part out')}
          </Button>
        )}
        <Button look="quiet" onPress={() => setWay('combine')}>
          {t('Put columns together')}
        </Button>
      </div>
    </>
  );
}
