import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** The one logger, JSON lines; children carry requestId, taskId, stepId. Secrets never reach a line. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['*.authorization', '*.apiKey', '*.password', '*.token', '*.refreshToken'], censor: '[redacted]' },
  };
  return destination ? pino(options, destination) : pino(options);
}
