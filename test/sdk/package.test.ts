import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measureSdk } from '../../sdk/size.ts';
import './sdk.ts';

const root = fileURLToPath(new URL('../../sdk/', import.meta.url));
const limit = { wholeBytes: 28 * 1024, handWrittenBytes: 12.5 * 1024 };

describe('the package @directorai/sdk', () => {
  it('depends on nothing and imports nothing of its host', async () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
    assert.deepEqual([dependencies, peerDependencies], [undefined, undefined]);
    const { files } = await measureSdk();
    assert.deepEqual(
      files.filter((file) => !file.startsWith('sdk/dist/')),
      [],
    );
  });

  it('stays within its size, minified and gzipped for browsers', async () => {
    const size = await measureSdk();
    assert.ok(size.wholeBytes <= limit.wholeBytes, `${size.wholeBytes} bytes`);
    assert.ok(size.handWrittenBytes <= limit.handWrittenBytes, `${size.handWrittenBytes} bytes of our own`);
  });

  it('has the size its README says, to within a kibibyte', async () => {
    const said = /loads ([\d.]+) KiB \(minified and gzipped\), ([\d.]+) KiB of it not generated/.exec(
      readFileSync(`${root}README.md`, 'utf8'),
    );
    const { wholeBytes, handWrittenBytes } = await measureSdk();
    for (const [measured, stated] of [
      [wholeBytes, Number(said?.[1]) * 1024],
      [handWrittenBytes, Number(said?.[2]) * 1024],
    ] as const) {
      assert.ok(measured <= stated && measured > stated - 1024, `${measured} bytes, said are ${stated}`);
    }
  });
});
