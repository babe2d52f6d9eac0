import { buffer } from 'node:stream/consumers';
import { type Config, loadConfig } from '../config.ts';
import { type Command, checkPrompt, type FilmCommand, parseCommand, type ResumeCommand, readText } from './args.ts';
import { complain, end, exits, explain, say } from './ending.ts';
import { type Interrupt, listenForInterrupt } from './interrupt.ts';
import { makeFilm } from './makeFilm.ts';
import { checkPictures, type Picture } from './pictures.ts';
import { openSession } from './session.ts';
import type { Shown } from './showFilm.ts';
import { checkTarget } from './target.ts';
import { synopsis, usage } from './usage.ts';
import { systemLanguage, words } from './words.ts';

const language = systemLanguage();

async function main(argv: readonly string[]): Promise<number> {
  const since = performance.now();
  const given = parseCommand(argv);
  if (given.kind === 'help') {
    process.stdout.write(usage[language]);
    return exits.done;
  }
  const command = await withPrompt(given);
  const pictures = await checkPictures(command.kind === 'make' ? command.wishes.images : []);
  await checkTarget(command);
  const config = loadConfig();
  const shown: Shown = {};
  const interrupt = listenForInterrupt({
    onFirst: () => (shown.display?.note ?? say)(words[language].stopping),
    onSecond: () => shown.display?.stop(),
  });
  try {
    return await run(command, { config, interrupt, pictures, since, shown });
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
  const prompt = checkPrompt(readText(await buffer(process.stdin)));
  return { ...command, wishes: { ...command.wishes, prompt } };
}

interface Circumstances {
  config: Config;
  interrupt: Interrupt;
  pictures: readonly Picture[];
  since: number;
  shown: Shown;
}

async function run(command: FilmCommand | ResumeCommand, circumstances: Circumstances): Promise<number> {
  const { config, interrupt, pictures, since, shown } = circumstances;
  const { signal } = interrupt;
  const { url } = command;
  const session = await openSession({ config, url, language, say, signal, accountFile: 'film-account.json' });
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

main(process.argv.slice(2)).then(end, (error) => end(explain(error, language, synopsis[language])));
