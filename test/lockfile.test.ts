import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The first release without holes that are known: below it nobody may be, however deep in the tree. */
const floors: Record<string, string> = {
  multer: '2.3.0',
  sharp: '0.35.3',
  ws: '8.17.1',
  jsonwebtoken: '9.0.0',
  passport: '0.6.0',
  knex: '2.4.0',
};

const numbers = (version: string) => (version.split('-')[0] ?? '').split('.').map(Number);
function isBelow(version: string, floor: string): boolean {
  const [ours, least] = [numbers(version), numbers(floor)];
  const place = least.findIndex((number, index) => number !== ours[index]);
  return place >= 0 && (ours[place] ?? 0) < (least[place] ?? 0);
}

describe('package-lock.json', () => {
  const lock: { packages: Record<string, { version?: string }> } = JSON.parse(
    readFileSync(fileURLToPath(new URL('../package-lock.json', import.meta.url)), 'utf8'),
  );
  const installed = (name: string) =>
    Object.entries(lock.packages).filter(
      ([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`),
    );

  it('has no package below the version that mended it', () => {
    for (const [name, floor] of Object.entries(floors)) {
      assert.ok(installed(name).length > 0, `${name} is used`);
      for (const [path, { version = '0' }] of installed(name))
        assert.ok(!isBelow(version, floor), `${path} is ${version}, below ${floor}`);
    }
  });

  it('is compared by numbers', () => {
    assert.deepEqual(
      [isBelow('8.9.0', '8.17.1'), isBelow('10.0.0', '9.0.3'), isBelow('2.3.0', '2.3.0'), isBelow('0.35.2', '0.35.3')],
      [true, false, false, true],
    );
  });
});
