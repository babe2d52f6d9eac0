import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** Which rooms a room may enter besides itself. Files directly under src are rooms of their own. */
const doors: Record<string, string[]> = {
  faults: [],
  errors: ['faults'],
  log: ['tracing'],
  tracing: [],
  config: ['errors'],
  homeSecret: ['db'],
  secretBox: [],
  publicHosts: [],
  semaphore: [],
  localUrl: [],
  boundedMap: [],
  studio: [],
  webhooks: ['db', 'secretBox', 'publicHosts', 'errors', 'log'],
  contract: ['errors'],
  film: ['errors'],
  db: ['film', 'tracing', 'errors', 'knexfile'],
  realtime: ['errors', 'log'],
  storage: ['errors', 'log'],
  media: ['semaphore', 'errors', 'log'],
  providers: ['config', 'film', 'tracing', 'publicHosts', 'errors', 'log'],
  metrics: ['db', 'engine', 'film', 'providers', 'media', 'storage', 'tracing', 'errors', 'log'],
  postgres: ['errors'],
  engine: ['db', 'realtime', 'film', 'tracing', 'errors', 'log'],
  steps: ['engine', 'film', 'db', 'providers', 'media', 'storage', 'errors', 'log'],
  operations: [
    'contract',
    'film',
    'db',
    'engine',
    'storage',
    'media',
    'realtime',
    'webhooks',
    'publicHosts',
    'semaphore',
    'boundedMap',
    'config',
    'errors',
    'log',
  ],
  http: [
    'localUrl',
    'semaphore',
    'boundedMap',
    'operations',
    'secretBox',
    'contract',
    'film',
    'db',
    'media',
    'storage',
    'tracing',
    'config',
    'errors',
    'log',
  ],
  services: [
    'http',
    'operations',
    'engine',
    'db',
    'providers',
    'media',
    'storage',
    'realtime',
    'metrics',
    'tracing',
    'config',
    'log',
  ],
  workshop: ['services', 'steps', 'engine', 'db', 'providers', 'webhooks', 'metrics', 'config'],
  program: [
    'services',
    'workshop',
    'http',
    'engine',
    'db',
    'postgres',
    'homeSecret',
    'localUrl',
    'config',
    'errors',
    'log',
  ],
  main: ['program', 'config', 'errors', 'log'],
  doctor: ['config', 'db', 'media', 'storage', 'providers', 'errors'],
  cli: ['doctor', 'program', 'localUrl', 'contract', 'film', 'config', 'errors', 'log'],
};

interface SourceFile {
  path: string;
  room: string;
  text: string;
  imports: { specifier: string; room: string | undefined }[];
}

const roomOf = (path: string): string => (path.split('/')[0] ?? '').replace(/\.(ts|js)$/, '');

function readSource(path: string): SourceFile {
  const text = readFileSync(resolve(src, path), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  const imports = specifiers.map((specifier) => {
    if (!specifier.startsWith('.')) return { specifier, room: undefined };
    const target = relative(src, resolve(src, dirname(path), specifier));
    return { specifier, room: roomOf(target.replace(/^(\.\.\/)+/, '')) };
  });
  return { path, room: roomOf(path), text, imports };
}

const files = globSync('**/*.ts', { cwd: src })
  .filter((path) => !path.endsWith('.d.ts'))
  .map(readSource);

const offenders = (breaks: (file: SourceFile) => boolean): string[] => files.filter(breaks).map(({ path }) => path);

describe('the house', () => {
  it('has imports that point one way only', () => {
    const wrong = files.flatMap(({ path, room, imports }) =>
      imports
        .filter((entry) => entry.room && entry.room !== room && !doors[room]?.includes(entry.room))
        .map((entry) => `${path} → ${entry.specifier}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('has a rule for every room', () => {
    const rooms = new Set(files.map(({ room }) => room));
    assert.deepEqual(
      [...rooms].filter((room) => !(room in doors)),
      [],
    );
  });

  it('knows Express in http only', () => {
    assert.deepEqual(
      offenders(({ room, imports }) => room !== 'http' && imports.some(({ specifier }) => specifier === 'express')),
      [],
    );
  });

  it('reads the environment in config only', () => {
    const allowed = ['config.ts'];
    assert.deepEqual(
      offenders(({ path, text }) => text.includes('process.env') && !allowed.includes(path)),
      [],
    );
  });

  it('holds SQL in db, engine, realtime and postgres only', () => {
    const homes = new Set(['db', 'engine', 'realtime', 'postgres']);
    const sql = /\b(select|insert into|update|delete from)\s+[\s\S]{0,200}\b(from|values|set|where)\b/;
    const strings = /`[^`]*`|'[^'\n]*'/g;
    const asks = /\b(db|trx)(<\w+>)?\(\s*'/;
    const speaks = (text: string) =>
      asks.test(text) || (text.match(strings) ?? []).some((literal) => sql.test(literal));
    assert.deepEqual(
      offenders(({ room, text }) => !homes.has(room) && speaks(text)),
      [],
    );
  });

  it('locks the row of a user by one function', () => {
    const locks = /['(]users['"][^;]*\.for(NoKey)?Update\(|from users\b[^;`]*for (no key )?update/;
    assert.deepEqual(
      offenders(({ text }) => locks.test(text)),
      ['db/users.ts'],
    );
  });

  it('keeps files at 400 lines, free of any and of casts that hide what a value is', () => {
    assert.deepEqual(
      offenders(({ text }) => text.split('\n').length > 400),
      [],
    );
    assert.deepEqual(
      offenders(({ text }) =>
        /(:|<|as) any\b|as (unknown|object) as|\bas never\s*[;,)}\]]|@ts-ignore|biome-ignore/.test(text),
      ),
      [],
    );
  });
});
