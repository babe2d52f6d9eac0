declare module 'newman' {
  interface Failure {
    error: { name: string; message: string };
    source?: { name: string };
  }
  interface Summary {
    run: { stats: { requests: { total: number }; assertions: { total: number; failed: number } }; failures: Failure[] };
  }
  interface Options {
    collection: object;
    environment: object;
    workingDir: string;
    envVar: { key: string; value: string }[];
    timeoutRequest: number;
  }
  export function run(options: Options, done: (error: Error | null, summary: Summary) => void): void;
}
