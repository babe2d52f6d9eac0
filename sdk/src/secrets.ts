const secretParameters = ['ticket', 'signature', 'token', 'key'];

/** A URL as it may stand in a log. */
export function withoutSecrets(url: string): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  for (const name of secretParameters) if (shown.searchParams.has(name)) shown.searchParams.set(name, '***');
  return shown.href;
}
