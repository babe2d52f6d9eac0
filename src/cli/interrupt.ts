import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type EndSignal = (typeof signals)[number];

/** One Ctrl-C can arrive twice, from the terminal and from npm: what comes this soon is the same one. */
const doubledWithinMs = 1_000;

export interface Interrupt {
  /** Aborted by the first signal. */
  signal: AbortSignal;
  /** 128 + the signal's number, as shells count. */
  exitCode(): number;
  dispose(): void;
}

/** The first signal asks for an orderly end; a second one ends the process at once, after `onSecond` has tidied up. */
export function listenForInterrupt({ onFirst, onSecond }: { onFirst: () => void; onSecond: () => void }): Interrupt {
  const controller = new AbortController();
  const state: { since: number; code: number } = { since: 0, code: 130 };
  const listener = (name: EndSignal) => {
    if (!controller.signal.aborted) {
      state.since = performance.now();
      state.code = 128 + constants.signals[name];
      onFirst();
      controller.abort(new Error(name));
    } else if (performance.now() - state.since > doubledWithinMs) {
      onSecond();
      process.exit(state.code);
    }
  };
  for (const name of signals) process.on(name, listener);
  return {
    signal: controller.signal,
    exitCode: () => state.code,
    dispose() {
      for (const name of signals) process.off(name, listener);
    },
  };
}
