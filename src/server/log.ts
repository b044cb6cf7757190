import { destination, type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/** The process log: JSON lines on standard error, so that standard output stays for people. Secrets never go in. */
export function createLog(level: string): Log {
  return pino({ level, redact: ['req.headers.authorization', 'authorization', 'token'] }, destination(2));
}
