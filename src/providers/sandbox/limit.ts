/** At most `size` of the given jobs run at the same time; the rest wait in order. */
export function createLimit(size: number): <T>(job: () => Promise<T>) => Promise<T> {
  let free = size;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return async (job) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await job();
    } finally {
      leave();
    }
  };
}
