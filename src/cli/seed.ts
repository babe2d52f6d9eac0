import { parseArgs } from 'node:util';
import { loadConfig } from '../config.ts';
import { serviceUrl } from './args.ts';
import { end, exits, explain, say } from './ending.ts';
import { listenForInterrupt } from './interrupt.ts';
import { mistakes } from './mistakes.ts';
import { plantDemo } from './seedDemo.ts';
import { openSession } from './session.ts';
import type { Shown } from './showFilm.ts';
import { systemLanguage, words } from './words.ts';

const help = `Makes a demo user with a conversation and a finished film; what is there already is left alone.
创建演示用户，附带一个会话和一部完成的影片；已有的内容保持不变。

Usage: npm run seed [-- --url URL]`;

const language = systemLanguage();

function parse() {
  try {
    return parseArgs({ options: { url: { type: 'string' }, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    throw mistakes.unparsable(error);
  }
}

async function main(): Promise<number> {
  const since = performance.now();
  const given = parse();
  if (given.help) {
    say(help);
    return exits.done;
  }
  const url = given.url === undefined ? undefined : serviceUrl(given.url);
  const config = loadConfig();
  const shown: Shown = {};
  const interrupt = listenForInterrupt({
    onFirst: () => (shown.display?.note ?? say)(words[language].stopping),
    onSecond: () => shown.display?.stop(),
  });
  const { signal } = interrupt;
  const identity = () => ({ username: 'demo', email: 'demo@example.com' });
  try {
    const accountFile = 'demo-account.json';
    const session = await openSession({ config, url, language, say, signal, accountFile, identity });
    await plantDemo({ ...session, say, signal, since, shown }).finally(() => session.service.stop());
    return exits.done;
  } catch (error) {
    if (signal.aborted) return interrupt.exitCode();
    throw error;
  } finally {
    interrupt.dispose();
  }
}

main().then(end, (error) => end(explain(error, language, help)));
