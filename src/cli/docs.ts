import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { documentWithSamples } from '../contract/codeSamples.ts';
import { redocScript } from '../contract/reference.ts';
import { end, exits, explain, say } from './ending.ts';
import { mistakes } from './mistakes.ts';
import { systemLanguage } from './words.ts';

const help = `Writes the API reference as one file that loads nothing from elsewhere.
把 API 文档写成单个文件，不加载任何外部资源。

  npm run docs [-- --out docs/site/index.html]
`;

/** Text inside a script element must not end it. */
const inScript = (text: string): string => text.replaceAll('</', '<\\/');

function staticPage(): string {
  const { title, version } = documentWithSamples().info;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} ${version}</title>
<style>body { margin: 0; }</style>
</head>
<body>
<div id="reference"></div>
<script>${redocScript().replaceAll('</script', '<\\/script')}</script>
<script>Redoc.init(${inScript(JSON.stringify(documentWithSamples()))}, { nativeScrollbars: true }, document.getElementById('reference'));</script>
</body>
</html>
`;
}

function parse() {
  const out = { type: 'string', default: 'docs/site/index.html' } as const;
  try {
    return parseArgs({ options: { out, help: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    throw mistakes.unparsable(error);
  }
}

async function main(): Promise<number> {
  const values = parse();
  if (values.help) {
    say(help);
    return exits.done;
  }
  const file = resolve(values.out);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, staticPage());
  say(`The reference is in ${file}. / 文档已写入该文件。`);
  return exits.done;
}

main().then(end, (error) => end(explain(error, systemLanguage(), help)));
