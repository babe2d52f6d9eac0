import type { Call, Work } from './ledger.ts';
import type { Exchange, Room } from './room.ts';
import { header, WireError } from './wire.ts';

/** Accepts a paid call into the ledger, honouring its Idempotency-Key as this sandbox's mode says. */
export async function offerCall(
  room: Room,
  { req, url }: Exchange,
  model: string,
  bodyHash: string,
  work: () => Work,
): Promise<Call> {
  const key = header(req, 'idempotency-key');
  const acceptance = await room.ledger.accept({ path: url.pathname, key, model, bodyHash, work: work() });
  if (acceptance.outcome === 'conflict') {
    throw new WireError(422, 'idempotency_key_reused', 'This Idempotency-Key was used with another request.');
  }
  room.log(`${acceptance.outcome} ${url.pathname} ${acceptance.call.id}`);
  return acceptance.call;
}
