import { api, lasting } from './client.ts';
import { readSpoken, type Spoken } from './spoken.ts';
import type { Screenplay } from './vendor/sdk.js';

/** What the latest film says, asked for once a film and only where the film is not what it would be now. */
export function findSpoken(signal: AbortSignal): (screenplay: Screenplay) => Promise<Spoken | undefined> {
  let known: { of: string; says: Spoken } | undefined;
  return async ({ film, filmState }) => {
    if (!film || filmState !== 'stale') return undefined;
    const { vtt } = film.subtitles;
    const mediaId = /\/media\/([^/]+)\//.exec(vtt)?.[1];
    if (!mediaId || known?.of === lasting(vtt)) return known?.says;
    const says = readSpoken(await (await api().media.content(mediaId, { signal })).text());
    known = { of: lasting(vtt), says };
    return says;
  };
}
