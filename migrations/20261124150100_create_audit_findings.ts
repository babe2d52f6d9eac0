import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('audit_findings', (t) => {
    t.comment(
      'Where a vendor’s own list of work and the ledger disagree; an operator’s to look into, nothing acts on it.',
    );
    t.text('vendor').notNullable();
    t.text('upstream_id').notNullable();
    t.text('kind')
      .notNullable()
      .comment('unknown: the vendor has it, the ledger does not. missing: the other way round.')
      .checkIn(['unknown', 'missing'], 'audit_findings_kind_check');
    t.timestamp('first_seen_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('last_seen_at').notNullable().defaultTo(knex.fn.now());
    t.primary(['vendor', 'upstream_id'], { constraintName: 'audit_findings_pkey' });
  });
  await knex.schema.alterTable('provider_orphans', (t) => {
    t.timestamp('adopted_at').comment('When the answer was put into the ledger after all.');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('provider_orphans', (t) => t.dropColumn('adopted_at'));
  await knex.schema.dropTable('audit_findings');
}
