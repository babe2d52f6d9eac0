import type { Patch } from './campaign/build.ts';
import { ciPlan, type Plan } from './campaign/plan.ts';

/** A guard taken away from the real program or its database, and the faults that are to expose it. */
export interface Mutant {
  name: string;
  patches?: Patch[];
  sql?: string;
  plan: Plan;
}

const nothing: Plan = {
  ...ciPlan,
  seconds: 30,
  kills: 0,
  points: 0,
  stops: 0,
  postgres: 0,
  vendor: 0,
  terms: 0,
  cancels: 0,
};
const killing: Plan = { ...nothing, kills: 30, load: 30 };

export const mutants: Mutant[] = [
  {
    name: 'a result is taken whatever its fence',
    sql: `create or replace function lock_step(p_step uuid, p_fence bigint, p_status text) returns tasks language plpgsql as $$
      declare locked tasks;
      begin
        select t.* into locked from tasks t where t.id = (select task_id from steps where id = p_step) for update;
        return locked;
      end $$`,
    patches: [
      {
        file: 'src/engine/executor.ts',
        from: 'options.assertAlive();',
        to: '',
      },
    ],
    plan: { ...nothing, stops: 14, seconds: 45 },
  },
  {
    name: 'the call leaves before its intent is committed',
    patches: [
      {
        file: 'src/engine/ledger.ts',
        from: 'await writeIntent(trx, book, row, move);',
        to: 'setTimeout(() => { writeIntent(options.db, book, row, move).catch(() => undefined); }, 150);',
      },
    ],
    plan: killing,
  },
  {
    name: 'a call in doubt is not looked up',
    patches: [
      {
        file: 'src/engine/callRules.ts',
        from: "if (idempotency === 'lookup') return { kind: 'look-up' };",
        to: "if (idempotency === 'lookup') return { kind: 'send' };",
      },
    ],
    plan: killing,
  },
  {
    name: 'a clip is bought again where nobody can tell what became of it',
    patches: [
      {
        file: 'src/engine/callRules.ts',
        from: "if (onDoubt === 'resend' && doubts === 0)",
        to: 'if (doubts < 9 || onDoubt)',
      },
    ],
    plan: killing,
  },
  {
    name: "a dead worker's steps are not taken back",
    sql: `create or replace function sweep_workers(p_silence interval, p_crash_limit int) returns setof text language sql as $$ select null::text where false $$`,
    plan: killing,
  },
];
