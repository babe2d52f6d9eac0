import { findBinaries } from '../../../src/media/binaries.ts';
import { startSandbox } from '../../../src/providers/sandbox/server.ts';

/** `dir port mode latencyScale`: a vendor in a process of its own; it prints its address once it listens. */
const [dir = '', port = '0', mode = 'key', latencyScale = '0'] = process.argv.slice(2);
const { ffmpeg } = await findBinaries({});
const sandbox = await startSandbox({
  dir,
  port: Number(port),
  idempotency: mode === 'lookup' || mode === 'none' ? mode : 'key',
  latencyScale: Number(latencyScale),
  ffmpegPath: ffmpeg,
  prerendered: true,
});
process.stdout.write(`${sandbox.url}\n`);
process.on('SIGTERM', () => void sandbox.close().then(() => process.exit(0)));
