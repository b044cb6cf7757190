import { randomUUID } from 'node:crypto';
import { type Clock, type Ids } from '../application';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date().toISOString() };

/** The machine's source of randomness. */
export const systemIds: Ids = { uuid: () => randomUUID() };
