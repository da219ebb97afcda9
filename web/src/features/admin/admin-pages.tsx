export const AdminPages = () => null;
