import { destination, type Logger, pino } from 'pino';
import { BadConfiguration } from './config';

const LEVELS: readonly string[] = [...Object.values(pino.levels.labels), 'silent'];

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/** The process log: JSON lines on standard error, so that standard output stays for people. Secrets never go in. @throws BadConfiguration */
export function createLog(level: string): Log {
  if (!LEVELS.includes(level))
    throw new BadConfiguration(`SLIPWAY_LOG_LEVEL is ${JSON.stringify(level)}; it may be ${LEVELS.join(', ')}.`);
  return pino({ level, redact: ['req.headers.authorization', 'authorization', 'token'] }, destination(2));
}
