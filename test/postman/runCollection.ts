import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { run, type Summary } from 'newman';
import { spawnProgram } from '../program/programProcess.ts';
import { makeDataDir } from '../support/dataDir.ts';

const folder = new URL('../../docs/postman/', import.meta.url);
const read = async (name: string) => JSON.parse(await readFile(new URL(name, folder), 'utf8')) as object;

async function runAgainst(baseUrl: string): Promise<Summary> {
  const collection = await read('directorai.postman_collection.json');
  const environment = await read('directorai.postman_environment.json');
  const envVar = [{ key: 'baseUrl', value: baseUrl }];
  const options = { collection, environment, envVar, workingDir: fileURLToPath(folder), timeoutRequest: 60_000 };
  return new Promise((resolve, reject) => {
    run(options, (error, summary) => (error ? reject(error) : resolve(summary)));
  });
}

const dataDir = await makeDataDir('postman');
const program = spawnProgram({ DATA_DIR: dataDir, SANDBOX: 'on' });
try {
  const { run: result } = await runAgainst(await program.url());
  for (const { source, error } of result.failures) console.log(`✖ ${source?.name}: ${error.name}: ${error.message}`);
  const { assertions, requests } = result.stats;
  console.log(`${requests.total} requests, ${assertions.total} assertions`);
  console.log(`  ${assertions.total - assertions.failed} passing`);
  if (result.failures.length > 0) console.log(`  ${result.failures.length} failing`);
  process.exitCode = result.failures.length > 0 ? 1 : 0;
} finally {
  program.child.kill('SIGTERM');
  await program.end();
  await rm(dataDir, { recursive: true, force: true });
}
