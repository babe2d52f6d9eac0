import { startSandbox } from '../../../src/providers/sandbox/server.ts';

/** A sandbox in a process of its own, for tests that kill it: `node serve.ts DIR FFMPEG LATENCY`. */
const [dir = '', ffmpegPath = '', scale = '0'] = process.argv.slice(2);
const { url } = await startSandbox({ dir, ffmpegPath, latencyScale: Number(scale) });
process.stdout.write(`${url}\n`);
