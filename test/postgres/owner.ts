import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts';

/** A process that owns an embedded server until it is killed: `owner.ts <data directory> [disposable]`. It prints the server's URL. */
const { url } = await startEmbeddedPostgres({
  dataDir: process.argv[2] ?? '',
  disposable: process.argv[3] === 'disposable',
  log: { info: () => undefined, error: () => undefined },
});
process.stdout.write(`${url}\n`);
setInterval(() => undefined, 60_000);
