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
 * Folds one event of `pointer-production` into the state, in place: the state belongs to its fold, and neither the map nor
 * the stack of a package may be copied for each of 100,000 moves.
 */
export function evolvePointer(state: PointerState, event: EventEnvelope<PointerEvent>): PointerState {
  const { entries, moves } = state as OwnedState; // the fold owns what it hands out as readonly
  for (const change of event.data.changes) {
    const entry = entries.get(change.package) ?? { active: null, stack: [], everActive: new Map() };
    entries.set(change.package, entry);
    move(entry, change, event.type);
  }
  moves.set(event.metadata.eventId, { type: event.type, changes: event.data.changes });
  return state;
}

/** The active map: package id -> what production reads. */
export function activeMap(state: PointerState): ReadonlyMap<PackageId, PointedRelease> {
  const map = new Map<PackageId, PointedRelease>();
  for (const [id, entry] of state.entries) if (entry.active !== null) map.set(id, entry.active);
  return map;
}

interface OwnedEntry extends PointerEntry {
  active: PointedRelease | null;
  readonly stack: Version[];
  readonly everActive: Map<Version, PointedRelease>;
}

interface OwnedState extends PointerState {
  readonly entries: Map<PackageId, OwnedEntry>;
  readonly moves: Map<string, PastMove>;
}

function move(entry: OwnedEntry, change: PointerChange, type: PointerEvent['type']): void {
  const { toVersion, tree, requires } = change;
  entry.active = toVersion === null ? null : { version: toVersion, tree, requires };
  if (entry.active !== null) entry.everActive.set(entry.active.version, entry.active);
  restack(entry.stack, change, type);
}

function restack(stack: Version[], { fromVersion, toVersion }: PointerChange, type: PointerEvent['type']): void {
  switch (type) {
    case 'Deactivated':
      return;
    case 'PointerAdopted':
    case 'Activated':
      if (toVersion !== null && stack.at(-1) !== toVersion) stack.push(toVersion);
      return;
    case 'RolledBack':
      if (toVersion === null) {
        if (stack.at(-1) === fromVersion) stack.pop();
      } else if (stack.includes(toVersion)) {
        stack.length = stack.lastIndexOf(toVersion) + 1;
      } else {
        stack.push(toVersion);
      }
  }
}
