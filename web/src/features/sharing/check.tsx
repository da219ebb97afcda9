// What to look at again before or after something is published.
import { useI18n } from '../../shared/i18n';
import { Badge, Button, Loaded, Notice } from '../../ui';
import { type Finding, type Kind, useCheck } from './queries';
import styles from './sharing.module.css';

const order: Finding['level'][] = ['danger', 'warning', 'notice'];

export function Check({ kind, id }: { kind: Kind; id: number }) {
  const { t } = useI18n();
  const query = useCheck(kind, id);

  return (
    <Loaded query={query}>
      {({ findings }) =>
        findings.length ? (
          <>
            <p>{t('{count, plural, one {# thing to look at again} other {# things to look at again}}, the gravest first.', { count: findings.length })}</p>
            <ul className={styles.findings}>
              {order.flatMap((level) => findings.filter((one) => one.level === level)).map((finding, index) => (
                <Found key={index} finding={finding} />
              ))}
            </ul>
            <p>
              <Button onPress={() => void query.refetch()} isPending={query.isFetching}>
                {t('Check again')}
              </Button>
            </p>
          </>
        ) : (
          <Notice kind="success">{t('Nothing to look at again.')}</Notice>
        )
      }
    </Loaded>
  );
}

function Found({ finding: { level, card_name, text, todo } }: { finding: Finding }) {
  const { t, locale } = useI18n();
  const names = { danger: t('Grave'), warning: t('Look at it'), notice: t('Good to know') };

  return (
    <li className={styles.finding}>
      <Badge kind={level === 'notice' ? 'plain' : 'warning'}>{names[level]}</Badge>
      <div>
        {card_name && <strong>{card_name + t(': ')}</strong>}
        {text[locale]}
        <p className={styles.todo}>{todo[locale]}</p>
      </div>
    </li>
  );
}

/** Before the link is made: whether there is something grave. */
export function CheckSummary({ kind, id, onOpen }: { kind: Kind; id: number; onOpen: () => void }) {
  const { t } = useI18n();
  const findings = useCheck(kind, id).data?.findings ?? [];
  const grave = findings.filter(({ level }) => level === 'danger').length;

  if (!findings.length) return null;
  return (
    <Notice kind={grave ? 'warning' : 'info'}>
      <p>
        {grave
          ? t('{count, plural, one {# grave thing} other {# grave things}} to look at before anybody reads this.', { count: grave })
          : t('{count, plural, one {# thing} other {# things}} to look at before anybody reads this.', { count: findings.length })}{' '}
        <Button look="quiet" onPress={onOpen}>
          {t('See what')}
        </Button>
      </p>
    </Notice>
  );
}
