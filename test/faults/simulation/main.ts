import { type Guard, guards } from './guards.ts';
import { runSchedule } from './run.ts';

const [from = '0', count = '200', guard] = process.argv.slice(2);
const removed = guard ? [guard as Guard] : [];
const started = performance.now();
let events = 0,
  steps = 0,
  bad = 0;
const counts: Record<string, number> = {};
for (let seed = Number(from); seed < Number(from) + Number(count); seed++) {
  const s = runSchedule(seed, removed);
  events += s.events;
  steps += s.steps;
  for (const [k, v] of Object.entries(s.counts)) counts[k] = (counts[k] ?? 0) + v;
  if (s.violations.length) {
    bad++;
    if (bad <= 5) console.log(seed, s.idempotency, s.violations.slice(0, 3));
  }
}
console.log({ bad, events, steps, counts, ms: Math.round(performance.now() - started), known: guards.length });
