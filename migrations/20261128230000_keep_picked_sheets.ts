import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('character_sheets', (t) => {
    t.boolean('picked')
      .notNullable()
      .defaultTo(false)
      .comment('A person chose its take: it stays, whatever it was made from, until the character is edited.');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('character_sheets', (t) => t.dropColumn('picked'));
}
