/** Lets at most `permits` pieces of work run at once; the rest wait in order, and an aborted one leaves the queue. */
export interface Semaphore {
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** How many wait. */
  waiting(): number;
}

export function createSemaphore(permits: number): Semaphore {
  let free = Math.max(1, Math.floor(permits));
  const queue = new Set<() => void>();

  function acquire(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        queue.delete(enter);
        reject(signal?.reason);
      };
      queue.add(enter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  function release(): void {
    const [next] = queue;
    if (!next) {
      free += 1;
      return;
    }
    queue.delete(next);
    next();
  }

  return {
    async run(work, signal) {
      await acquire(signal);
      try {
        return await work();
      } finally {
        release();
      }
    },
    waiting: () => queue.size,
  };
}
