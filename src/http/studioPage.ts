import type { Language } from '../errors.ts';

const words: Record<
  Language,
  { lang: string; title: string; lead: string; docs: string; contract: string; health: string }
> = {
  en: {
    lang: 'en',
    title: 'DirectorAI Studio',
    lead: 'A prompt in, an anime short film out. The service is running; its studio needs JavaScript.',
    docs: 'API reference',
    contract: 'The contract (OpenAPI)',
    health: 'Is it ready?',
  },
  zh: {
    lang: 'zh-CN',
    title: 'AI漫导 · 工作室',
    lead: '输入一个想法，得到一部动漫短片。服务正在运行；工作室页面需要 JavaScript。',
    docs: 'API 文档',
    contract: 'API 契约（OpenAPI）',
    health: '服务状态',
  },
};

/** The page around the studio's modules, and what it says where they cannot run. */
export function studioPage(language: Language, modules: readonly string[]): string {
  const { lang, title, lead, docs, contract, health } = words[language];
  const preloads = modules.map((path) => `<link rel="modulepreload" href="${path}">`).join('\n');
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>${title}</title>
<link rel="icon" href="/studio/icon.svg">
<link rel="stylesheet" href="/studio/css/studio.css">
${preloads}
<script type="module" src="/studio/main.ts"></script>
</head>
<body>
<noscript><main class="gate"><h1>${title}</h1><p>${lead}</p>
<ul><li><a href="/docs">${docs}</a></li><li><a href="/openapi.yaml">${contract}</a></li><li><a href="/api/v1/health/ready">${health}</a></li></ul></main></noscript>
<div id="studio"></div>
</body>
</html>
`;
}
