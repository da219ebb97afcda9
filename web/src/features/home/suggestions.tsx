// A few tables worth a first look.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { get } from '../../api/client';
import { useDatabases } from '../../lib/databases';
import { useI18n } from '../../shared/i18n';
import { Section } from '../../ui';
import styles from './suggestions.module.css';

interface Candidates {
  tables: { url: string; title: string; table: { id: number; display_name: string } }[];
}

const useCandidates = (database: number | null) =>
  useQuery({
    queryKey: ['xray-candidates', database],
    queryFn: () => get<Candidates[]>(`/api/automagic-dashboards/database/${database}/candidates`),
    enabled: database !== null,
    staleTime: 5 * 60_000,
    retry: false,
  });

const most = 6;

export function Suggestions() {
  const { t } = useI18n();
  const first = useDatabases().data?.[0]?.id ?? null;
  const tables = (useCandidates(first).data ?? []).flatMap((group) => group.tables).slice(0, most);

  if (!tables.length) return null;
  return (
    <div className={styles.place}>
      <Section title={t('A first look')}>
        <ul className={styles.list}>
          {tables.map(({ url, table }) => (
            <li key={url}>
              <Link href={url}>{table.display_name}</Link>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
