import { updateCharacterSheet as updateRow } from '../db/characterSheets.ts';
import { reopenScreenplay } from '../db/screenplays.ts';
import type { Operation } from './context.ts';
import { success } from './envelope.ts';
import { found } from './found.ts';
import { changeScreenplay, showCharacterSheet } from './screenplayViews.ts';
import { startRedraw } from './startRedraw.ts';

export const updateCharacterSheet: Operation<'updateCharacterSheet'> = async (ctx, { path, body }) => {
  const { screenplayId, characterSheetId } = path;
  await changeScreenplay(ctx, screenplayId, async ({ db }) => {
    found((await updateRow(db, screenplayId, characterSheetId, body)) || undefined, 'character sheet');
    await reopenScreenplay(db, screenplayId);
  });
  const sheet = await showCharacterSheet(ctx, screenplayId, characterSheetId);
  return { status: 200, body: success(ctx, sheet, 'updated') };
};

export const regenerateCharacterSheet: Operation<'regenerateCharacterSheet'> = async (ctx, { path, body }) => {
  const { screenplayId, characterSheetId } = path;
  return startRedraw(ctx, screenplayId, { type: 'image', params: { characterSheetId } }, async ({ db }) => {
    if (body.description !== undefined) await updateRow(db, screenplayId, characterSheetId, body);
  });
};
