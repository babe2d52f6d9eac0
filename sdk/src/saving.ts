import { ConnectionError } from './errors.js';
import { files } from './host.js';

/** Writes the bytes of a response to a file (Node, Bun, Deno), which is there only when it is whole. */
export async function save(answer: Promise<Response>, path: string, signal: AbortSignal | undefined): Promise<void> {
  const { promises } = files();
  const { body } = await answer;
  const draft = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  try {
    await promises.writeFile(draft, body ?? new Uint8Array());
    await promises.rename(draft, path);
  } catch (cause) {
    await promises.rm(draft, { force: true });
    signal?.throwIfAborted();
    throw new ConnectionError(`${path} could not be saved: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}
