/**
 * Loaded before a program (`--import`), it puts that process's wall clock wrong by `CLOCK_AHEAD_MS`; SIGUSR2 moves it to the other side of
 * the right time. Timers and `performance.now()` go on, as a machine's monotonic clock does.
 */
const state = { aheadMs: Number(process.env.CLOCK_AHEAD_MS ?? 0) };
const now = (): number => RightDate.now() + state.aheadMs;
const RightDate = Date;

globalThis.Date = new Proxy(RightDate, {
  get: (right, name) => (name === 'now' ? now : Reflect.get(right, name)),
  construct: (right, given, target) => Reflect.construct(right, given.length === 0 ? [now()] : given, target),
});

process.on('SIGUSR2', () => {
  state.aheadMs = -state.aheadMs;
});
