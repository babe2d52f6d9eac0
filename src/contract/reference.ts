import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Redoc's own mark comes from its maker's servers; the reference loads nothing from elsewhere. */
const outsideMark = 'https://cdn.redoc.ly/redoc/logo-mini.svg';

/** Redoc as one script that asks no other server for anything. */
export const redocScript = (): string =>
  readFileSync(createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js'), 'utf8').replaceAll(
    outsideMark,
    'data:,',
  );
