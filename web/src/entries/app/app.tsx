// Who sees what: the set-up of a new site, the door, or the app.
import type { ReactNode } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { ApiError } from '../../api/errors';
import { AppFrame, BarePage, ErrorBoundary } from '../../features/frame';
import { useOwnLanguage } from '../../lib/language';
import { loginAddress } from '../../lib/return-address';
import { useCurrentUser, useSessionEnd } from '../../lib/session';
import { site } from '../../lib/site';
import { useI18n } from '../../shared/i18n';
import { AriaLocale, later, Loaded } from '../../ui';
import { Pages } from './pages';

const auth = () => import('../../features/auth');

const LoginPage = later(async () => (await auth()).LoginPage);
const LogoutPage = later(async () => (await auth()).LogoutPage);
const ForgotPasswordPage = later(async () => (await auth()).ForgotPasswordPage);
const ResetPasswordPage = later(async () => (await auth()).ResetPasswordPage);
const SetupPage = later(async () => (await import('../../features/setup')).SetupPage);

export function App() {
  const { locale } = useI18n();
  const [address] = useLocation();

  return (
    <AriaLocale locale={locale}>
      <ErrorBoundary resetKey={address}>
        <Switch>
          <Route path="/setup">{site['has-user-setup'] ? <Redirect to="/" /> : <SetupPage />}</Route>
          <Route path="/auth/login" component={LoginPage} />
          <Route path="/auth/logout" component={LogoutPage} />
          <Route path="/auth/forgot_password" component={ForgotPasswordPage} />
          <Route path="/auth/reset_password/:token">{({ token }) => <ResetPasswordPage token={token} />}</Route>
          <Route>
            <SignedIn>
              <Pages />
            </SignedIn>
          </Route>
        </Switch>
      </ErrorBoundary>
    </AriaLocale>
  );
}

function SignedIn({ children }: { children: ReactNode }) {
  const user = useCurrentUser();
  const [address] = useLocation();
  const search = useSearch();
  const isStranger = user.error instanceof ApiError && user.error.kind === 'unauthenticated';

  useOwnLanguage();
  useSessionEnd();

  if (isStranger && !site['has-user-setup']) return <Redirect to="/setup" replace />;
  if (isStranger) return <Redirect to={loginAddress(address + (search && `?${search}`) + location.hash)} replace />;
  if (user.data) return <AppFrame>{children}</AppFrame>;
  return (
    <BarePage>
      <Loaded query={user}>{() => null}</Loaded>
    </BarePage>
  );
}
