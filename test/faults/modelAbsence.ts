import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import type { Admission } from '../../src/engine/absenceRules.ts';
import type { Owner } from './modelCalls.ts';
import type { Random } from './random.ts';
import * as absence from './simulation/absence.ts';
import type { StepRow, TaskRow } from './simulation/rows.ts';
import type { World } from './simulation/world.ts';

/** What PostgreSQL and the model have to have in common about a vendor that is away. */
export interface Sides {
  db: Knex;
  world: World;
  task: TaskRow;
  ids: string[];
  owners: Owner[];
  /** When both had the same times; only PostgreSQL's clock goes on. */
  alignedAt: number;
  /** For how long every step has been due. */
  dueForMs: number;
}

const vendor = 'tuzi';
const hourMs = 3_600_000;
const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

/** What PostgreSQL measured between the alignment and now may be less by as much as that took. */
function assertNear({ alignedAt }: Sides, inModel: number, sql: number, what: string): void {
  const passedMs = performance.now() - alignedAt + 2;
  const isNear = sql <= inModel + 2 && sql >= inModel - passedMs;
  assert.ok(isNear || (inModel <= 0 && sql <= 0), `${what}: ${inModel} ms in the model, ${sql} ms in PostgreSQL`);
}

interface AwayRow {
  id: string;
  since: number | null;
}

export async function compareAbsence(sides: Sides, after: string): Promise<void> {
  const { db, world, task, ids } = sides;
  const { limits, now } = world.db;
  const idOf = (step: StepRow | undefined) => (step ? ids[task.steps.indexOf(step)] : null);
  const [row] = await db('vendor_limits')
    .where({ vendor })
    .select('away_count', 'probe_step', 'asked_step')
    .select(
      db.raw(`${ms('cool_until - clock_timestamp()')} as cool, ${ms('clock_timestamp() - away_since')} as since`),
    );
  const sql = row ?? { away_count: 0, probe_step: null, asked_step: null, cool: 0, since: null };
  const inModel = [limits.awayCount, idOf(limits.probe), idOf(limits.asked)];
  assert.deepEqual(inModel, [sql.away_count, sql.probe_step, sql.asked_step], `the limits after ${after}`);
  assertNear(sides, limits.coolUntil - now(), sql.cool, `the cool-down after ${after}`);
  assertSince(sides, limits.awaySince, sql.since, `the absence after ${after}`);
  const rows: AwayRow[] = await db('steps')
    .where({ task_id: task.id })
    .select('id', db.raw(`${ms('clock_timestamp() - away_since')} as since`));
  for (const { id, since } of rows)
    assertSince(sides, task.steps[ids.indexOf(id)]?.awaySince, since, `the waiting after ${after}`);
}

function assertSince(sides: Sides, inModel: number | undefined, sql: number | null, what: string): void {
  assert.equal(inModel === undefined, sql === null, `${what}: ${inModel} in the model, ${sql} ms ago in PostgreSQL`);
  if (inModel !== undefined && sql !== null) assertNear(sides, inModel - sides.world.clock.now(), -sql, what);
}

/** Gives both sides the same times again, none of which runs out while commands are carried out. */
export async function alignAbsence(sides: Sides, random?: Random): Promise<void> {
  const { db, world, task, ids } = sides;
  const { limits, now } = world.db;
  const aligned = (since: number) => (now() - since >= absence.waitedForMs || random?.chance(0.5) ? -hourMs : -60_000);
  const isCooling = limits.coolUntil > now() && !random?.chance(0.5);
  const isForgotten = limits.coolUntil < now() - 360_000 || random?.chance(0.3);
  const endedAt = isForgotten ? -hourMs : -1_000;
  limits.coolUntil = now() + (isCooling ? hourMs : endedAt);
  if (limits.awaySince !== undefined) limits.awaySince = now() + aligned(limits.awaySince);
  for (const step of task.steps) if (step.awaySince !== undefined) step.awaySince = now() + aligned(step.awaySince);
  sides.alignedAt = performance.now();
  const at = (time: number | undefined) =>
    time === undefined ? null : db.raw("clock_timestamp() + ? * interval '1 millisecond'", [time - now()]);
  await db('vendor_limits')
    .where({ vendor })
    .update({ cool_until: at(limits.coolUntil), away_since: at(limits.awaySince) });
  for (const [n, step] of task.steps.entries())
    if (step.awaySince !== undefined)
      await db('steps')
        .where({ id: ids[n] })
        .update({ away_since: at(step.awaySince) });
}

const any = ({ owners }: Sides, random: Random): Owner | undefined =>
  owners.length > 0 ? random.pick(owners.slice(-3)) : undefined;

export const absenceCommands = {
  async meetAbsence(sides: Sides, random: Random) {
    const one = any(sides, random);
    if (!one) return;
    const askedMs = random.pick([0, 0, 5_000, 60_000]);
    const { rows } = await sides.db.raw<{ rows: [{ known: boolean; over: boolean; wait_ms: number }] }>(
      "select * from meet_absence(?, ?, ? * interval '1 millisecond')",
      [vendor, one.sql.id, askedMs],
    );
    const met = absence.meetAbsence(sides.world.db, one.model.step, askedMs);
    assert.deepEqual([met.known, met.over], [rows[0].known, rows[0].over], 'an absence is met differently');
    assertNear(sides, met.waitMs, rows[0].wait_ms, 'the wait');
  },
  async vendorIsBack(sides: Sides, random: Random) {
    const { db, world, task, ids } = sides;
    const cooling = random.chance(0.3);
    const later = { not_before: db.raw("now() + interval '1 hour'") };
    await db('steps').where({ task_id: task.id, status: 'ready' }).update(later);
    for (const step of task.steps) if (step.status === 'ready') step.notBefore = world.db.now() + hourMs;
    const { rows } = await db.raw<{ rows: [{ back: boolean }] }>('select vendor_is_back(?, ?) as back', [
      vendor,
      cooling,
    ]);
    assert.equal(absence.vendorIsBack(world.db, cooling), rows[0].back, 'only one heard that the vendor is back');
    if (random.chance(0.8)) {
      await db.raw('select wake_after_absence(?)', [vendor]);
      absence.wakeAfterAbsence(world.db);
    }
    const due: string[] = await db('steps').where({ task_id: task.id }).whereRaw('not_before <= now()').pluck('id');
    const dueInModel = ids.filter((_, n) => (task.steps[n]?.notBefore ?? 0) <= world.db.now());
    assert.deepEqual(dueInModel.toSorted(), due.toSorted(), 'others are woken');
  },
  async admitCall(sides: Sides, random: Random) {
    const one = any(sides, random);
    if (!one) return;
    const { sql, model } = one;
    const purpose = sql.kind === 'shootSceneClip' ? 'video' : 'image';
    const { rows } = await sides.db.raw<{ rows: [Admission] }>('select * from admit_call(?, ?)', [
      vendor,
      `${sql.id}:${purpose}:${sql.generation}`,
    ]);
    const { cool_ms: coolMs, ...found } = absence.admitCall(
      sides.world.db,
      `${model.step.id}:${model.generation}`,
      model.step,
    );
    const { cool_ms: sqlCoolMs, ...sqlFound } = rows[0];
    assert.deepEqual(found, { ...sqlFound, in_flight: Number(sqlFound.in_flight) }, 'a call is admitted differently');
    assertNear(sides, coolMs, sqlCoolMs, 'the cool-down of an admission');
  },
  /** Time passes: cool-downs end, and some have waited for long. */
  async timePasses(sides: Sides, random: Random) {
    sides.dueForMs = random.pick([1_000, hourMs]);
    await alignAbsence(sides, random);
  },
};
