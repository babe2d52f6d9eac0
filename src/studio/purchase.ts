/** Orders that were sent and not answered with success, with the key each was sent under. */
const unanswered = new Map<string, string>();
addEventListener('session', () => unanswered.clear());

/** Sends an order under one key until it succeeds: asked for again after its answer was lost, it is found and not bought twice. */
export async function buy<T>(order: object, send: (options: { idempotencyKey: string }) => PromiseLike<T>): Promise<T> {
  const words = JSON.stringify(order);
  const idempotencyKey = unanswered.get(words) ?? newKey();
  unanswered.set(words, idempotencyKey);
  const answer = await send({ idempotencyKey });
  unanswered.delete(words);
  return answer;
}

/** `crypto.randomUUID` is missing where the page came over plain HTTP. */
const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
