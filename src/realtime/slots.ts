import { errors } from '../errors.ts';

/** Takes one of a user's places in this process, or throws `quota_reached`; the returned function gives it back. */
export type TakeSlot = (userId: string) => () => void;

export interface Slots {
  take: TakeSlot;
  /** Of all users together. */
  taken(): number;
}

export function createSlots(what: string, most: number): Slots {
  const taken = new Map<string, number>();
  const take: TakeSlot = (userId) => {
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
  return { take, taken: () => [...taken.values()].reduce((sum, count) => sum + count, 0) };
}
