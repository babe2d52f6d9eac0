import { api } from './client.ts';

let asked: { of: object; answer: Promise<boolean> } | undefined;

/** Whether whoever is signed in is an administrator; asked once per session, and no where it cannot be asked. */
export function isAdmin(): Promise<boolean> {
  const client = api();
  if (asked?.of !== client) {
    const answer = client.auth.me().then(
      (user) => user.isAdmin,
      () => {
        asked = undefined;
        return false;
      },
    );
    asked = { of: client, answer };
  }
  return asked.answer;
}
