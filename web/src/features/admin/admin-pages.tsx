// The pages of administrators.
import { Redirect, Route, Switch } from 'wouter';
import { msg } from '../../shared/i18n';
import { NotFoundPage, SideNavigation } from '../frame';
import { AuditPage } from './audit/audit-page';
import { CachingPage } from './caching/caching-page';
import { DatabasePage } from './databases/database-page';
import { DatabasesPage } from './databases/databases-page';
import { EmailPage } from './email/email-page';
import { FilesPage } from './files/files-page';
import { GroupPage } from './groups/group-page';
import { GroupsPage } from './groups/groups-page';
import { JobPage } from './jobs/job-page';
import { JobsPage } from './jobs/jobs-page';
import { KeysPage } from './keys/keys-page';
import { MapsPage } from './maps/maps-page';
import { PeoplePage } from './people/people-page';
import { PermissionsPages } from './permissions/permissions-pages';
import { PublishedPage } from './published/published-page';
import { SettingsPage } from './settings/settings-page';
import { TablePage } from './tables/table-page';
import { TroubleshootingPage } from './troubleshooting/troubleshooting-page';

const places = [
  { href: '/admin/people', label: msg('People') },
  { href: '/admin/groups', label: msg('Groups') },
  { href: '/admin/permissions', label: msg('Rights') },
  { href: '/admin/databases', label: msg('Databases'), also: '/admin/tables' },
  { href: '/admin/published', label: msg('Published') },
  { href: '/admin/caching', label: msg('Kept answers') },
  { href: '/admin/jobs', label: msg('Jobs') },
  { href: '/admin/maps', label: msg('Maps') },
  { href: '/admin/files', label: msg('Content as files') },
  { href: '/admin/settings', label: msg('Settings') },
  { href: '/admin/email', label: msg('E-mail') },
  { href: '/admin/keys', label: msg('API keys') },
  { href: '/admin/audit', label: msg('Activity') },
  { href: '/admin/troubleshooting', label: msg('Troubleshooting') },
];

export function AdminPages() {
  return (
    <SideNavigation label={msg('Administration')} places={places}>
      <Switch>
        <Route path="/admin">
          <Redirect to="/admin/people" replace />
        </Route>
        <Route path="/admin/people" component={PeoplePage} />
        <Route path="/admin/groups" component={GroupsPage} />
        <Route path="/admin/groups/:id">{({ id }) => <GroupPage id={Number(id)} />}</Route>
        <Route path="/admin/permissions/:part?">{({ part }) => <PermissionsPages part={part} />}</Route>
        <Route path="/admin/databases" component={DatabasesPage} />
        <Route path="/admin/databases/:id">{({ id }) => <DatabasePage id={Number(id)} />}</Route>
        <Route path="/admin/tables/:id">{({ id }) => <TablePage id={Number(id)} />}</Route>
        <Route path="/admin/published" component={PublishedPage} />
        <Route path="/admin/caching" component={CachingPage} />
        <Route path="/admin/jobs" component={JobsPage} />
        <Route path="/admin/jobs/:name">{({ name }) => <JobPage name={decodeURIComponent(name)} />}</Route>
        <Route path="/admin/troubleshooting" component={TroubleshootingPage} />
        <Route path="/admin/maps" component={MapsPage} />
        <Route path="/admin/files" component={FilesPage} />
        <Route path="/admin/settings" component={SettingsPage} />
        <Route path="/admin/email" component={EmailPage} />
        <Route path="/admin/keys" component={KeysPage} />
        <Route path="/admin/audit" component={AuditPage} />
        <Route component={NotFoundPage} />
      </Switch>
    </SideNavigation>
  );
}
