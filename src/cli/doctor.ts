import { loadConfig } from '../config.ts';
import { checkDatabase } from '../doctor/database.ts';
import { type Finding, tableOf } from '../doctor/finding.ts';
import { checkDataDir, checkFfmpeg, checkFonts, checkNode } from '../doctor/machine.ts';
import { checkMetricsPort, checkPort, checkReceiver } from '../doctor/network.ts';
import { checkStorage } from '../doctor/storage.ts';
import { checkVendors } from '../doctor/vendors.ts';
import { end, exits, explain, isHelpWanted, say } from './ending.ts';
import { systemLanguage } from './words.ts';

const help = `Looks whether everything that the service needs is there, buying nothing.
检查服务所需的一切，不产生费用。

Usage: npm run doctor`;
const language = systemLanguage();

async function main(): Promise<number> {
  if (isHelpWanted()) {
    say(help);
    return exits.done;
  }
  const config = loadConfig();
  const found: (Finding | Finding[])[] = await Promise.all([
    checkNode(),
    checkFfmpeg(config),
    checkFonts(),
    checkDataDir(config),
    checkPort(config),
    checkMetricsPort(config),
    checkReceiver(config),
    checkDatabase(config),
    checkStorage(config),
    checkVendors(config),
  ]);
  const findings = found.flat();
  say(tableOf(findings, language));
  return findings.some(({ state }) => state === 'bad') ? exits.failed : exits.done;
}

main().then(end, (error) => end(explain(error, language, help)));
