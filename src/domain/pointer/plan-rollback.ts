import { type Blocker } from '../errors/pointer.errors';
import { type PackageId } from '../package-id';
import { type Version } from '../version';
import { type ContentFact, contentBlockers, noContentBlocker } from './content-fact';
import { planMove, type PlannedMove, type Proposal } from './planned-move';
import { type PastMove, type PointerEntry, type PointerState } from './pointer.state';

/** How the tree of a release stands in the object store; asked for the target that the plan picks. */
export type ContentOf = (id: PackageId, version: Version) => ContentFact;

export interface RollbackRequest {
  readonly package: PackageId;
  readonly packageExists: boolean;
  /** What the caller believes to be active; null when it does not say. */
  readonly fromVersion: Version | null;
  /** Null takes the entry below the top of the package's stack. */
  readonly toVersion: Version | null;
}

/** The version a rollback goes to; null when nothing is below the top. */
export function rollbackTarget(entry: PointerEntry | undefined, toVersion: Version | null): Version | null {
  return toVersion ?? entry?.stack.at(-2) ?? null;
}

/** What rolling back one package would do. */
export function planRollback(state: PointerState, request: RollbackRequest, contentOf: ContentOf): PlannedMove {
  return planMove(state, 'RollBack', [proposeRollback(state, request, contentOf)]);
}

/** What reverting a whole activation would do: every member goes back to where it came from; a new one leaves the map. */
export function planRevert(state: PointerState, move: PastMove, contentOf: ContentOf): PlannedMove {
  return planMove(
    state,
    'RollBack',
    move.changes.map((change) => {
      const id = change.package;
      const entry = state.entries.get(id);
      const active = entry?.active ?? null;
      if (active === null)
        return refused(id, 'NOT_ACTIVE', `${id} is not active any more.`, 'Roll back the other packages one by one.');
      if (active.version !== change.toVersion) {
        const message = `${id} has moved on: ${active.version} is active, not ${change.toVersion ?? 'none'}.`;
        return refused(id, 'PLAN_OUTDATED', message, 'Roll back the later move first, or the packages one by one.');
      }
      if (change.fromVersion === null) {
        return {
          change: { package: id, fromVersion: active.version, toVersion: null, tree: null, requires: [] },
          blockers: [],
        };
      }
      return proposeTarget(id, entry, change.fromVersion, contentOf);
    }),
  );
}

function proposeRollback(state: PointerState, request: RollbackRequest, contentOf: ContentOf): Proposal {
  const id = request.package;
  const entry = state.entries.get(id);
  const active = entry?.active ?? null;
  if (!request.packageExists)
    return refused(
      id,
      'PACKAGE_NOT_FOUND',
      `There is no package ${id}.`,
      'Check the id; query packages to see what exists.',
    );
  if (active === null) return refused(id, 'NOT_ACTIVE', `${id} is not active.`, 'Activate a release of it instead.');
  if (request.fromVersion !== null && request.fromVersion !== active.version) {
    const message = `${id} ${active.version} is active, not ${request.fromVersion}.`;
    return refused(id, 'PLAN_OUTDATED', message, 'Look at what is active now before rolling back.');
  }
  const target = rollbackTarget(entry, request.toVersion);
  if (target === null) return notPreviouslyActive(id, entry, `Nothing was active before ${id} ${active.version}.`);
  if (target === active.version)
    return refused(id, 'ALREADY_ACTIVE', `${id} ${target} is active already.`, 'Name another version.');
  return proposeTarget(id, entry, target, contentOf);
}

function proposeTarget(
  id: PackageId,
  entry: PointerEntry | undefined,
  target: Version,
  contentOf: ContentOf,
): Proposal {
  const release = entry?.everActive.get(target);
  if (release === undefined) return notPreviouslyActive(id, entry, `${id} ${target} was never active.`);
  return {
    change: {
      package: id,
      fromVersion: entry?.active?.version ?? null,
      toVersion: target,
      tree: release.tree,
      requires: release.requires,
    },
    blockers:
      release.tree === null ? [noContentBlocker(id, target)] : contentBlockers(id, target, contentOf(id, target)),
  };
}

function notPreviouslyActive(id: PackageId, entry: PointerEntry | undefined, message: string): Proposal {
  const others = [...(entry?.everActive.keys() ?? [])].filter((version) => version !== entry?.active?.version);
  const unblock = others.length === 0 ? 'Deactivate it instead.' : `Name one of: ${others.join(', ')}.`;
  return refused(id, 'NOT_PREVIOUSLY_ACTIVE', message, unblock);
}

function refused(id: PackageId, code: Blocker['code'], message: string, unblock: string): Proposal {
  return { change: null, blockers: [{ code, packageId: id, message, unblock }] };
}
