import type { Knex } from 'knex';
import { type CharacterSheet, type CharacterSheetRow, toCharacterSheet } from './screenplayRows.ts';

export async function findCharacterSheet(
  db: Knex,
  screenplayId: string,
  id: string,
): Promise<CharacterSheet | undefined> {
  const row = await db<CharacterSheetRow>('character_sheets').where({ id, screenplay_id: screenplayId }).first();
  return row && toCharacterSheet(row);
}

export const listCharacterSheetIds = (db: Knex, screenplayId: string): Promise<string[]> =>
  db<CharacterSheetRow>('character_sheets').where({ screenplay_id: screenplayId }).pluck('id');

/** Changes a character's name or description, which ends its pick and those of the scenes it is in; false when there is no such sheet. */
export async function updateCharacterSheet(
  trx: Knex,
  screenplayId: string,
  id: string,
  { name, description }: { name?: string; description?: string },
): Promise<boolean> {
  const sheet = await findCharacterSheet(trx, screenplayId, id);
  if (!sheet) return false;
  const changed =
    (name !== undefined && name !== sheet.name) || (description !== undefined && description !== sheet.description);
  await trx('character_sheets')
    .where({ id })
    .update({ name, description, screenplay_id: screenplayId, ...(changed && { picked: false }) });
  if (changed) await endPicksOf(trx, id);
  return true;
}

/** What a character is in has to follow its new looks. */
export async function endPicksOf(trx: Knex, characterSheetId: string): Promise<void> {
  await trx('scenes')
    .whereRaw('? = any (character_sheet_ids)', [characterSheetId])
    .where((picked) => picked.where({ image_picked: true }).orWhere({ video_picked: true }))
    .update({ image_picked: false, video_picked: false });
}
