import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type RequestHandler, type Response, Router } from 'express';
import helmet from 'helmet';
import { factsOf } from './requestFacts.ts';
import { studioPage } from './studioPage.ts';

const root = fileURLToPath(new URL('../studio/', import.meta.url));
const none = ["'none'"];
const self = ["'self'"];
const types = {
  ts: 'text/javascript',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};
const files = globSync('**/*.{ts,js,css,svg,webp}', { cwd: root })
  .filter((path) => !path.endsWith('.d.ts'))
  .sort();

/** Every address of the studio. */
export const studioPaths = ['/', ...files.map((path) => `/studio/${path}`)];

interface Served {
  type: string;
  body: Buffer;
  /** Undefined where it would not get smaller. */
  gzipped?: Buffer;
  etag: string;
}

const kept = new Map<string, Served>();

/** What the browser gets of a file: TypeScript without its types, with the lines where they were. */
function served(path: string): Served {
  const known = kept.get(path);
  if (known) return known;
  const made = read(path);
  kept.set(path, made);
  return made;
}

function read(path: string): Served {
  const bytes = readFileSync(root + path);
  const type = types[path.split('.').pop() as keyof typeof types];
  if (type === types.webp) return { type, body: bytes, etag: etagOf(bytes) };
  return encoded(textOf(path, bytes.toString()), type);
}

function textOf(path: string, text: string): string {
  if (path.endsWith('.ts')) return stripTypeScriptTypes(text);
  return path.endsWith('.css') ? joined(path, text) : text;
}

/** A sheet with those it imports in the places of their names: one answer, where a browser would read the first and then ask again. */
const joined = (path: string, sheet: string): string =>
  sheet.replaceAll(/@import "(.+)";/g, (_, name: string) => readFileSync(join(root, dirname(path), name), 'utf8'));

function encoded(text: string, type: string): Served {
  const body = Buffer.from(text);
  return { type: `${type}; charset=utf-8`, body, gzipped: gzipSync(body, { level: 9 }), etag: etagOf(body) };
}

const etagOf = (body: Buffer) => `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

/** Code is asked after at each visit, so that all of a page is of one version; a picture may be a day old. */
const cacheControl = ({ type }: Served) => (type === types.webp ? 'public, max-age=86400' : 'no-cache');

/** Nothing inline, nothing from elsewhere; pictures and films may come from where the store keeps them. */
const studioHeaders = (mediaOrigins: readonly string[]): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: self,
        styleSrc: self,
        imgSrc: [...self, 'blob:', ...mediaOrigins],
        mediaSrc: [...self, 'blob:', ...mediaOrigins],
        connectSrc: [...self, ...mediaOrigins],
        baseUri: none,
        formAction: none,
        frameAncestors: none,
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });

function send(res: Response, file: Served, fresh: boolean, gzip: boolean): void {
  res.set({ 'content-type': file.type, 'cache-control': cacheControl(file), etag: file.etag });
  if (file.gzipped) res.vary('accept-encoding');
  if (fresh) return void res.status(304).end();
  const zipped = gzip ? file.gzipped : undefined;
  if (zipped) res.set('content-encoding', 'gzip');
  res.send(zipped ?? file.body);
}

/** The studio at `/`: its page, and its modules as they are written. */
export function studio(mediaOrigins: readonly string[] = []): RequestHandler {
  const modules = files.filter((path) => /\.(ts|js)$/.test(path)).map((path) => `/studio/${path}`);
  const pages = { en: studioPage('en', modules), zh: studioPage('zh', modules) };
  const router = Router({ strict: true });
  router.get('/', studioHeaders(mediaOrigins), (req, res) => {
    const { language } = factsOf(req);
    res.vary('accept-language').set('content-language', language);
    const file = encoded(pages[language], 'text/html');
    send(res, file, req.get('if-none-match') === file.etag, req.acceptsEncodings('gzip') === 'gzip');
  });
  for (const path of files) {
    router.get(`/studio/${path}`, (req, res) => {
      const file = served(path);
      send(res, file, req.get('if-none-match') === file.etag, req.acceptsEncodings('gzip') === 'gzip');
    });
  }
  return router;
}
