import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { filesOf, makeCollection } from './collection.ts';

describe('the Postman collection', () => {
  it('is what the contract says now; `npm run postman` writes it', async () => {
    for (const [name, text] of Object.entries(filesOf(await makeCollection()))) {
      const committed = await readFile(new URL(`../../docs/postman/${name}`, import.meta.url), 'utf8');
      assert.ok(committed === text, `docs/postman/${name} is not up to date`);
    }
  });
});
