import { loadConfig } from '../config.ts';
import { tableOf } from '../doctor/finding.ts';
import { checkStorage } from '../doctor/storage.ts';
import { end, exits, explain, say } from './ending.ts';
import { systemLanguage } from './words.ts';

const language = systemLanguage();

async function main(): Promise<number> {
  const findings = await checkStorage(loadConfig());
  say(tableOf(findings, language));
  return findings.some(({ state }) => state === 'bad') ? exits.failed : exits.done;
}

main().then(end, (error) => end(explain(error, language, 'Usage: npm run storage:check')));
