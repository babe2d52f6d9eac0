import { execFile } from 'node:child_process';

const sources: Record<string, string> = {
  promtool: 'the Debian package prometheus',
  kustomize: 'go install sigs.k8s.io/kustomize/kustomize/v5@v5.7.1',
  'kubernetes-validate': 'pip install kubernetes-validate',
};

/** What a tool of somebody else's says of our files: its exit code, and all it printed. */
export function run(tool: string, args: readonly string[]): Promise<{ code: number; printed: string }> {
  return new Promise((resolve, reject) => {
    execFile(tool, args, { timeout: 60_000, maxBuffer: 8 << 20 }, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT') reject(new Error(`${tool} is not on the PATH; it comes from ${sources[tool]}`));
      else resolve({ code: error ? Number(error.code ?? 1) : 0, printed: `${stdout}${stderr}` });
    });
  });
}
