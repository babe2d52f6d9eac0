declare module 'openapi-to-postmanv2' {
  interface Converted {
    result: boolean;
    reason?: string;
    output?: { data: unknown }[];
  }
  export function convertV2(
    input: { type: 'string'; data: string },
    options: Record<string, string | boolean>,
    done: (error: Error | null, converted: Converted) => void,
  ): void;
}
