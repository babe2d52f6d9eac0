import { parseArgs } from 'node:util';
import { loadConfig, secretsOf } from './config.ts';
import { SetupError } from './errors.ts';
import { buffered, createLog, type Log, terminal } from './log.ts';
import { isDatabaseAway, type OnLost, type Program, type Role, roles, startProgram } from './program.ts';

const help = `DirectorAI (AI漫导): a prompt in, an anime short film out.

Usage: npm start [-- ROLE]

Roles
  all      everything in one process (default)   一切在一个进程中（默认）
  api      the HTTP API alone                    仅 HTTP 接口
  worker   the generation work alone             仅生成任务
  migrate  bring the database up to date, then end   更新数据库后退出

Settings are environment variables; see .env.example. / 设置为环境变量，见 .env.example。
`;

/** sysexits.h: a fault in the set-up, and a process that should be started anew. */
const exitConfig = 78;
const exitLost = 70;
const graceMs = 20_000;
/** More than a drain, a last batch of traces and the database's own end take together: what goes on still waits for what will not come. */
const endWithinMs = 29_000;

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  if (values.help) return void process.stdout.write(help);
  const role = readRole(positionals);
  const config = loadConfig();
  const destination = process.stdout.isTTY ? await terminal() : buffered();
  const log = createLog(config.logLevel, { destination, secrets: secretsOf(config) });
  const onLost: OnLost = (reason, answers) => {
    log.fatal({ reason }, 'the lease is lost: ending, to be started anew');
    void answers.then(() => process.exit(exitLost));
  };
  const running: { program?: Program } = {};
  const onUncaught = (what: string) => (error: unknown) => {
    log.fatal({ err: error }, `${what}, ending`);
    // graphile-worker does not wait for what it writes: where that fails, answers may still be on their way.
    if (!isDatabaseAway(error) || !running.program?.lose('a write of its failed unseen')) process.exit(exitLost);
  };
  process.on('unhandledRejection', onUncaught('unhandled rejection'));
  process.on('uncaughtException', onUncaught('uncaught exception'));
  const stopping = new AbortController();
  const starting = startProgram({ config, role, log, onLost, signal: stopping.signal }).catch(unlessStopped);
  stopOnSignal(starting, stopping, log);
  const program = await starting;
  if (!program) return;
  running.program = program;
  if (role === 'migrate') {
    await program.stop(0);
    return say('The database is up to date. / 数据库已是最新。');
  }
  say(greeting(program));
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError(`${why} Only --help and a role are known. / 参数无效：只接受 --help 与角色。`, { cause });
  }
}

function readRole(positionals: string[]): Role {
  const [given = 'all', ...rest] = positionals;
  const role = roles.find((name) => name === given);
  if (!role || rest.length > 0) {
    throw new SetupError(
      `There is no role "${positionals.join(' ')}"; choose one of ${roles.join(', ')}. / 没有该角色。`,
    );
  }
  return role;
}

function greeting({ url, metricsUrl, embedded, sandboxed }: Program): string {
  const lines = [url ? 'DirectorAI is ready. / 漫导已就绪。' : 'The worker is ready. / 工作进程已就绪。'];
  if (url) lines.push(`  Open  ${url}/`, `  API   ${url}/api/v1`, `  Docs  ${url}/docs`);
  if (metricsUrl) lines.push(`  Figures  ${metricsUrl}`);
  lines.push(`  Data  ${embedded ? 'embedded PostgreSQL / 内置 PostgreSQL' : 'PostgreSQL at DATABASE_URL'}`);
  if (sandboxed.length > 0) {
    lines.push(`  The sandbox stands in for ${sandboxed.join(', ')} (no API key set). / 未设置密钥，由沙箱代替。`);
  }
  if (url) lines.push('Next, in another terminal / 接下来，在另一个终端：', '  npm run film -- "一只想看海的小猫"');
  return lines.join('\n');
}

/** A start that a signal ended before the database was there. */
function unlessStopped(error: Error): undefined {
  if (error.name !== 'AbortError') throw error;
}

/**
 * The first signal drains, once what is still starting has started, unless it waits for its database; one that comes later than a terminal's and npm's double ends
 * at once.
 */
function stopOnSignal(starting: Promise<Program | undefined>, stopping: AbortController, log: Log): void {
  let stoppingSince = 0;
  const onSignal = () => {
    if (stoppingSince > 0) {
      if (performance.now() - stoppingSince > 1_000) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    setTimeout(giveUp, endWithinMs, log).unref();
    say('\nStopping; again to stop at once. / 正在停止，再按一次立即停止。');
    stopping.abort();
    starting.then((program) => program?.stop(graceMs)).then(() => process.exit(0), fail);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

function giveUp(log: Log): never {
  log.fatal({ afterMs: endWithinMs }, 'a part does not stop, ending without it');
  process.exit(exitLost);
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function fail(error: Error): never {
  process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
  if (error instanceof SetupError) process.exit(exitConfig);
  process.exit(isDatabaseAway(error) ? exitLost : 1);
}

main().catch(fail);
