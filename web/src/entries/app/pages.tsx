// The addresses of the app. They are those of Metabase where Metabase has them.
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ErrorBoundary, NoRightPage, NotFoundPage } from '../../features/frame';
import { NewQuestionPage, QuestionPage } from '../../features/question';
import { newAddress } from '../../lib/old-addresses';
import { useUser } from '../../lib/session';
import { later } from '../../ui';

const reference = () => import('../../features/reference');
const account = () => import('../../features/account');

export const HomePage = later(async () => (await import('../../features/home')).HomePage);
export const DashboardPage = later(async () => (await import('../../features/dashboard')).DashboardPage);
const HistoryPage = later(async () => (await import('../../features/history')).HistoryPage);
const browse = () => import('../../features/browse');

const SearchPage = later(async () => (await import('../../features/search')).SearchPage);
const CollectionPage = later(async () => (await browse()).CollectionPage);
const TrashPage = later(async () => (await browse()).TrashPage);
const DatabasesPage = later(async () => (await reference()).DatabasesPage);
const DatabasePage = later(async () => (await reference()).DatabasePage);
const DictionaryPage = later(async () => (await reference()).DictionaryPage);
const XrayPage = later(async () => (await import('../../features/xray')).XrayPage);
const TablePage = later(async () => (await reference()).TablePage);
const AccountPages = later(async () => (await account()).AccountPages);
const AdminPages = later(async () => (await import('../../features/admin')).AdminPages);

export function Pages() {
  const [address] = useLocation();
  const moved = newAddress(address);

  if (moved) return <Redirect to={moved + location.search + location.hash} replace />;
  return (
    <ErrorBoundary resetKey={address}>
      <Switch>
        <Route path="/" component={HomePage} />
        <Route path="/browse">
          <Redirect to="/browse/databases" replace />
        </Route>
        <Route path="/browse/search" component={SearchPage} />
        <Route path="/browse/databases" component={DatabasesPage} />
        <Route path="/browse/databases/:id">{({ id }) => <DatabasePage id={id} />}</Route>
        <Route path="/reference/databases/:id/dictionary">{({ id }) => <DictionaryPage id={id} />}</Route>
        <Route path="/reference/databases/:databaseId/tables/:tableId">
          {({ databaseId, tableId }) => <TablePage databaseId={databaseId} tableId={tableId} />}
        </Route>
        <Route path="/auto/dashboard/*">{({ '*': path }) => <XrayPage key={path} path={path ?? ''} />}</Route>
        <Route path="/question/new" component={NewQuestionPage} />
        <Route path="/question/:id/history">{({ id }) => <HistoryPage entity="card" id={id} />}</Route>
        <Route path="/question/:id">{({ id }) => <QuestionPage id={id} />}</Route>
        <Route path="/collection/:id">{({ id }) => <CollectionPage id={id} />}</Route>
        <Route path="/trash" component={TrashPage} />
        <Route path="/dashboard/:id/history">{({ id }) => <HistoryPage entity="dashboard" id={id} />}</Route>
        <Route path="/dashboard/:id">{({ id }) => <DashboardPage id={id} />}</Route>
        <Route path="/account/*?" component={AccountPages} />
        <Route path="/admin/*?" component={AdministratorsOnly} />
        <Route component={NotFoundPage} />
      </Switch>
    </ErrorBoundary>
  );
}

function AdministratorsOnly() {
  return useUser().is_superuser ? <AdminPages /> : <NoRightPage />;
}
