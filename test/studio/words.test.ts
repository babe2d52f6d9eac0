import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { english } from '../../src/studio/wordsEn.ts';

const root = fileURLToPath(new URL('../../src/studio/', import.meta.url));

describe('the words of the studio', () => {
  it('are all said somewhere', () => {
    const files = globSync('*.ts', { cwd: root }).filter((path) => !/^words(En|Zh)\.ts$/.test(path));
    const source = files.map((path) => readFileSync(root + path, 'utf8')).join('\n');
    const isSaid = (key: string) => source.includes(`'${key}'`) || source.includes(`t(\`${key.replace(/_.*/, '_')}\${`);
    assert.deepEqual(
      Object.keys(english).filter((key) => !isSaid(key)),
      [],
    );
  });
});
