import type { LoggedEvent } from './eventLog.ts';
import { withSeq } from './socketMessages.ts';

/** After so much a reader is looked at again, whether it keeps up. */
const pieceBytes = 16 * 1024;

/**
 * Puts events into the bytes of a wire, many in one write. However many readers get the same list of events, its bytes are made once.
 * A piece is larger than 16 KiB only where a single event is.
 */
function createPieces(encode: (event: LoggedEvent) => Buffer) {
  const known = new WeakMap<readonly LoggedEvent[], readonly Buffer[]>();
  return (events: readonly LoggedEvent[]): readonly Buffer[] => {
    const pieces = known.get(events) ?? join(events.map(encode));
    known.set(events, pieces);
    return pieces;
  };
}

function join(parts: readonly Buffer[]): Buffer[] {
  const pieces: Buffer[] = [];
  let waiting: Buffer[] = [];
  let bytes = 0;
  const put = () => {
    if (waiting.length > 0) pieces.push(waiting.length === 1 && waiting[0] ? waiting[0] : Buffer.concat(waiting));
    waiting = [];
    bytes = 0;
  };
  for (const part of parts) {
    if (bytes + part.length > pieceBytes) put();
    waiting.push(part);
    bytes += part.length;
  }
  put();
  return pieces;
}

/** A server-sent event. JSON has no line breaks, so one line of data is enough. */
export const ssePieces = createPieces(({ seq, type, message }) =>
  Buffer.from(`id: ${seq}\nevent: ${type}\ndata: ${message}\n\n`),
);

/** A text message as a server sends it: one frame, unmasked (RFC 6455, 5.2). */
function socketFrame(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  const begin = bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(begin + bytes);
  frame[0] = 0x81;
  if (begin === 2) frame[1] = bytes;
  else if (begin === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(bytes, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(bytes), 2);
  }
  frame.write(text, begin);
  return frame;
}

export const socketPieces = createPieces(({ message }) => socketFrame(message));

export const numberedSocketPieces = createPieces((event) => socketFrame(withSeq(event)));
