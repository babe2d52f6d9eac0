/** The input is not usable media of the kind asked for; the same file will never do better. `reason` is fit for a user's eyes. */
export class UnreadableMedia extends Error {
  override readonly name = 'UnreadableMedia';
  readonly reason: string;

  constructor(reason: string, cause?: unknown) {
    super(`unreadable media: ${reason}`, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}

/** A picture with more dots than are decoded. */
export class TooManyPixels extends UnreadableMedia {
  readonly megapixels: number;

  constructor(megapixels: number) {
    super(`the picture has more than ${megapixels} megapixels`);
    this.megapixels = megapixels;
  }
}

/** A media tool failed at work that should have succeeded. `stderrTail` may hold paths: for logs, never for answers. */
export class MediaFailed extends Error {
  override readonly name = 'MediaFailed';
  readonly reason: string;
  readonly stderrTail: string;
  /** Undefined where the process did not end by itself. */
  readonly exitCode: number | undefined;

  constructor(reason: string, more: { stderrTail?: string; exitCode?: number; cause?: unknown } = {}) {
    super(reason, more.cause === undefined ? undefined : { cause: more.cause });
    this.reason = reason;
    this.stderrTail = more.stderrTail ?? '';
    this.exitCode = more.exitCode;
  }
}
