/** The person has ended the run. */
export class InterruptError extends Error {}

const interrupt = Promise.withResolvers<never>();
interrupt.promise.catch(() => undefined);

/** From now on Ctrl-C and SIGTERM end what waits with `unlessInterrupted` instead of the process, so that it can end what it started. */
export function listenForInterrupt(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => interrupt.reject(new InterruptError(`ended by ${signal}`)));
}

/** The work's result, or a rejection as soon as the run is ended; the work itself is not stopped. */
export const unlessInterrupted = <T>(work: Promise<T>): Promise<T> => Promise.race([work, interrupt.promise]);
