import { errors } from '../errors.ts';

/** Takes one of a user's places in this process, or throws `quota_reached`; the returned function gives it back. */
export type TakeSlot = (userId: string) => () => void;

export function createSlots(what: string, most: number): TakeSlot {
  const taken = new Map<string, number>();
  return (userId) => {
    const count = taken.get(userId) ?? 0;
    if (count >= most) throw errors.quotaReached(what, most);
    taken.set(userId, count + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const now = (taken.get(userId) ?? 1) - 1;
      if (now > 0) taken.set(userId, now);
      else taken.delete(userId);
    };
  };
}
