// Plain JavaScript on purpose: it has to run, and explain itself, on a Node.js that is too old for everything else here.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const version = process.versions.node.split('.').map(Number);
/** Whether this Node.js runs TypeScript files as they are, without a flag. */
const isNewEnough = [
  [22, 18],
  [23, 6],
  [24, 0],
].some(([major, minor]) => (version[0] === major && version[1] >= minor) || version[0] > 24);

const packages = join(dirname(fileURLToPath(import.meta.url)), '../node_modules');
const pinned = join(packages, 'node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

function explain() {
  console.error(
    `DirectorAI needs Node.js 22.18 or newer (this is ${process.versions.node}), and its own copy is missing: run "npm ci" with install scripts allowed, or install Node.js 24.\n` +
      `DirectorAI 需要 Node.js 22.18 或更高版本（当前为 ${process.versions.node}），且自带的副本缺失：请在允许安装脚本的情况下运行 "npm ci"，或安装 Node.js 24。`,
  );
  process.exit(1);
}

/** A terminal sends Ctrl-C to the child as well: passing it on would count as a second one. */
function passOn(child, signal) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}

function runPinned(args) {
  const child = spawn(pinned, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) passOn(child, signal);
  child.on('error', explain);
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

/** The studio is served through `stripTypeScriptTypes`, whose warning helps nobody who only starts the program. */
function leaveOutWarnings() {
  const shown = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name === 'ExperimentalWarning' && warning.message.includes('stripTypeScriptTypes')) return;
    for (const show of shown) show.call(process, warning);
  });
}

const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  console.error('node src/launch.js <entry.ts> [arguments]');
  process.exit(1);
} else if (isNewEnough) {
  leaveOutWarnings();
  // What has been compiled once is not compiled anew at every start; beside the packages nobody else can write it.
  module.enableCompileCache(join(packages, '.cache/directorai'));
  process.argv.splice(1, 1);
  process.argv[1] = resolve(entry);
  await import(pathToFileURL(resolve(entry)).href);
} else if (existsSync(pinned)) {
  runPinned([entry, ...args]);
} else {
  explain();
}
