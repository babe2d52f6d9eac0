import { errors } from '../errors.ts';

/** Who asks for one of a user's places in this process. */
export interface Claim {
  userId: string;
  kind: 'sse' | 'websocket';
  /** The same for a reader and for what it was before it lost its connection. */
  reader?: string | undefined;
  /** It goes on after an event it names: it was here before. */
  resumes?: boolean | undefined;
  /** Ends what holds the place: its reader has come back. */
  giveWay?(): void;
}

/**
 * Takes a place, or throws `quota_reached`; the returned function gives it back. Where none is free, one that resumes replaces its
 * predecessor, whose connection may be gone without anybody having been told: the oldest of the same reader, which may wrongly be a
 * live one. That one comes back the same way, so that after a few such turns only lost ones have been replaced.
 */
export type TakeSlot = (claim: Claim) => () => void;

export interface Slots {
  take: TakeSlot;
  /** Of all users together. */
  taken(kind: Claim['kind']): number;
}

interface Place extends Claim {
  since: number;
}

/** `settledMs`: younger ones are not replaced, lest readers who are too many push each other out all the time. */
export function createSlots(what: string, most: number, settledMs: number): Slots {
  const taken = new Map<string, Set<Place>>();

  const giveBack = (place: Place) => {
    const places = taken.get(place.userId);
    places?.delete(place);
    if (places?.size === 0) taken.delete(place.userId);
  };

  const makeRoom = (places: ReadonlySet<Place>, { reader, resumes }: Claim) => {
    const isBefore = (place: Place) => place.reader === reader && performance.now() - place.since >= settledMs;
    const before = resumes && reader !== undefined ? [...places].find(isBefore) : undefined;
    if (!before) throw errors.quotaReached(what, most);
    giveBack(before);
    before.giveWay?.();
  };

  const take: TakeSlot = (claim) => {
    const now = taken.get(claim.userId);
    if (now && now.size >= most) makeRoom(now, claim);
    const place = { ...claim, since: performance.now() };
    const places = taken.get(claim.userId) ?? new Set();
    taken.set(claim.userId, places.add(place));
    return () => giveBack(place);
  };

  return {
    take,
    taken: (kind) => [...taken.values()].reduce((sum, places) => sum + count(places, kind), 0),
  };
}

const count = (places: ReadonlySet<Place>, kind: Claim['kind']): number =>
  [...places].filter((place) => place.kind === kind).length;
