export const beatEveryMs = 1_000;
/** Without a confirmed beat for this long a worker must assume that it is taken for dead, and ends itself. */
export const silentAtMostMs = 8_000;
/** How old a beat may be before the others take a worker for dead: later than it does so itself, by more than a long pause. */
export const takenForDeadMs = 15_000;

/** Whether a worker may still do what cannot be undone, by its own clock. */
export const isSilent = (lastBeatMs: number, nowMs: number): boolean => nowMs - lastBeatMs > silentAtMostMs;
