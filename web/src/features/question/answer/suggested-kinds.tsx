// Charts that suit the answer, drawn small with its own figures.
import { Chart, chooseDisplay, type Kind, kinds } from '../../../shared/charts';
import type { Data, Settings } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { Button } from '../../../ui';
import styles from './answer.module.css';

const mostSuggested = 4;
const numbers = new Set(['scalar', 'smartscalar']);

/** Those that can be drawn small, without the present one: first what would be chosen by itself. */
export function suggestedKinds(data: Data, display: string): Kind[] {
  const best = chooseDisplay(data);
  const fitting = kinds.filter((kind) => kind.display !== display && (kind.draw || numbers.has(kind.display)) && kind.fits(data.cols, data.rows.length));

  return fitting.sort((a, b) => Number(b.display === best) - Number(a.display === best)).slice(0, mostSuggested);
}

// Drawn at twice the size, so that words keep their proportions.
const frame = { width: '8.5rem', height: '4.5rem', overflow: 'hidden' };
const canvas = { width: '17rem', height: '9rem', transform: 'scale(0.5)', transformOrigin: '0 0' };
const tile = { flex: '1 0 8.5rem', display: 'grid', justifyItems: 'center', padding: '0.5rem 0.25rem 0', cursor: 'pointer' };
const quiet = { 'legend.is_visible': false, 'pie.show_legend': false };

interface SuggestedKindsProps {
  data: Data;
  display: string;
  settings: Settings;
  onPick: (display: string) => void;
}

export function SuggestedKinds({ data, display, settings, onPick }: SuggestedKindsProps) {
  const { t } = useI18n();
  const suggested = suggestedKinds(data, display);

  if (!suggested.length) return null;
  return (
    <div className={styles.tools} role="group" aria-label={t('Suggested charts')}>
      {suggested.map((kind) => (
        <div key={kind.display} style={tile} onClick={() => onPick(kind.display)}>
          <div style={frame} inert>
            <div style={canvas}>
              <Chart title="" data={data} display={kind.display} settings={{ ...settings, ...quiet }} />
            </div>
          </div>
          <Button look="quiet">{t(kind.label)}</Button>
        </div>
      ))}
    </div>
  );
}
