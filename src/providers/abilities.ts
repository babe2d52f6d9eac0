/** What a vendor can do, whoever the vendor is. The engine's ledger wraps every call that costs money. */
export type Idempotency = 'key' | 'lookup' | 'none';
export type VendorName = 'glm' | 'gemini' | 'tuzi';

export interface VendorSettings {
  vendor: VendorName;
  baseUrl: string;
  apiKey: string;
  model: string;
  idempotency: Idempotency;
  /** True while the sandbox stands in for this vendor. */
  sandbox: boolean;
}

/** Sent with every paid call: `key` becomes the `Idempotency-Key` header, the same for every try of the same purchase. */
export interface CallOptions {
  key: string;
  signal: AbortSignal;
  /** Called right before the request leaves this machine; what it throws keeps it here. */
  leaving?: () => void;
}

/** Where the answer is wanted while it is written: `onText` gets it piece by piece, and the whole still comes at the end. */
export interface ChatCall extends CallOptions {
  onText?: (piece: string) => void;
}

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
  /** JPEG data URLs, shown to the model beside the text. */
  images?: string[];
}

export interface ChatRequest {
  messages: ChatMessage[];
  temperature: number;
  /** Asks for one JSON object where the model can promise it. */
  json: boolean;
}

export interface TextProvider {
  readonly vendor: VendorName;
  readonly model: string;
  readonly capabilities: {
    jsonMode: 'json_object' | 'none';
    vision: boolean;
    /** The longest answer of the model; undefined where no film's screenplay is longer. */
    maxOutputTokens: number | undefined;
    idempotency: Idempotency;
    timeoutMs: number;
  };
  /** The model's answer as text, whole or cut off (`complete: false`). */
  complete(request: ChatRequest, call: ChatCall): Promise<{ text: string; complete: boolean }>;
  lookup(key: string, signal: AbortSignal): Promise<{ text: string; complete: boolean } | undefined>;
}

export interface ImageRequest {
  prompt: string;
  /** `WIDTHxHEIGHT` in pixels. */
  size: string;
  /** https URLs, or data URLs where the store is not public. */
  references: string[];
}

/** A picture where the vendor left it: an address to download from, or the bytes themselves. */
export type ImageAnswer = { url: string } | { base64: string };

export interface ImageProvider {
  readonly vendor: VendorName;
  readonly model: string;
  readonly capabilities: {
    sizes: Record<'16:9' | '9:16' | '1:1', string>;
    maxReferences: number;
    idempotency: Idempotency;
    timeoutMs: number;
  };
  generate(request: ImageRequest, call: CallOptions): Promise<ImageAnswer>;
  lookup(key: string, signal: AbortSignal): Promise<ImageAnswer | undefined>;
  /** Fetches an answer's bytes into a file; bounded in size and time, from the vendor's origin or public https hosts only. */
  download(answer: ImageAnswer, file: string, signal: AbortSignal): Promise<void>;
}

export interface ClipRequest {
  prompt: string;
  seconds: 5 | 10 | 15;
  firstFrame?: string;
  references: string[];
}

export type ClipState =
  | { status: 'running'; progress?: number }
  | { status: 'completed'; url?: string }
  | { status: 'failed'; refused: boolean; reason: string };

export interface VideoProvider {
  readonly vendor: VendorName;
  readonly model: string;
  readonly capabilities: {
    seconds: readonly number[];
    maxReferences: number;
    idempotency: Idempotency;
    pollMs: number;
    giveUpMs: number;
    /** Of a submission. */
    timeoutMs: number;
  };
  submit(clip: ClipRequest, call: CallOptions): Promise<{ vendorId: string }>;
  lookup(key: string, signal: AbortSignal): Promise<{ vendorId: string } | undefined>;
  /** Where a submitted clip stands; any status the vendor invents counts as running. */
  poll(vendorId: string, signal: AbortSignal): Promise<ClipState>;
  download(vendorId: string, state: { url?: string }, file: string, signal: AbortSignal): Promise<void>;
  /** Asks the vendor to stop; true where it says it did. */
  cancel(vendorId: string, signal: AbortSignal): Promise<boolean>;
  /** The latest clips the vendor was asked for, by its own account; undefined where it keeps no list. */
  list(signal: AbortSignal): Promise<{ id: string; createdAt: Date }[] | undefined>;
}

export interface Providers {
  text: TextProvider;
  image: ImageProvider;
  video: VideoProvider;
}
