import assert from 'node:assert/strict';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { normaliseClip } from '../../src/media/clips.ts';
import { MediaFailed } from '../../src/media/failures.ts';
import { runProcess } from '../../src/media/runProcess.ts';
import { eventually } from '../support/eventually.ts';
import { exists, freshDir, makeClip, run, tools } from './support.ts';

describe('runProcess', () => {
  const file = freshDir();
  const script = async (body: string) => {
    await writeFile(file('tool'), `#!/bin/sh\n${body}\n`);
    await chmod(file('tool'), 0o755);
    return file('tool');
  };

  it('hands out standard output, and the end of what was said in an error', async () => {
    const { stdout } = await runProcess(await script('echo one; echo "$1"'), ['two words; $(id)'], {
      timeoutMs: 5_000,
    });
    assert.equal(stdout, 'one\ntwo words; $(id)\n');
    const failing = runProcess(await script('echo first reason >&2; exit 3'), [], { timeoutMs: 5_000 });
    await assert.rejects(failing, { name: 'MediaFailed', exitCode: 3, stderrTail: 'first reason\n' });
  });

  it('keeps a bounded tail of endless chatter', async () => {
    const chatter = await script(
      'i=0; while [ $i -lt 3000 ]; do echo "line $i 0123456789012345678901234567890123456789" >&2; i=$((i+1)); done; exit 1',
    );
    await assert.rejects(runProcess(chatter, [], { timeoutMs: 10_000 }), (error: MediaFailed) => {
      assert.equal(error.stderrTail.length, 4_096);
      return /line 2999/.test(error.stderrTail);
    });
  });

  it('starts nothing when it was aborted before', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    await assert.rejects(runProcess(await script('touch ran'), [], { timeoutMs: 5_000, signal }), /too late/);
    assert.deepEqual(await readdir(file()), ['tool']);
  });

  it('kills a process that ignores being asked, and all it forked, before it settles', async () => {
    const stubborn = await script(
      `trap '' TERM; sleep 60 & echo $! > ${file('child')}; echo ready; wait; wait; sleep 60`,
    );
    const stop = new AbortController();
    let pid = 0;
    const from = performance.now();
    const running = runProcess(stubborn, [], {
      timeoutMs: 30_000,
      graceMs: 200,
      signal: stop.signal,
      onStart: (started) => {
        pid = started;
      },
      onStdoutLine: () => stop.abort(new Error('enough')),
    });
    await assert.rejects(running, /enough/);
    assert.ok(performance.now() - from < 5_000);
    assert.ok(pid > 0 && !exists(pid));
    const forked = Number(await readFile(file('child'), 'utf8'));
    const deadline = performance.now() + 3_000;
    while (exists(forked) && (await state(forked)) !== 'Z' && performance.now() < deadline)
      await new Promise((next) => setTimeout(next, 20));
    assert.ok(!exists(forked) || (await state(forked)) === 'Z');
  });

  it('leaves nothing behind where the program itself ends', async () => {
    const tool = await script("trap '' TERM; while :; do sleep 1; done");
    const program = `import { runProcess } from '${new URL('../../src/media/runProcess.ts', import.meta.url)}';
      const onStart = (pid) => process.stdout.write(String(pid), () => process.exit(70));
      runProcess(process.argv[1], [], { timeoutMs: 60_000, onStart });`;
    const failed = run(process.execPath, ['--input-type=module', '-e', program, tool]);
    const { code, stdout } = (await failed.catch((error) => error)) as { code: number; stdout: string };
    const pid = Number(stdout);
    assert.equal(code, 70);
    assert.ok(pid > 0);
    await eventually('it is gone', async () => !exists(pid) || (await state(pid)) === 'Z', 3_000);
  });

  it('ends what runs longer than allowed', async () => {
    const slow = runProcess(await script('sleep 60'), [], { timeoutMs: 150, graceMs: 200 });
    await assert.rejects(slow, (error: Error) => error instanceof MediaFailed && /too long/.test(error.message));
  });

  it('lets the kernel end what burns more CPU time than allowed', async () => {
    const busy = runProcess(await script('while :; do :; done'), [], { timeoutMs: 15_000, cpuSeconds: 1 });
    await assert.rejects(busy, (error: Error) => error instanceof MediaFailed && /SIG(XCPU|KILL)/.test(error.message));
  });

  it('rejects where the tool does not exist', async () => {
    await assert.rejects(runProcess(file('no-such-tool'), [], { timeoutMs: 5_000 }), MediaFailed);
  });

  it('ends a running ffmpeg on abort: the process is gone when the promise settles', async () => {
    const clip = await makeClip(file('a.mp4'), { seconds: 10, size: '640x360' });
    const stop = new AbortController();
    let pid = 0;
    const running = normaliseClip(await tools(), clip, file('out.mp4'), {
      width: 1920,
      height: 1080,
      fps: 60,
      audio: true,
      signal: stop.signal,
      onStart: (started) => {
        pid = started;
        setTimeout(() => stop.abort(new Error('cancelled')), 300);
      },
    });
    await assert.rejects(running, /cancelled/);
    assert.ok(pid > 0 && !exists(pid));
  });
});

/** The kernel's letter for a process; an orphan waits as Z for whoever inherits it. */
async function state(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return /\) (\w)/.exec(stat)?.[1];
}
