import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FfmpegCommand } from 'fluent-ffmpeg';
import { addInput, addOutput, runFfmpeg } from './ffmpeg.ts';
import type { MediaTools } from './tools.ts';

export interface JoinOptions {
  /** Equal clips, in order. Each starts when the seconds of those before it have passed. */
  clips: readonly { file: string; seconds: number }[];
  /** SubRip text that becomes a soft track; none where it is empty. */
  srt: string;
  /** ISO 639-2. */
  language: 'zho' | 'eng';
  hasAudio: boolean;
  out: string;
  /** A job's own empty directory. */
  dir: string;
  signal?: AbortSignal | undefined;
  onProgress?: (fraction: number) => void;
}

/** Joins equal clips and their subtitles in one pass without re-encoding; returns how long the process alone took. */
export async function joinClips(tools: MediaTools, options: JoinOptions): Promise<number> {
  const { signal, onProgress, clips } = options;
  const expectedSeconds = clips.reduce((sum, clip) => sum + clip.seconds, 0);
  const list = await writeList(clips, options.dir);
  const subtitles = path.join(options.dir, 'subtitles.srt');
  if (options.srt) await writeFile(subtitles, options.srt);
  const describe = (command: FfmpegCommand) =>
    describeJoin(command, list, options.srt ? subtitles : undefined, options);
  return tools.heavy.run(async () => {
    const from = performance.now();
    await runFfmpeg(tools, describe, {
      signal,
      onProgress,
      expectedSeconds,
      timeoutMs: 120_000 + expectedSeconds * 1_000,
      niceness: 0,
    });
    return performance.now() - from;
  }, signal);
}

/**
 * The list holds generated relative names only, so that `-safe 1` applies; they are links to the clips.
 * Lengths are written down because versions of ffmpeg disagree whether the priming of a sound track counts.
 */
async function writeList(clips: JoinOptions['clips'], dir: string): Promise<string> {
  const names = clips.map((_, index) => `clip${String(index).padStart(4, '0')}.mp4`);
  await Promise.all(clips.map((clip, index) => symlink(path.resolve(clip.file), path.join(dir, names[index] ?? ''))));
  const entries = clips.map((clip, index) => `file ${names[index]}\nduration ${clip.seconds.toFixed(6)}\n`);
  const list = path.join(dir, 'clips.ffconcat');
  await writeFile(list, `ffconcat version 1.0\n${entries.join('')}`);
  return list;
}

function describeJoin(command: FfmpegCommand, list: string, subtitles: string | undefined, options: JoinOptions): void {
  addInput(command, list, 'concat', '-safe', '1');
  if (subtitles) addInput(command, subtitles, 'srt');
  addOutput(command, options.out, '-map', '0:v:0', '-c', 'copy', '-map_metadata', '-1', '-map_chapters', '-1');
  if (options.hasAudio) command.outputOptions('-map', '0:a:0');
  if (subtitles)
    command.outputOptions('-map', '1:s:0', '-c:s', 'mov_text', '-metadata:s:s:0', `language=${options.language}`);
  command.outputOptions('-movflags', '+faststart', '-f', 'mp4');
}
