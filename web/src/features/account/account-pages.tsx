// Everything about oneself: profile, password, sign-ins.
import { Redirect, Route, Switch } from 'wouter';
import { msg } from '../../shared/i18n';
import { NotFoundPage, SideNavigation } from '../frame';
import { PasswordPage } from './password-page';
import { ProfilePage } from './profile-page';
import { SignInsPage } from './sign-ins-page';

const places = [
  { href: '/account/profile', label: msg('Profile') },
  { href: '/account/password', label: msg('Password') },
  { href: '/account/sign-ins', label: msg('Sign-ins') },
];

export function AccountPages() {
  return (
    <SideNavigation label={msg('My account')} places={places}>
      <Switch>
        <Route path="/account">
          <Redirect to="/account/profile" replace />
        </Route>
        <Route path="/account/profile" component={ProfilePage} />
        <Route path="/account/password" component={PasswordPage} />
        <Route path="/account/sign-ins" component={SignInsPage} />
        <Route component={NotFoundPage} />
      </Switch>
    </SideNavigation>
  );
}
