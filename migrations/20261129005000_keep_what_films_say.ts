import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('takes', (t) => {
    t.jsonb('narration_hashes').comment(
      'Of a film: SHA-256 of each narration it says, by the id of its scene; null of all else, and where it was not kept.',
    );
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('takes', (t) => t.dropColumn('narration_hashes'));
}
