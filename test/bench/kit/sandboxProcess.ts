import { parseArgs } from 'node:util';
import { findBinaries } from '../../../src/media/binaries.ts';
import { type SandboxOptions, startSandbox } from '../../../src/providers/sandbox/server.ts';

const { values } = parseArgs({ options: { options: { type: 'string', default: '{}' } } });
const { ffmpeg } = await findBinaries();
const options = JSON.parse(values.options) as Omit<SandboxOptions, 'ffmpegPath'>;
const sandbox = await startSandbox({ ...options, ffmpegPath: ffmpeg });

/** Its input ends with the process that started it, however that one dies. */
process.stdin.resume().once('end', () => {
  sandbox.close().then(() => process.exit(0));
});
process.stdout.write(`${sandbox.url}\n`);
