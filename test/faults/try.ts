import { buildProgram } from './campaign/build.ts';
import { ciPlan, type FaultKind, scaled } from './campaign/plan.ts';
import { runCampaign } from './campaign/run.ts';

const [share = '0.1', seed = '1', only] = process.argv.slice(2);
const program = await buildProgram('try');
const plan = scaled(ciPlan, Number(share), only ? (only.split(',') as FaultKind[]) : undefined);
console.log(plan);
const t = performance.now();
const verdict = await runCampaign({
  program,
  modes: { glm: 'key', gemini: 'lookup', tuzi: 'none' },
  seed: Number(seed),
  plan,
  say: (l) => console.log(l),
  keep: true,
});
console.dir(
  { ...verdict, violations: verdict.violations.slice(0, 30), n: verdict.violations.length, ms: performance.now() - t },
  { depth: 5 },
);
