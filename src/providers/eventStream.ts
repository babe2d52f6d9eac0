import { createParser } from 'eventsource-parser';
import type { VendorSettings } from './abilities.ts';
import { checked, parseJson, readAnswer, type VendorRequest, vendorExchange } from './http.ts';
import { unusable } from './vendorFailure.ts';

const lastEvent = '[DONE]';

/**
 * One paid request whose answer comes in pieces (server-sent events, as chat completions have them); each piece is checked and handed
 * to `take` as it comes. A vendor that answers with one JSON document after all gives one piece. Fails where the answer breaks off:
 * neither `[DONE]` nor a piece for which `take` says that it was the last.
 */
export function vendorStream<T>(
  settings: VendorSettings,
  path: string,
  request: VendorRequest<T>,
  take: (piece: T) => boolean,
): Promise<void> {
  const read = (text: string) =>
    take(checked(settings, request.schema, { paid: true, body: parseJson(settings, text, true) }));
  return vendorExchange(settings, path, { ...request, accept: 'text/event-stream' }, async (response) => {
    const streams = response.ok && response.headers.get('content-type')?.startsWith('text/event-stream');
    if (!streams) {
      take(await readAnswer(settings, request, response));
      return;
    }
    if (!(await readPieces(settings, request.maxBytes, response, read))) {
      throw unusable(settings, true, 'the answer broke off');
    }
  });
}

/** True where the answer came to its end. */
async function readPieces(
  settings: VendorSettings,
  maxBytes: number,
  response: Response,
  read: (text: string) => boolean,
): Promise<boolean> {
  const state = { bytes: 0, ended: false };
  const parser = createParser({
    onEvent: ({ data }) => {
      state.ended = data.trim() === lastEvent ? true : read(data) || state.ended;
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    state.bytes += chunk.byteLength;
    if (state.bytes > maxBytes) throw unusable(settings, true, `more than ${maxBytes} bytes`);
    parser.feed(decoder.decode(chunk, { stream: true }));
  }
  return state.ended;
}
