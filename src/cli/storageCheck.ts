import { loadConfig } from '../config.ts';
import { tableOf } from '../doctor/finding.ts';
import { checkStorage } from '../doctor/storage.ts';
import { end, exits, explain, isHelpWanted, say } from './ending.ts';
import { systemLanguage } from './words.ts';

const help = `Writes, reads and deletes a small file in the storage that is set.
在所设存储中写入、读取并删除一个小文件。

Usage: npm run storage:check`;
const language = systemLanguage();

async function main(): Promise<number> {
  if (isHelpWanted()) {
    say(help);
    return exits.done;
  }
  const findings = await checkStorage(loadConfig());
  say(tableOf(findings, language));
  return findings.some(({ state }) => state === 'bad') ? exits.failed : exits.done;
}

main().then(end, (error) => end(explain(error, language, help)));
