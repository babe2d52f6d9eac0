import { type Pay, StopError } from './step.ts';

/** The paid calls of this worker that are on their way at a vendor, each until its answer is kept. */
export interface CallsUnderway {
  watched(pay: Pay): Pay;
  /** Resolves when none is on its way. */
  over(): Promise<void>;
}

export function watchCalls(): CallsUnderway {
  const underway = new Set<Promise<void>>();
  return {
    watched: (pay) => async (purchase) => {
      const ended = Promise.withResolvers<void>();
      const send: typeof purchase.send = (call) => {
        underway.add(ended.promise);
        return purchase.send({ ...call, signal: unlessLost(call.signal) });
      };
      try {
        return await pay({ ...purchase, send });
      } finally {
        underway.delete(ended.promise);
        ended.resolve();
      }
    },
    async over() {
      while (underway.size > 0) await Promise.all(underway);
    },
  };
}

/** What is on its way is not cut off because the lease is lost: its answer is paid for, and there is a place to keep it. */
function unlessLost(signal: AbortSignal): AbortSignal {
  const own = new AbortController();
  const follow = () => {
    if (!(signal.reason instanceof StopError) || signal.reason.reason !== 'lost') own.abort(signal.reason);
  };
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow, { once: true });
  return own.signal;
}
