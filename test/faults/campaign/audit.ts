import type { Knex } from 'knex';

/** A witness in the campaign's own database: every change of a step's state, its fence and its result, as it was committed. */
export async function watchSteps(db: Knex): Promise<void> {
  await db.raw(`
    create table fault_audit (
      id bigserial primary key, at timestamptz not null default clock_timestamp(), step_id uuid not null,
      from_status text, to_status text, from_fence bigint, to_fence bigint, result_changed boolean not null);
    create function fault_audit() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into fault_audit (step_id, to_status, to_fence, result_changed)
          values (new.id, new.status, new.fence, new.result is not null);
      elsif new.status <> old.status or new.fence <> old.fence or new.result is distinct from old.result
          or old.status = 'done' then
        insert into fault_audit (step_id, from_status, to_status, from_fence, to_fence, result_changed)
          values (new.id, old.status, new.status, old.fence, new.fence, new.result is distinct from old.result);
      end if;
      return null;
    end $$;
    create trigger fault_audit after insert or update on steps for each row execute function fault_audit();
  `);
}
