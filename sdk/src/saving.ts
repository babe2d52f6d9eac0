import { ConnectionError, DirectorAIError } from './errors.js';
import { files } from './host.js';

/** Writes the bytes of an answer to a file (Node, Bun, Deno), which is there only when it is whole. */
export async function save(ask: () => Promise<Response>, path: string, signal: AbortSignal | undefined): Promise<void> {
  const { promises } = files();
  const { body } = await ask();
  const draft = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  try {
    await promises.writeFile(draft, body ? received(body) : new Uint8Array());
    await promises.rename(draft, path);
  } catch (cause) {
    await promises.rm(draft, { force: true });
    signal?.throwIfAborted();
    if (cause instanceof ConnectionError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DirectorAIError(`${path} cannot be written: ${why}`, { cause });
  }
}

async function* received(body: AsyncIterable<Uint8Array>) {
  try {
    yield* body;
  } catch (cause) {
    throw new ConnectionError('the file broke off on its way', { cause });
  }
}
