import { parseArgs } from 'node:util';
import { loadConfig } from '../config.ts';
import { SetupError } from '../errors.ts';
import { listenForInterrupt } from './interrupt.ts';
import { ApiProblem, Unreachable } from './problem.ts';
import { plantDemo } from './seedDemo.ts';
import { openSession } from './session.ts';
import { systemLanguage } from './words.ts';

const help = `Makes a demo user with a conversation and a finished film; what is there already is left alone.
创建演示用户，附带一个会话和一部完成的影片；已有的内容保持不变。

Usage: npm run seed [-- --url URL]
`;

const language = systemLanguage();
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** As the command line of films: 0 done, 1 failed, 2 wrong arguments, 78 wrong set-up. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { url: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const interrupt = listenForInterrupt(() => undefined);
  const { signal } = interrupt;
  const url = values.url?.replace(/\/+$/, '');
  const identity = () => ({ username: 'demo', email: 'demo@example.com' });
  try {
    const accountFile = 'demo-account.json';
    const session = await openSession({ config: loadConfig(), url, language, say, signal, accountFile, identity });
    try {
      await plantDemo({ ...session, say, signal });
      return 0;
    } finally {
      await session.service.stop();
    }
  } catch (error) {
    if (signal.aborted) return interrupt.exitCode();
    throw error;
  } finally {
    interrupt.dispose();
  }
}

function explain(error: unknown): number {
  const known = error instanceof SetupError || error instanceof ApiProblem || error instanceof Unreachable;
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  const text = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${known || isUsage ? text.message : text.stack}\n${isUsage ? `\n${help}` : ''}`);
  if (error instanceof SetupError) return 78;
  return isUsage ? 2 : 1;
}

const end = (code: number): void => {
  process.exitCode = code;
  setTimeout(() => process.exit(), 1_000).unref();
};

main().then(end, (error) => end(explain(error)));
