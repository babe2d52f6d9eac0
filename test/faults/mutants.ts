import type { Patch } from './campaign/build.ts';
import type { Mode, VendorName } from './campaign/cluster.ts';
import { ciPlan, type Plan } from './campaign/plan.ts';

/** A guard taken away from the real program or its database, and the faults that are to expose it. */
export interface Mutant {
  name: string;
  patches?: Patch[];
  sql?: string;
  plan: Plan;
  /** What it has to be noticed by; a run that is merely slow does not count. Undefined for the control, which has to keep every promise. */
  noticedBy?: RegExp;
}

/** None of them honours keys: a vendor that does would hide what the program does wrong. */
export const forgetfulVendors: Record<VendorName, Mode> = { glm: 'lookup', gemini: 'lookup', tuzi: 'none' };

const still = {
  kills: 0,
  points: 0,
  stops: 0,
  postgres: 0,
  vendor: 0,
  media: 0,
  storage: 0,
  terms: 0,
  clocks: 0,
  cancels: 0,
};
const nothing: Plan = { ...ciPlan, ...still, load: 24, steps: 0, seconds: 25, secondsMore: 60 };
const answersLost: Plan = {
  ...nothing,
  points: 10,
  places: ['writeScreenplay', 'drawImage', 'shootClip'].map((kind) => `after-answer@${kind}`),
};

/** A worker that is taken for dead goes on as if nothing were. */
const unaware: Patch = {
  file: 'src/engine/lease.ts',
  from: 'if (state.lost || state.ended) return;',
  to: 'if (reason) return;',
};

/**
 * Every now and then a process stands still between a step's work and its result, until others have taken the step over; it writes what it has and
 * ends, as one that finds itself fenced does, but later. All of them at once would leave nobody to take anything over.
 */
const freezing: Patch = {
  file: 'src/engine/crashPoint.ts',
  from: 'if (!armed) return () => undefined;',
  to: `if (!armed) {
    let frozen = false;
    return (name) => {
      if (name !== 'before-finish' || frozen || Math.random() > 0.02) return;
      frozen = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 34_000);
      setTimeout(() => process.exit(70), 2_000);
    };
  }`,
};

/** SQL that changes one place of a function as it stands, and fails where that is gone. */
const changed = (name: string, from: string, to: string): string => `
  do $do$ declare
    definition text := pg_get_functiondef('${name}'::regprocedure);
  begin
    if position($from$${from}$from$ in definition) = 0 then raise exception 'there is no such guard any more'; end if;
    execute replace(definition, $from$${from}$from$, $to$${to}$to$);
  end $do$;`;

export const mutants: Mutant[] = [
  { name: 'none, as a control', plan: { ...answersLost, kills: 10, stops: 2, stopMs: [18_000] } },
  {
    name: 'a result is taken whatever its fence',
    sql: `create or replace function lock_step(p_step uuid, p_fence bigint, p_status text) returns tasks language plpgsql as $$
      declare locked tasks;
      begin
        select t.* into locked from tasks t where t.id = (select task_id from steps where id = p_step) for update;
        return locked;
      end $$`,
    patches: [
      unaware,
      { file: 'src/engine/leaseRules.ts', from: 'nowMs - lastBeatMs > silentAtMostMs', to: 'nowMs < lastBeatMs' },
      freezing,
    ],
    plan: { ...nothing, load: 60, seconds: 90 },
    noticedBy: /changed after it was done|more than one result/,
  },
  {
    name: 'the call leaves before its intent is committed',
    patches: [
      {
        file: 'src/engine/ledger.ts',
        from: 'await writeIntent(trx, book, row, { ...intent, replaces, recognisedBy });',
        to: '{ model: purchase.model, request: purchase, max_cost_micros: micros, note: recognisedBy };',
      },
      {
        file: 'src/engine/ledger.ts',
        from: "options.crash('after-answer', book.step.kind);",
        to: "options.crash('after-answer', book.step.kind); await writeIntent(options.db, book, undefined, { replaces: true, recognisedBy: 'none' });",
      },
    ],
    plan: answersLost,
    noticedBy: /charged 2 times/,
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
    plan: { ...answersLost, points: 6, places: ['after-answer@writeScreenplay', 'after-answer@drawImage'] },
    noticedBy: /charged 2 times/,
  },
  {
    name: 'a call in doubt is sent again where nobody can tell what became of it',
    patches: [
      {
        file: 'src/engine/callRules.ts',
        from: "if (onDoubt === 'resend' && doubts === 0)",
        to: 'if (doubts < 9 || onDoubt)',
      },
    ],
    plan: { ...answersLost, points: 6, places: ['after-answer@shootClip'] },
    noticedBy: /charged 2 times/,
  },
  {
    name: 'the answer is kept only when it is used',
    patches: [{ file: 'src/engine/ledger.ts', from: 'if (!kept) {', to: 'if (!kept && answer === undefined) {' }],
    sql: `create function forget_answers() returns trigger language plpgsql as $$
      begin
        new.status := 'sending';
        new.upstream_id := null;
        return new;
      end $$;
      create trigger forget_answers before update on provider_calls for each row
        when (new.status in ('accepted', 'succeeded') and old.status = 'sending') execute function forget_answers()`,
    plan: { ...answersLost, places: ['before-finish@drawImage', 'before-finish@writeScreenplay'] },
    noticedBy: /is sending at rest|is booked as charged|charged \d times/,
  },
  {
    name: "a dead worker's steps are not taken back",
    sql: `create or replace function sweep_workers(p_silence interval, p_crash_limit int) returns setof text
      language sql as $$ select null::text where false $$`,
    plan: { ...nothing, kills: 20, seconds: 30 },
    noticedBy: /tasks have not ended/,
  },
  {
    name: 'what a dead worker has locked is not returned',
    sql: changed(
      'sweep_workers(interval, int)',
      'where w.fenced_at is not null and exists',
      'where w.fenced_at is null and exists',
    ),
    plan: { ...nothing, kills: 20, seconds: 30 },
    noticedBy: /still locked/,
  },
  {
    name: "a user's purchases do not pass one at a time",
    sql:
      changed(
        'reserve_money(uuid, uuid, bigint)',
        `insert into budgets (user_id) values (p_user)
      on conflict (user_id) do update set user_id = excluded.user_id returning * into budget;`,
        'select * into budget from budgets where user_id = p_user;',
      ) + changed('reserve_money(uuid, uuid, bigint)', 'return case when', 'perform pg_sleep(0.3); return case when'),
    plan: { ...nothing, load: 60, seconds: 60, budgets: { people: 4, micros: 1_234_000 } },
    noticedBy: /is over the budget/,
  },
  {
    name: 'what a media tool forked is left alone',
    patches: [
      {
        file: 'src/media/runProcess.ts',
        from: "child.once('exit', () => {\n      signalGroup(child, 'SIGKILL');",
        to: "child.once('exit', () => {",
      },
    ],
    plan: { ...nothing, media: 14, seconds: 40 },
    noticedBy: /still running/,
  },
];
