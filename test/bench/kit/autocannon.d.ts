declare module 'autocannon' {
  export interface Load {
    url: string;
    method?: 'GET' | 'POST';
    headers?: Record<string, string>;
    body?: string;
    /** Given every connection in turn before it begins. */
    setupClient?: (connection: { setHeaders(headers: Record<string, string>): void }) => void;
    connections: number;
    /** Requests in all; the load ends with the last answer. */
    amount: number;
  }
  export interface Outcome {
    '2xx': number;
    non2xx: number;
    errors: number;
    duration: number;
    latency: { p50: number; p99: number };
  }
  export default function autocannon(load: Load): Promise<Outcome>;
}
