import { type Position } from '../domain';
import { UnknownPosition } from './errors';

const DIGITS = 16;
const NUMBER = /^[0-9a-f]{16}$/;

/** `LOGID-` and the place as 16 lower-case hex digits: two positions of one log compare as strings. Places count from 1. */
export function formatPosition(logId: string, place: bigint): Position {
  return `${logId}-${place.toString(16).padStart(DIGITS, '0')}`;
}

/**
 * The place that a position of this log names. Whether the log has come that far is the caller's to check.
 *
 * @throws UnknownPosition when the text is malformed or names another log.
 */
export function parsePosition(logId: string, text: Position): bigint {
  const digits = text.slice(logId.length + 1);
  if (!text.startsWith(`${logId}-`) || !NUMBER.test(digits)) throw new UnknownPosition(text);
  const place = BigInt(`0x${digits}`);
  if (place === 0n) throw new UnknownPosition(text);
  return place;
}

/** The place that a position of a log names, for people and their counters; 0 for none. @throws UnknownPosition */
export function placeNumber({ logId }: { readonly logId: string }, position: Position | null): number {
  return position === null ? 0 : Number(parsePosition(logId, position));
}
