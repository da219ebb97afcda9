// The keys of the app, by the place where they act.
import { msg, useI18n } from '../../shared/i18n';
import { Dialog, Table } from '../../ui';

interface Key {
  keys: string;
  does: string;
}

const places: { label: string; keys: Key[] }[] = [
  {
    label: msg('Everywhere'),
    keys: [
      { keys: msg('Ctrl + K'), does: msg('Find anything, or go somewhere') },
      { keys: msg('?'), does: msg('Show this list') },
      { keys: msg('Escape'), does: msg('Close what is open') },
    ],
  },
  {
    label: msg('Questions'),
    keys: [
      { keys: msg('Arrows'), does: msg('Go from part to part, and from step to step') },
      { keys: msg('A'), does: msg('Add to the step') },
      { keys: msg('Delete'), does: msg('Remove the part') },
      { keys: msg('Ctrl + Z'), does: msg('Undo; with Shift, redo') },
    ],
  },
  {
    label: msg('SQL and formulas'),
    keys: [
      { keys: msg('Ctrl + Enter'), does: msg('Run the SQL, or what is selected; keep the formula') },
      { keys: msg('Escape'), does: msg('Stop what runs') },
      { keys: msg('Tab key'), does: msg('Leave the editor') },
    ],
  },
  {
    label: msg('Charts and tables'),
    keys: [
      { keys: msg('Arrows'), does: msg('Go from value to value') },
      { keys: msg('Enter'), does: msg('Say what can be done with the value') },
      { keys: msg('+, - and 0'), does: msg('On a map: closer, farther, all of it; Shift and arrows move it') },
    ],
  },
  {
    label: msg('Dashboards being edited'),
    keys: [
      { keys: msg('Arrows'), does: msg('On the handle of a card: move it; with Shift, size it') },
      { keys: msg('Ctrl + Z'), does: msg('Undo; with Shift, redo') },
    ],
  },
];

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();

  return (
    <Dialog title={t('Keys')} isWide onClose={onClose}>
      <p>{t('On a Mac, Cmd does what Ctrl does. Keys of one letter can be turned off in your profile.')}</p>
      {places.map(({ label, keys }) => (
        <Table
          key={label}
          caption={t(label)}
          rows={keys}
          keyOf={({ does }) => does}
          columns={[
            { label: t('Keys'), cell: ({ keys: pressed }) => t(pressed) },
            { label: t(label), cell: ({ does }) => t(does) },
          ]}
        />
      ))}
    </Dialog>
  );
}
