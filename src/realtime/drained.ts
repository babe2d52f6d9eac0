import type { ServerResponse } from 'node:http';

/** Resolves when everything written has left; a reader that takes longer than the limit is cut. Resolves also when it goes. */
export function drained(res: ServerResponse, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (res.closed || !res.writableNeedDrain) return resolve();
    const cut = setTimeout(() => res.destroy(), limitMs);
    const done = () => {
      clearTimeout(cut);
      res.off('drain', done);
      res.off('close', done);
      resolve();
    };
    res.once('drain', done);
    res.once('close', done);
  });
}
