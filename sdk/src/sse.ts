/** One server-sent event (WHATWG HTML, 9.2.6). */
export interface ServerSentEvent {
  id: string | undefined;
  event: string;
  data: string;
}

/** Takes text as it comes, cut anywhere, and gives the events that are complete. */
export interface EventReader {
  read(text: string): ServerSentEvent[];
  /** How long the server wants readers to wait before they come back. */
  retryMs: number | undefined;
}

export function createEventReader(): EventReader {
  let rest = '';
  let afterReturn = false;
  let event: string | undefined;
  let id: string | undefined;
  let data: string[] = [];

  const dispatch = (): ServerSentEvent[] => {
    const complete = data.length > 0 ? [{ id, event: event ?? 'message', data: data.join('\n') }] : [];
    event = undefined;
    id = undefined;
    data = [];
    return complete;
  };

  const take = (line: string): ServerSentEvent[] => {
    if (line === '') return dispatch();
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') data.push(value);
    else if (name === 'event') event = value;
    else if (name === 'id') id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) reader.retryMs = Number(value);
    return [];
  };

  const reader: EventReader = {
    retryMs: undefined,
    read(text) {
      const fresh = afterReturn && text.startsWith('\n') ? text.slice(1) : text;
      if (text !== '') afterReturn = text.endsWith('\r');
      const lines = (rest + fresh).split(/\r\n|\r|\n/);
      rest = lines.pop() ?? '';
      return lines.flatMap(take);
    },
  };
  return reader;
}
