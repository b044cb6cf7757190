import { LogDamaged, UnknownPosition } from '../../eventstore';
import { NotRenderable } from '../commit-form/commit-form.errors';
import {
  ContentAwaited,
  Drift,
  ObjectMissing,
  RefHeld,
  RefUnavailable,
  RefUnreadable,
  UnsafeSignature,
  UnsafeTreeEntry,
  UnsupportedTreeEntry,
} from '../errors';
import { PointerFileUnreadable } from '../pointer-file/pointer-file.errors';

const HOPELESS = [
  Drift,
  LogDamaged,
  NotRenderable,
  ObjectMissing,
  PointerFileUnreadable,
  RefUnavailable,
  UnknownPosition,
  UnsafeSignature,
  UnsafeTreeEntry,
  UnsupportedTreeEntry,
];

/** True for what trying again cannot mend: an operator has to look. Failures of disk, network and store are not of that kind. */
export function needsOperator(error: unknown): boolean {
  // A ref that could not be read carries the system's error; one that was read and is damaged has no cause.
  if (error instanceof RefUnreadable) return error.cause === undefined;
  if (error instanceof RefHeld || error instanceof ContentAwaited) return false;
  return HOPELESS.some((kind) => error instanceof kind);
}

/** Pause before the nth try in a row (from 1): 100 ms, doubled each time, at most 30 s. */
export function retryDelayMs(attempt: number): number {
  return Math.min(100 * 2 ** Math.min(attempt - 1, 10), 30_000);
}
