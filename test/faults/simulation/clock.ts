/** A routine runs until it yields the milliseconds it sleeps; everything between two yields is one indivisible effect. */
export type Routine<T = void> = Generator<number, T, void>;

interface Turn {
  at: number;
  order: number;
  run: () => void;
}

/** Time that passes only from one event to the next; events of one moment keep their order. */
export interface Clock {
  now(): number;
  after(ms: number, run: () => void): void;
  /** Runs events until none is left, the time is over or `done` says so. */
  run(untilMs: number, done: () => boolean): void;
  events(): number;
}

export function createClock(): Clock {
  const heap: Turn[] = [];
  let now = 0;
  let order = 0;
  const before = (one: Turn, other: Turn) => one.at < other.at || (one.at === other.at && one.order < other.order);
  const at = (index: number): Turn => {
    const turn = heap[index];
    if (!turn) throw new Error('the heap has a hole');
    return turn;
  };
  const swap = (i: number, j: number) => {
    [heap[i], heap[j]] = [at(j), at(i)];
  };
  const push = (turn: Turn) => {
    heap.push(turn);
    for (let child = heap.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!before(at(child), at(parent))) return;
      swap(child, parent);
      child = parent;
    }
  };
  const sink = () => {
    for (let parent = 0; ; ) {
      const left = parent * 2 + 1;
      if (left >= heap.length) return;
      const least = left + 1 < heap.length && before(at(left + 1), at(left)) ? left + 1 : left;
      if (!before(at(least), at(parent))) return;
      swap(parent, least);
      parent = least;
    }
  };
  const pop = (): Turn => {
    swap(0, heap.length - 1);
    const turn = heap.pop();
    if (!turn) throw new Error('nothing is left to happen');
    sink();
    return turn;
  };
  return {
    now: () => now,
    events: () => order,
    after(ms, run) {
      order += 1;
      push({ at: now + ms, order, run });
    },
    run(untilMs, done) {
      while (heap.length > 0 && !done()) {
        const turn = pop();
        if (turn.at > untilMs) return;
        now = turn.at;
        turn.run();
      }
    },
  };
}
