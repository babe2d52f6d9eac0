import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A fresh folder for a program's DATA_DIR. Others may enter it, so that a PostgreSQL which root starts as another user stays inside
 * and goes with it.
 */
export async function makeDataDir(name: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), `directorai-${name}-`));
  await chmod(dir, 0o755);
  return dir;
}
