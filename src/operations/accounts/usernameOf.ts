import { errors, fault } from '../../errors.ts';

/** As the contract and the column have it, in code points. */
const longest = 50;

/** A username in the one form it is kept and compared in. That form may be longer than what was sent: composing takes some letters apart. */
export function usernameOf(given: string): string {
  const username = given.normalize('NFC').trimEnd();
  if ([...username].length > longest) throw errors.invalid([fault('/body/username', 'too_long', { n: longest })]);
  return username;
}
