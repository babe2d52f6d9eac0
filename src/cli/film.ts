import { text as readAll } from 'node:stream/consumers';
import { type Config, loadConfig } from '../config.ts';
import { type Language, SetupError } from '../errors.ts';
import { type Command, checkPrompt, type FilmCommand, parseCommand, type ResumeCommand, UsageError } from './args.ts';
import { type Interrupt, listenForInterrupt } from './interrupt.ts';
import { makeFilm, type Shown } from './makeFilm.ts';
import { checkPictures } from './pictures.ts';
import { ApiProblem } from './problem.ts';
import { openSession } from './session.ts';
import { checkTarget } from './target.ts';
import { synopsis, usage } from './usage.ts';
import { systemLanguage, words } from './words.ts';

/** `EX_CONFIG` of sysexits.h, as in `main.ts`. */
const exits = { made: 0, failed: 1, usage: 2, setup: 78 } as const;

const language = systemLanguage();
const shown: Shown = {};
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(argv: readonly string[]): Promise<number> {
  const since = performance.now();
  const given = parseCommand(argv);
  if (given.kind === 'help') {
    process.stdout.write(usage[language]);
    return exits.made;
  }
  const command = await withPrompt(given);
  const pictures = await checkPictures(command.kind === 'make' ? command.wishes.images : []);
  await checkTarget(command);
  const config = loadConfig();
  const interrupt = listenForInterrupt(() => shown.display?.stop());
  const onInterrupt = () => (shown.display?.note ?? say)(words[language].stopping);
  interrupt.signal.addEventListener('abort', onInterrupt);
  try {
    return await run(command, { config, interrupt, pictures, since });
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    say(words[language].nothingStarted);
    return interrupt.exitCode();
  } finally {
    interrupt.dispose();
  }
}

async function withPrompt(command: Exclude<Command, { kind: 'help' }>): Promise<FilmCommand | ResumeCommand> {
  if (command.kind === 'resume' || command.wishes.prompt !== '-') return command;
  const prompt = checkPrompt(await readAll(process.stdin));
  return { ...command, wishes: { ...command.wishes, prompt } };
}

interface Circumstances {
  config: Config;
  interrupt: Interrupt;
  pictures: Awaited<ReturnType<typeof checkPictures>>;
  since: number;
}

async function run(command: FilmCommand | ResumeCommand, { config, interrupt, pictures, since }: Circumstances) {
  const { signal } = interrupt;
  const session = await openSession({
    config,
    url: command.url,
    language,
    say,
    signal,
    accountFile: 'film-account.json',
  });
  const { service } = session;
  try {
    signal.throwIfAborted();
    const outcome = await makeFilm(command, { ...session, pictures, signal, since, say, complain, shown });
    if (outcome === 'failed' && service.logFile) complain(session.words.stoppedLogFile(service.logFile));
    return outcome === 'interrupted' ? interrupt.exitCode() : exits[outcome];
  } finally {
    await service.stop();
  }
}

/** What went wrong, in words where it is known, and the code to end with. */
function explain(error: unknown, inLanguage: Language): number {
  shown.display?.stop();
  if (error instanceof UsageError) {
    complain(`${error.message}\n\n${synopsis[inLanguage]}`);
    return exits.usage;
  }
  const known = error instanceof Error && ['SetupError', 'ApiProblem', 'Unreachable'].includes(error.name);
  complain(known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (error instanceof SetupError) return exits.setup;
  return error instanceof ApiProblem && error.code === 1000 ? exits.usage : exits.failed;
}

/** Nothing should be left running; what is (a socket kept alive) doesn't hold the prompt back. */
function end(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(), 1_000).unref();
}

main(process.argv.slice(2)).then(end, (error) => end(explain(error, language)));
