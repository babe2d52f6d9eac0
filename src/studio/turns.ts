/** One after the other, in the order asked for: an older answer must not come after a newer one. */
export function oneByOne(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** However often it is called: once in that time, and once more after what is still at it. */
export function onceIn(ms: number, work: () => unknown): () => void {
  let isPlanned = false;
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    const pause = new Promise((over) => setTimeout(over, ms));
    last = Promise.allSettled([last, pause]).then(() => {
      isPlanned = false;
      return work();
    });
  };
}
