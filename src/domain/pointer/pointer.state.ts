import { type EventEnvelope } from '../envelope';
import { type PointerChange, type PointerEvent } from '../events';
import { type PackageId } from '../package-id';
import { type Version } from '../version';

/** A release as the pointer knows it: enough to decide without asking its package. */
export interface PointedRelease {
  readonly version: Version;
  /** Null for an adopted entry whose directory did not exist: it can be moved away from, never to. */
  readonly tree: string | null;
  readonly requires: readonly PackageId[];
}

/** One package as the pointer stream knows it. */
export interface PointerEntry {
  /** What production reads now; null when the package is not in the map. */
  readonly active: PointedRelease | null;
  /** Versions to go back to, the active one on top (last). */
  readonly stack: readonly Version[];
  /** Every version that was ever active. */
  readonly everActive: ReadonlyMap<Version, PointedRelease>;
}

/** A move as far as reverting it needs. */
export interface PastMove {
  readonly type: PointerEvent['type'];
  readonly changes: readonly PointerChange[];
}

/** What decisions about the pointer need to know. */
export interface PointerState {
  readonly entries: ReadonlyMap<PackageId, PointerEntry>;
  /** By event id. */
  readonly moves: ReadonlyMap<string, PastMove>;
}

/** The state before any event. A fresh one each time: folding fills it in place. */
export function emptyPointer(): PointerState {
  return { entries: new Map(), moves: new Map() };
}

/**
 * Folds one event of `pointer-production` into the state, in place: the state belongs to its fold, and a log of
 * 100,000 moves must not be copied 100,000 times.
 */
export function evolvePointer(state: PointerState, event: EventEnvelope<PointerEvent>): PointerState {
  const entries = state.entries as Map<PackageId, PointerEntry>; // the fold owns what it hands out as readonly
  for (const change of event.data.changes) {
    entries.set(change.package, moved(entries.get(change.package) ?? NEVER_ACTIVE, change, event.type));
  }
  const moves = state.moves as Map<string, PastMove>; // as above
  moves.set(event.metadata.eventId, { type: event.type, changes: event.data.changes });
  return state;
}

/** The active map: package id -> what production reads. */
export function activeMap(state: PointerState): ReadonlyMap<PackageId, PointedRelease> {
  const map = new Map<PackageId, PointedRelease>();
  for (const [id, entry] of state.entries) if (entry.active !== null) map.set(id, entry.active);
  return map;
}

const NEVER_ACTIVE: PointerEntry = { active: null, stack: [], everActive: new Map() };

function moved(entry: PointerEntry, change: PointerChange, type: PointerEvent['type']): PointerEntry {
  const { toVersion, tree, requires } = change;
  const active = toVersion === null ? null : { version: toVersion, tree, requires };
  return {
    active,
    stack: stackAfter(entry.stack, change, type),
    everActive: active === null ? entry.everActive : new Map(entry.everActive).set(active.version, active),
  };
}

function stackAfter(
  stack: readonly Version[],
  { fromVersion, toVersion }: PointerChange,
  type: PointerEvent['type'],
): readonly Version[] {
  switch (type) {
    case 'Deactivated':
      return stack;
    case 'PointerAdopted':
    case 'Activated':
      return toVersion === null || stack.at(-1) === toVersion ? stack : [...stack, toVersion];
    case 'RolledBack': {
      if (toVersion === null) return stack.at(-1) === fromVersion ? stack.slice(0, -1) : stack;
      const at = stack.lastIndexOf(toVersion);
      return at < 0 ? [...stack, toVersion] : stack.slice(0, at + 1);
    }
  }
}
