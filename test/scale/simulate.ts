/** What one film costs, in seconds; from docs/benchmarks.md, where not called assumed. */
export interface Costs {
  /** CPU of Postgres. */
  database: number;
  /** CPU of a worker's program. */
  worker: number;
  /** CPU of ffmpeg, all in the last step. */
  cutting: number;
  /** What the vendors take: text, sheet, picture, clip. */
  vendors: { text: number; sheet: number; picture: number; clip: number };
}

export interface Shape {
  workers: number;
  /** Steps that one worker runs at once. */
  slots: number;
  coresPerWorker: number;
  /** Cores that each database has. */
  databaseCores: number;
  /** Users are spread over so many databases. */
  databases: number;
}

export interface Outcome {
  filmsPerMinute: number;
  secondsPerFilm: number;
  /** Shares of the time in which they were at work. */
  databaseBusy: number;
  workersBusy: number;
}

const steps = 18;
const warmUp = 100;
const end = 300;
/** Films begin spread over this, so that they don't go in step. */
const spread = 50;
/** Films under way at most: enough to keep everything busy that can be. */
const mostFilms = 2_000;

type Then = () => void;

/** Events in the order of their time: a binary heap. */
function createClock() {
  const heap: { at: number; then: Then }[] = [];
  const timeAt = (index: number) => heap[index]?.at ?? Number.POSITIVE_INFINITY;
  const swap = (one: number, other: number) => {
    const [a, b] = [heap[one], heap[other]];
    if (a && b) [heap[one], heap[other]] = [b, a];
  };
  const clock = {
    now: 0,
    after(seconds: number, then: Then) {
      let index = heap.push({ at: clock.now + seconds, then }) - 1;
      for (let up = (index - 1) >> 1; index > 0 && timeAt(up) > timeAt(index); up = (index - 1) >> 1) {
        swap(up, index);
        index = up;
      }
    },
    run(until: number) {
      while (timeAt(0) <= until) {
        const first = heap[0];
        const last = heap.pop();
        if (!first || !last) return;
        if (heap.length > 0) heap[0] = last;
        for (let index = 0; ; ) {
          const left = 2 * index + 1;
          const least = timeAt(left + 1) < timeAt(left) ? left + 1 : left;
          if (timeAt(least) >= timeAt(index)) break;
          swap(index, least);
          index = least;
        }
        clock.now = first.at;
        first.then();
      }
    },
  };
  return clock;
}

/** So many of something, and a line of those who wait for one. */
function createStation(clock: ReturnType<typeof createClock>, count: number) {
  const line: Then[] = [];
  let head = 0;
  const station = {
    free: count,
    /** Seconds of work done after the warm-up. */
    worked: 0,
    take(then: Then) {
      if (station.free === 0) return void line.push(then);
      station.free -= 1;
      then();
    },
    give() {
      const next = line[head];
      if (!next) {
        station.free += 1;
        return;
      }
      head += 1;
      next();
    },
    work(seconds: number, then: Then) {
      station.take(() =>
        clock.after(seconds, () => {
          if (clock.now > warmUp) station.worked += seconds;
          station.give();
          then();
        }),
      );
    },
  };
  return station;
}

/** Plays films through databases, workers' cores and slots, always as many under way; vendors have room for all. */
export function simulate(costs: Costs, shape: Shape): Outcome {
  const clock = createClock();
  const cores = shape.workers * shape.coresPerWorker;
  const slots = createStation(clock, shape.workers * shape.slots);
  const cpu = createStation(clock, cores);
  const databases = Array.from({ length: shape.databases }, () => createStation(clock, shape.databaseCores));
  const spans: number[] = [];

  function film(number: number): void {
    const database = databases[number % databases.length];
    if (!database) return;
    const began = clock.now;
    /** Claim, vendor, commit; a clip gives its slot back while the vendor works. */
    const step = (vendorSeconds: number, holds: boolean, cutting: number, then: Then) =>
      slots.take(() =>
        database.work(costs.database / steps / 2, () =>
          cpu.work(costs.worker / steps, () => {
            if (!holds) slots.give();
            clock.after(vendorSeconds, () =>
              (cutting > 0 ? cpu.work : (_seconds: number, next: Then) => next())(cutting, () =>
                database.work(costs.database / steps / 2, () => {
                  if (holds) slots.give();
                  then();
                }),
              ),
            );
          }),
        ),
      );
    const several = (count: number, each: (then: Then) => void, then: Then) => {
      let left = count;
      const one = () => {
        left -= 1;
        if (left === 0) then();
      };
      for (let index = 0; index < count; index += 1) each(one);
    };
    const { text, sheet, picture, clip } = costs.vendors;
    const shot = (then: Then) => step(picture, true, 0, () => step(clip, false, 0, then));
    step(text, true, 0, () =>
      several(
        2,
        (then) => step(sheet, true, 0, then),
        () =>
          several(7, shot, () =>
            step(0, true, costs.cutting, () => {
              if (clock.now > warmUp) spans.push(clock.now - began);
              film(number);
            }),
          ),
      ),
    );
  }

  const films = Math.min(shape.workers * shape.slots, mostFilms);
  for (let number = 0; number < films; number += 1) clock.after((number / films) * spread, () => film(number));
  clock.run(end);
  const measured = end - warmUp;
  const busy = (stations: { worked: number }[], servers: number) =>
    stations.reduce((total, { worked }) => total + worked, 0) / servers / measured;
  return {
    filmsPerMinute: (spans.length / measured) * 60,
    secondsPerFilm: spans.reduce((total, span) => total + span, 0) / spans.length,
    databaseBusy: busy(databases, shape.databases * shape.databaseCores),
    workersBusy: busy([cpu], cores),
  };
}
