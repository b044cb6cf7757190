import { PositionUnknown, type Position } from '../domain';
import { parsePosition, UnknownPosition } from '../eventstore';

/** @throws PositionUnknown when the text is malformed or names another log. */
export function requireOwnPosition(logId: string, position: Position): void {
  try {
    parsePosition(logId, position);
  } catch (error) {
    if (error instanceof UnknownPosition) throw new PositionUnknown(position);
    throw error;
  }
}

/** @throws PositionUnknown as {@link requireOwnPosition} does, and for a position after `seen`. */
export function requireSeenPosition(logId: string, position: Position, seen: Position | null): void {
  requireOwnPosition(logId, position);
  if (seen === null || position > seen) throw new PositionUnknown(position);
}
