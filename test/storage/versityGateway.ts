import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { eventually } from '../support/eventually.ts';

export interface S3Server {
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return address && typeof address === 'object' ? address.port : 0;
}

/** Starts the real Versity S3 gateway over a folder, on a free loopback port, with one bucket. */
export async function startVersityGateway(binary: string, folder: string, bucket: string): Promise<S3Server> {
  const port = await freePort();
  const root = join(folder, 'objects');
  await mkdir(root);
  const credentials = { accessKeyId: 'directorai', secretAccessKey: 'directorai-secret' };
  const args = ['--access', credentials.accessKeyId, '--secret', credentials.secretAccessKey];
  const child = spawn(binary, [...args, '--port', `127.0.0.1:${port}`, 'posix', root], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true, maxAttempts: 1 });
  await eventually('the gateway made a bucket', () =>
    client.send(new CreateBucketCommand({ Bucket: bucket })).catch(() => undefined),
  );
  client.destroy();
  const close = async () => {
    child.kill();
    await ended;
  };
  return { endpoint, credentials, close };
}
