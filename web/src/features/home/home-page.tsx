// Where one arrives: a greeting, and what one can do next.
import { Link } from 'wouter';
import { useSiteName, useUser } from '../../lib/session';
import { msg, useI18n } from '../../shared/i18n';
import { IconChart, IconDatabase, IconPeople, IconPerson, IconTable, PageHeader } from '../../ui';
import { Lately } from './lately';
import { Suggestions } from './suggestions';
import styles from './home-page.module.css';

interface Action {
  href: string;
  Icon: typeof IconTable;
  title: string;
  text: string;
  who: 'all' | 'admins' | 'others';
}

const actions: Action[] = [
  {
    href: '/question/new',
    Icon: IconChart,
    title: msg('Ask a question'),
    text: msg('Choose a table, filter it, count it: the answer is drawn while you choose.'),
    who: 'all',
  },
  {
    href: '/browse/databases',
    Icon: IconTable,
    title: msg('See the tables'),
    text: msg('Every database that you may read, its tables and what their columns mean.'),
    who: 'all',
  },
  {
    href: '/admin/people',
    Icon: IconPeople,
    title: msg('Invite a colleague'),
    text: msg('They receive a link and choose their own password.'),
    who: 'admins',
  },
  {
    href: '/admin/databases',
    Icon: IconDatabase,
    title: msg('Look after the databases'),
    text: msg('What is connected, and whether it is up to date.'),
    who: 'admins',
  },
  {
    href: '/account/profile',
    Icon: IconPerson,
    title: msg('Set up your account'),
    text: msg('Your name, your language, light or dark.'),
    who: 'others',
  },
];

export function HomePage() {
  const { t } = useI18n();
  const user = useUser();
  const siteName = useSiteName();
  const audience = user.is_superuser ? 'admins' : 'others';
  const mine = actions.filter(({ who }) => who === 'all' || who === audience);
  const title = user.first_name ? t('Hello, {name}', { name: user.first_name }) : t('Hello');

  return (
    <>
      <PageHeader title={title} lead={t('Welcome to {site}. Here is where to start.', { site: siteName })} />
      <Lately />
      <ul className={styles.actions}>
        {mine.map(({ href, Icon, title, text }) => (
          <li key={href}>
            <Link href={href} className={styles.action}>
              <span className={styles.icon}>
                <Icon />
              </span>
              <span className={styles.words}>
                <strong>{t(title)}</strong>
                <span className={styles.text}>{t(text)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <Suggestions />
    </>
  );
}
