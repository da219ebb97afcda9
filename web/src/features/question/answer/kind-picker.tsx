// Which chart: those that fit the columns first.
import { kindOf, kinds } from '../../../shared/charts';
import type { Data, Settings } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { IconChart, Picker, Popover } from '../../../ui';
import { SuggestedKinds } from './suggested-kinds';

interface KindPickerProps {
  data: Data | undefined;
  display: string;
  settings: Settings;
  onChange: (display: string) => void;
}

export function KindPicker({ data, display, settings, onChange }: KindPickerProps) {
  const { t } = useI18n();
  const fits = (kind: (typeof kinds)[0]) => !data || kind.fits(data.cols, data.rows.length);
  const items = (list: typeof kinds) => list.map((kind) => ({ id: kind.display, label: t(kind.label), ...(kind.display === display && { detail: t('now') }) }));

  return (
    <Popover
      look="plain"
      label={t('Choose a chart')}
      buttonLabel={t('Chart: {kind}', { kind: t(kindOf(display).label) })}
      trigger={
        <>
          <IconChart />
          {t(kindOf(display).label)}
        </>
      }
    >
      {(close) => (
        <>
        {data && data.rows.length > 0 && (
          <SuggestedKinds
            data={data}
            display={display}
            settings={settings}
            onPick={(kind) => {
              onChange(kind);
              close();
            }}
          />
        )}
        <Picker
          label={t('Charts')}
          groups={[
            { label: t('Fit this result'), items: items(kinds.filter(fits)) },
            { label: t('Need other columns'), items: items(kinds.filter((kind) => !fits(kind))) },
          ]}
          onPick={(kind) => {
            onChange(kind);
            close();
          }}
        />
        </>
      )}
    </Popover>
  );
}
