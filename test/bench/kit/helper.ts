import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Stage } from './stage.ts';

export interface Helper<Command extends object> {
  pid: number;
  /** One command at a time; the answer is whatever the script says next. */
  ask<Answer>(command: Command): Promise<Answer>;
}

/** Runs a script in a process of its own until the stage is struck, and talks with it. */
export async function startHelper<Command extends object>(stage: Stage, script: URL): Promise<Helper<Command>> {
  const file = fileURLToPath(script);
  const child = fork(file, [], { serialization: 'advanced' });
  const ended = once(child, 'exit');
  const broken = ended.then(([code]) => Promise.reject(new Error(`${file} ended with ${code}`)));
  broken.catch(() => undefined);
  stage.later(async () => {
    child.disconnect();
    await ended;
  });
  return {
    pid: child.pid ?? 0,
    async ask<Answer>(command: Command) {
      const heard = once(child, 'message');
      child.send(command);
      const [answer] = await Promise.race([heard, broken]);
      return answer as Answer;
    },
  };
}

/** The other side: answers each command in turn, and goes when the one who asks has gone. */
export function answerCommands<Command>(answer: (command: Command) => Promise<unknown>): void {
  process.on('message', (command) => {
    answer(command as Command).then((said) => process.send?.(said ?? null));
  });
  process.once('disconnect', () => process.exit(0));
}

/** Milliseconds of a clock that all processes of a machine share. */
export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;
