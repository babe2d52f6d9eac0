import { readFileSync } from 'node:fs';
import { Router } from 'express';
import { documentWithSamples } from '../contract/codeSamples.ts';
import { documentPath, openApiDocument } from '../contract/document.ts';
import { redocScript } from '../contract/reference.ts';
import { pageHeaders } from './headers.ts';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>DirectorAI API</title>
<link rel="icon" href="/studio/icon.svg">
<style>body { margin: 0; }</style>
</head>
<body>
<div id="reference"></div>
<script src="/docs/redoc.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const start = `Redoc.init('/docs/reference.json', { hideDownloadButton: false, nativeScrollbars: true }, document.getElementById('reference'));
`;

/** Every address of these pages. */
export const docsPaths = [
  '/openapi.yaml',
  '/openapi.json',
  '/docs',
  '/docs/reference.json',
  '/docs/start.js',
  '/docs/redoc.js',
];

const dayLong = 'public, max-age=86400';

/** The contract in two formats, and Redoc over it; nothing is loaded from elsewhere. */
export function docs(): Router {
  const yaml = readFileSync(documentPath, 'utf8');
  const json = JSON.stringify(openApiDocument());
  const reference = JSON.stringify(documentWithSamples());
  const router = Router({ strict: true });
  router.get('/openapi.yaml', (_req, res) => void res.type('application/yaml').send(yaml));
  router.get('/openapi.json', (_req, res) => void res.type('json').send(json));
  router.get('/docs/reference.json', (_req, res) => void res.type('json').send(reference));
  router.get('/docs', pageHeaders(), (_req, res) => void res.type('html').send(page));
  router.get('/docs/start.js', (_req, res) => void res.type('js').set('cache-control', dayLong).send(start));
  const redoc = redocScript();
  router.get('/docs/redoc.js', (_req, res) => void res.type('js').set('cache-control', dayLong).send(redoc));
  return router;
}
