export { ForgotPasswordPage } from './forgot-password-page';
export { LoginPage } from './login-page';
export { LogoutPage } from './logout-page';
export { ResetPasswordPage } from './reset-password-page';
