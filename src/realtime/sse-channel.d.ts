declare module 'sse-channel' {
  /** The parts of a request and a response it touches. */
  export interface ChannelRequest {
    url: string;
    headers: Record<string, string>;
    socket: { setTimeout(ms: number): void; setNoDelay(on: boolean): void; setKeepAlive(on: boolean): void };
    on(event: string, listener: () => void): void;
  }
  export interface ChannelClient {
    writeHead(status: number, headers: Record<string, string>): void;
    write(chunk: string): void;
    end(): void;
    on(event: string, listener: () => void): void;
  }
  export interface ChannelOptions {
    historySize?: number;
    retryTimeout?: number;
    pingInterval?: number;
    jsonEncode?: boolean;
  }
  export default class SseChannel {
    constructor(options?: ChannelOptions);
    addClient(request: ChannelRequest, client: ChannelClient): void;
    send(message: { id: number; event: string; data: string }, clients: ChannelClient[]): void;
    close(): void;
  }
}
