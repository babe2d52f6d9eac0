import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { createAppender, createFile, readIfThere } from './files.ts';
import { variantOf } from './variants.ts';

const Work = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('chat'),
    content: z.string(),
    promptTokens: z.number(),
    sensitive: z.boolean(),
    /** Stopped at the most tokens that were allowed. */
    cut: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('images'),
    prompt: z.string(),
    width: z.number(),
    height: z.number(),
    base64: z.boolean(),
  }),
  z.object({
    kind: z.literal('videos'),
    prompt: z.string(),
    seconds: z.number(),
    size: z.string(),
    /** Name of the kept first frame; null: it is drawn from the prompt. */
    frame: z.string().nullable(),
    /** How this clip misbehaves later, decided when it was submitted. */
    fate: z.object({ refuse: z.boolean(), neverDone: z.boolean(), noUrl: z.boolean() }),
  }),
]);
export type Work = z.infer<typeof Work>;
export type WorkOf<Kind extends Work['kind']> = Extract<Work, { kind: Kind }>;

const Call = z.object({
  id: z.string(),
  at: z.number(),
  path: z.string(),
  key: z.string().nullable(),
  model: z.string(),
  bodyHash: z.string(),
  /** How many others bought the very same before; whoever buys it again wants to see another. */
  variant: z.number().default(0),
  work: Work,
});
/** A paid call as it was accepted: enough to give the same answer again at any later time, from any process. */
export type Call = z.infer<typeof Call>;

const Accepted = Call.pick({ at: true, path: true, key: true, model: true, id: true });
export type Accepted = z.infer<typeof Accepted>;

export interface Offer {
  path: string;
  key: string | undefined;
  model: string;
  bodyHash: string;
  work: Work;
}
export type Acceptance = { outcome: 'accepted' | 'replayed'; call: Call } | { outcome: 'conflict' };

export interface Ledger {
  /** Accepts a call, or finds the one that its key accepted before. On disk before it settles; counted once. */
  accept(offer: Offer): Promise<Acceptance>;
  /** Counted by then, as what is replayed is. */
  byKey(key: string): Promise<Call | undefined>;
  byId(id: string): Promise<Call | undefined>;
  accepted(): Promise<Accepted[]>;
}

export const hashOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
const idOfKey = (key: string) => hashOf(`key:${key}`).slice(0, 24);

/** Younger than this, an uncounted call may still be being counted by the process that accepted it. */
const countingMs = 3000;

export function openLedger(dir: string, mode: 'key' | 'lookup' | 'none', varies = true): Ledger {
  const journal = join(dir, 'accepted.jsonl');
  const append = createAppender(journal);

  const byId = async (id: string): Promise<Call | undefined> => {
    if (!/^[0-9a-f]{24}$/.test(id)) return undefined;
    const stored = await readIfThere(join(dir, 'calls', `${id}.json`));
    return stored && Call.parse(JSON.parse(stored.toString('utf8')));
  };
  const accepted = async (): Promise<Accepted[]> => {
    const lines = (await readIfThere(journal))?.toString('utf8').split('\n').filter(Boolean) ?? [];
    const calls = lines.map((line) => Accepted.parse(JSON.parse(line)));
    return [...new Map(calls.map((call) => [call.id, call])).values()];
  };
  const count = (call: Call) => append(JSON.stringify(Accepted.parse(call)));
  /** Mends what a process killed between accepting and counting left behind. */
  const countIfMissed = async (call: Call) => {
    while (!(await accepted()).some((one) => one.id === call.id)) {
      if (Date.now() - call.at > countingMs) return count(call);
      await sleep(20);
    }
  };
  const create = async (id: string, offer: Offer): Promise<Call | undefined> => {
    const variant =
      varies && offer.work.kind !== 'chat' ? await variantOf(dir, offer.bodyHash, idOfKey(offer.key ?? id)) : 0;
    const call: Call = { id, at: Date.now(), ...offer, key: offer.key ?? null, variant };
    if (!(await createFile(dir, 'calls', `${id}.json`, JSON.stringify(call)))) return undefined;
    await count(call);
    return call;
  };
  const createFresh = async (offer: Offer): Promise<Acceptance> => {
    const call = await create(randomBytes(12).toString('hex'), offer);
    if (!call) throw new Error('a random id was taken');
    return { outcome: 'accepted', call };
  };
  const replay = async (id: string, offer: Offer): Promise<Acceptance> => {
    const call = await byId(id);
    if (!call) throw new Error(`accepted call ${id} vanished`);
    if (call.bodyHash !== offer.bodyHash || call.path !== offer.path) return { outcome: 'conflict' };
    await countIfMissed(call);
    return { outcome: 'replayed', call };
  };

  return {
    async accept(offer) {
      if (offer.key === undefined || mode === 'none') return createFresh(offer);
      const id = idOfKey(offer.key);
      const call = await create(id, offer);
      if (call) return { outcome: 'accepted', call };
      return mode === 'key' ? replay(id, offer) : createFresh(offer);
    },
    async byKey(key) {
      const call = await byId(idOfKey(key));
      if (call) await countIfMissed(call);
      return call;
    },
    byId,
    accepted,
  };
}
