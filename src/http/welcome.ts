import { type RequestHandler, Router } from 'express';
import type { Language } from '../errors.ts';
import { pageHeaders } from './headers.ts';
import { factsOf } from './requestFacts.ts';

const words: Record<
  Language,
  { lang: string; title: string; lead: string; docs: string; contract: string; health: string }
> = {
  en: {
    lang: 'en',
    title: 'DirectorAI',
    lead: 'A prompt in, an anime short film out. The service is running.',
    docs: 'API reference',
    contract: 'The contract (OpenAPI)',
    health: 'Is it ready?',
  },
  zh: {
    lang: 'zh-CN',
    title: 'DirectorAI（AI漫导）',
    lead: '输入一个想法，得到一部动漫短片。服务正在运行。',
    docs: 'API 文档',
    contract: 'API 契约（OpenAPI）',
    health: '服务状态',
  },
};

const style = `
body { margin: 0; min-height: 100vh; box-sizing: border-box; display: grid; place-content: center; gap: 1rem; padding: 2rem;
  font: 1.125rem/1.6 system-ui, sans-serif; color: #1d2433; background: #f6f7fb; }
h1 { margin: 0; font-size: 2.5rem; } p { margin: 0; } ul { padding-left: 1.2rem; } a { color: #3949ab; }
@media (prefers-color-scheme: dark) { body { color: #e8eaf6; background: #12151f; } a { color: #9fa8da; } }
`;

function page(language: Language): string {
  const { lang, title, lead, docs, contract, health } = words[language];
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<p>${lead}</p>
<ul>
<li><a href="/docs">${docs}</a></li>
<li><a href="/openapi.yaml">${contract}</a></li>
<li><a href="/api/v1/health/ready">${health}</a></li>
</ul>
</body>
</html>
`;
}

/** One screen at `/` that says what this is and where to go on. */
export function welcome(): RequestHandler {
  const pages: Record<Language, string> = { en: page('en'), zh: page('zh') };
  const router = Router();
  router.get('/', pageHeaders(), (req, res) => {
    const { language } = factsOf(req);
    res.set('content-language', language).type('html').send(pages[language]);
  });
  return router;
}
