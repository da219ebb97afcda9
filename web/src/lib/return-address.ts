// Where to go after signing in. Only addresses inside this site: anything else would be a trap.

export function returnAddress(search: string): string {
  const wanted = new URLSearchParams(search).get('redirect') ?? '/';
  const isInside = /^\/(?![/\\])/.test(wanted) && !/[\u0000-\u001f]/.test(wanted);

  return isInside ? wanted : '/';
}

export function loginAddress(from: string): string {
  return from === '/' || from.startsWith('/auth/') ? '/auth/login' : `/auth/login?redirect=${encodeURIComponent(from)}`;
}
