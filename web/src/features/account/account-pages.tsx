export const AccountPages = () => null;
