import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../src/config.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const isThere = (path: string): boolean => existsSync(join(root, path));

interface Page {
  path: string;
  text: string;
}

const pages: Page[] = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: root })].map(
  (path) => ({ path, text: read(path) }),
);

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
const sorted = (names: readonly string[]): string[] => [...names].sort();

/** The places where pages name something that does not exist, as `page → name`. */
const missing = (named: (page: Page) => string[], exists: (name: string, page: Page) => boolean): string[] =>
  pages.flatMap((page) =>
    named(page)
      .filter((name) => !exists(name, page))
      .map((name) => `${page.path} → ${name}`),
  );

/** Every variable that src/config.ts reads. */
function settingNames(): string[] {
  const schema = /const environment = z\.object\(\{\n([\s\S]*?)\n\}\);/.exec(read('src/config.ts'))?.[1] ?? '';
  return sorted(all(schema, /^ {2}([A-Z][A-Z_]+):/gm));
}

/** What only deploy/compose.yaml reads. */
const composeOnly = ['POSTGRES_PASSWORD', 'GATEWAY_PORT', 'GATEWAY_LISTEN', 'GATEWAY_TLS_PORT', 'TLS_DIR'];

/** `#NAME=value` lines; an empty value is no value. */
const exampleSettings = (): [name: string, value: string][] =>
  read('.env.example')
    .split('\n')
    .flatMap((line) => {
      const [, name, value = ''] = /^#([A-Z][A-Z_]+)=(.*)$/.exec(line) ?? [];
      return name && !composeOnly.includes(name) ? [[name, value]] : [];
    });

/** Names and defaults out of the first two cells of the rows; one default may stand for all names of its row. */
function tableSettings(): [name: string, value: string][] {
  const section = read('README.md').split('\n## Settings\n')[1]?.split('\n## ')[0] ?? '';
  return section.split('\n').flatMap((row) => {
    const [, first = '', second = ''] = row.split('|');
    const names = all(first, /`([A-Z][A-Z_]+)`/g);
    const values = all(second, /`([^`]*)`/g);
    assert.ok(values.length <= 1 || values.length === names.length, row);
    return names.map((name, index): [string, string] => [name, (values.length > 1 ? values[index] : values[0]) ?? '']);
  });
}

/** The fragment that a heading is reached by. */
const fragmentOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

function leadsSomewhere(link: string, page: Page): boolean {
  const [path = '', fragment] = link.split('#');
  const target = path === '' ? page.path : join(dirname(page.path), decodeURIComponent(path));
  if (!isThere(target)) return false;
  return (
    fragment === undefined ||
    all(read(target), /^#+ (.+)$/gm)
      .map(fragmentOf)
      .includes(fragment)
  );
}

describe('the documents', () => {
  it('name every setting of the program, and no other, with its default', () => {
    const examples = exampleSettings();
    assert.ok(settingNames().length > 30);
    assert.deepEqual(sorted(examples.map(([name]) => name)), settingNames());
    assert.deepEqual(loadConfig(Object.fromEntries(examples)), loadConfig({}));
    assert.deepEqual(Object.fromEntries(tableSettings()), Object.fromEntries(examples));
    assert.equal(tableSettings().length, examples.length);
  });

  it('have links that lead somewhere', () => {
    const links = ({ text }: Page) => all(text, /\]\(([^)\s]+)\)/g).filter((link) => !/^[a-z]+:/.test(link));
    assert.deepEqual(missing(links, leadsSomewhere), []);
  });

  it('name files that exist', () => {
    const files = ({ text }: Page) => all(text, /(?<![\w./-])((?:src|test|migrations|sdk)\/[\w./-]*\w)/g);
    assert.deepEqual(missing(files, isThere), []);
  });

  it('name npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = ({ text }: Page) => all(text, /npm run (?:--silent )?([a-z][\w:-]*)/g);
    assert.deepEqual(
      missing(named, (name) => name in scripts),
      [],
    );
  });

  it('stay short where they should be read in one go', () => {
    const limits = { 'README.md': 220, 'docs/architecture.md': 150, 'docs/reliability.md': 120 };
    const tooLong = Object.entries(limits).filter(([path, lines]) => read(path).trimEnd().split('\n').length > lines);
    assert.deepEqual(tooLong, []);
  });

  it('tell of each decision its background, what was decided and what follows', () => {
    const decisions = pages.filter(({ path }) => path.startsWith('docs/decisions/'));
    const headings = ['Background', 'Decision', 'Consequences'];
    assert.ok(decisions.length > 0);
    for (const { path, text } of decisions) {
      assert.equal(`# ${Number(/\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1])}. `, /^# \d+\. /.exec(text)?.[0], path);
      assert.deepEqual(all(text, /^## (.+)$/gm), headings, path);
    }
  });
});
