/** One server-sent event (WHATWG HTML, 9.2.6). */
export interface ServerSentEvent {
  id: string | undefined;
  event: string;
  /** Undefined in what only says how far the stream is. */
  data: string | undefined;
}

/** Takes text as it comes, cut anywhere, and gives the events that are complete. */
export interface EventReader {
  read(text: string): ServerSentEvent[];
  /** How long the server wants readers to wait before they come back. */
  retryMs: number | undefined;
}

/** An event of which not all has come. */
interface Draft {
  id?: string;
  event?: string;
  data: string[];
}

export function createEventReader(): EventReader {
  let rest = '';
  let afterReturn = false;
  let draft: Draft = { data: [] };

  const take = (line: string): ServerSentEvent[] => {
    if (line !== '') {
      note(line);
      return [];
    }
    const complete = eventOf(draft);
    draft = { data: [] };
    return complete;
  };

  const note = (line: string) => {
    const { name, value } = fieldOf(line);
    if (name === 'data') draft.data.push(value);
    else if (name === 'event') draft.event = value;
    else if (name === 'id') draft.id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) reader.retryMs = Number(value);
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

function fieldOf(line: string): { name: string; value: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { name: line, value: '' };
  return { name: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, '') };
}

function eventOf({ id, event = 'message', data }: Draft): ServerSentEvent[] {
  if (data.length > 0) return [{ id, event, data: data.join('\n') }];
  return id === undefined ? [] : [{ id, event, data: undefined }];
}
