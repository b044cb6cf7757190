import * as semver from 'semver';
import { changeText, type LookedAt, type Move } from '../operation';
import {
  isActivatable,
  type PastMove,
  Refused,
  releasesOf,
  requiresOf,
  versionsOf,
  wasActive,
  type World,
} from './world';

type Change = PastMove['changes'][number];
type Graph = ReadonlyMap<string, readonly string[]>;
/** A change, or the code of what stands against it. */
type Proposal = { readonly package: string } & ({ readonly to: string | null } | { readonly refused: string });

const TYPES = {
  activateReleases: 'Activated',
  rollback: 'RolledBack',
  rollbackActivation: 'RolledBack',
  deactivate: 'Deactivated',
} as const;
/** Codes that a rollback may lift. */
export const OVERRIDABLE: readonly string[] = ['DEPENDENCY_NOT_ACTIVE', 'REQUIRED_BY_ACTIVE_RELEASE'];

export function movePointer(world: World, move: Move) {
  const override = 'override' in move ? move.override : [];
  const { changes, blockers } = planned(world, move);
  const codeOf = (blocker: string): string => blocker.split(' ')[0] ?? '';
  const left = blockers.filter((blocker) => !override.some((code) => code === codeOf(blocker)));
  if (left[0] !== undefined) throw new Refused(codeOf(left[0]), left);
  if (isOutdated(move.plan, changes)) throw new Refused('PLAN_OUTDATED');

  const type = TYPES[move.do];
  for (const each of changes) apply(world, each, type);
  const pointer = pointerOf(world);
  world.moves.push({ type, changes, pointer });
  world.log.push(`${type} ${changes.map(shown).join(', ')}`);
  const lifted = [...new Set(blockers.filter((blocker) => !left.includes(blocker)).map(codeOf))].sort();
  return { move: type, revision: world.moves.length - 1, changes: changes.map(shown), pointer, overrides: lifted };
}

export function planMove(world: World, move: Move) {
  // A dry run is not asked what the caller believes to be active.
  const asked = move.do === 'rollback' ? { ...move, fromVersion: null } : move;
  const { changes, blockers, after } = planned(world, asked);
  const remedy = remedySize(world, move, { changes, blockers });
  const pointer = Object.fromEntries([...after].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ok: blockers.length === 0, changes: changes.map(shown), blockers, remedy, pointer };
}

export function pointerOf(world: World): Readonly<Record<string, string>> {
  return Object.fromEntries([...world.active].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function planned(world: World, move: Move) {
  const proposals = proposed(world, move);
  const changes = proposals
    .flatMap((each): Change[] =>
      'to' in each ? [{ package: each.package, from: world.active.get(each.package) ?? null, to: each.to }] : [],
    )
    .sort((a, b) => (a.package < b.package ? -1 : 1));
  const after = new Map(world.active);
  for (const { package: id, to } of changes) {
    if (to === null) after.delete(id);
    else after.set(id, to);
  }
  const refusals = proposals.flatMap((each) => ('refused' in each ? [`${each.refused} ${each.package}`] : []));
  const blockers = [...refusals, ...violations(graphOf(world, after), new Set(changes.map((each) => each.package)))];
  return { changes, blockers, after };
}

function proposed(world: World, move: Move): readonly Proposal[] {
  switch (move.do) {
    case 'activateReleases': {
      const ids = move.releases.map((each) => each.package);
      requireSet(ids);
      return move.releases.map(({ package: id, version }) => {
        const refused = (code: string): Proposal => ({ package: id, refused: code });
        if (releasesOf(world, id).size === 0) return refused('PACKAGE_NOT_FOUND');
        if (!releasesOf(world, id).has(version)) return refused('RELEASE_NOT_FOUND');
        if (world.active.get(id) === version) return refused('ALREADY_ACTIVE');
        if (semver.prerelease(version) !== null) return refused('PRERELEASE_NOT_ACTIVATABLE');
        return isActivatable(world, id, version) ? { package: id, to: version } : refused('RELEASE_NOT_STAGED');
      });
    }
    case 'deactivate':
      requireSet(move.packages);
      return move.packages.map((id) => {
        if (world.active.has(id)) return { package: id, to: null };
        return { package: id, refused: releasesOf(world, id).size === 0 ? 'PACKAGE_NOT_FOUND' : 'NOT_ACTIVE' };
      });
    case 'rollback': {
      const { package: id, fromVersion, toVersion } = move;
      const refused = (code: string): readonly Proposal[] => [{ package: id, refused: code }];
      const active = world.active.get(id);
      if (releasesOf(world, id).size === 0) return refused('PACKAGE_NOT_FOUND');
      if (active === undefined) return refused('NOT_ACTIVE');
      if (fromVersion !== null && fromVersion !== active) return refused('PLAN_OUTDATED');
      const target = toVersion ?? world.stacks.get(id)?.at(-2);
      if (target === active) return refused('ALREADY_ACTIVE');
      if (target === undefined || !wasActive(world, id, target)) return refused('NOT_PREVIOUSLY_ACTIVE');
      return [{ package: id, to: target }];
    }
    case 'rollbackActivation': {
      const past = world.moves[move.move];
      if (past?.type !== 'Activated') throw new Refused('BAD_USER_INPUT');
      return past.changes.map(({ package: id, from, to }) => {
        const active = world.active.get(id);
        if (active === undefined) return { package: id, refused: 'NOT_ACTIVE' };
        return active === to ? { package: id, to: from } : { package: id, refused: 'PLAN_OUTDATED' };
      });
    }
  }
}

function requireSet(ids: readonly string[]): void {
  if (ids.length === 0 || new Set(ids).size < ids.length) throw new Refused('BAD_USER_INPUT');
}

function apply(world: World, { package: id, to }: Change, type: PastMove['type']): void {
  const stack = world.stacks.get(id) ?? [];
  world.stacks.set(id, stack);
  const left = world.active.get(id);
  if (to === null) world.active.delete(id);
  else {
    world.active.set(id, to);
    world.everActive.set(id, (world.everActive.get(id) ?? new Set<string>()).add(to));
  }
  if (type === 'Deactivated') return;
  if (type === 'RolledBack') {
    if (to === null && stack.at(-1) === left) stack.pop();
    if (to !== null && stack.includes(to)) while (stack.at(-1) !== to) stack.pop();
  }
  if (to !== null && stack.at(-1) !== to) stack.push(to);
}

function isOutdated(plan: LookedAt | null, changes: readonly Change[]): boolean {
  return plan !== null && plan.changes.join() !== changes.map(shown).join();
}

function shown({ package: id, from, to }: Change): string {
  return changeText({ package: id, fromVersion: from, toVersion: to });
}

function graphOf(world: World, map: ReadonlyMap<string, string>): Graph {
  return new Map([...map].map(([id, version]) => [id, requiresOf(world, id, version)]));
}

/** What is wrong with a map and about a changed package: what is missing first, then circles. */
function violations(graph: Graph, changed: ReadonlySet<string>): readonly string[] {
  const missing = [...graph.keys()].sort().flatMap((id) =>
    (graph.get(id) ?? []).flatMap((required) => {
      if (graph.has(required)) return [];
      if (changed.has(id)) return [`DEPENDENCY_NOT_ACTIVE ${id}`];
      return changed.has(required) ? [`REQUIRED_BY_ACTIVE_RELEASE ${required}`] : [];
    }),
  );
  const circles = new Set([...graph.keys()].flatMap((id) => circleOf(graph, id) ?? []));
  const blocking = [...circles].flatMap((circle) => circle.split(' ').find((id) => changed.has(id)) ?? []);
  return [...missing, ...blocking.sort().map((id) => `DEPENDENCY_NOT_ACTIVE ${id}`)];
}

/** All that require a package and are required by it, in a line; null when it does not require itself. */
function circleOf(graph: Graph, id: string): string | null {
  const from = (start: string): Set<string> => {
    const reached = new Set(graph.get(start));
    for (const each of reached) for (const next of graph.get(each) ?? []) reached.add(next);
    return reached;
  };
  if (!from(id).has(id)) return null;
  return [...from(id)]
    .filter((other) => from(other).has(id))
    .sort()
    .join(' ');
}

/** How many further releases would make a move safe at least; null when none would. Tries them all. */
function remedySize(
  world: World,
  move: Move,
  { changes, blockers }: { readonly changes: readonly Change[]; readonly blockers: readonly string[] },
): number | null {
  if (blockers.length === 0) return 0;
  const moved = new Set(changes.map((each) => each.package));
  const after = (map: ReadonlyMap<string, string>): Map<string, string> => {
    const next = new Map(map);
    for (const { package: id, to } of changes)
      if (to === null) next.delete(id);
      else next.set(id, to);
    return next;
  };
  if (violations(graphOf(world, after(world.active)), moved).length < blockers.length) return null;
  const others = [...world.releases.keys()].filter((id) => !moved.has(id));
  const sizes = combinations(world, others).filter((further) => {
    const with_ = new Map([...world.active, ...further]);
    const added = new Set(further.keys());
    if (move.do === 'activateReleases')
      return violations(graphOf(world, after(with_)), new Set([...moved, ...added])).length === 0;
    const before = violations(graphOf(world, with_), added);
    return before.length === 0 && violations(graphOf(world, after(with_)), moved).length === 0;
  });
  return sizes.length === 0 ? null : Math.min(...sizes.map((further) => further.size));
}

/** Every way to activate some of the packages. */
function combinations(world: World, ids: readonly string[]): readonly Map<string, string>[] {
  return ids.reduce<readonly Map<string, string>[]>(
    (all, id) => {
      const versions = versionsOf(world, id).filter(
        (version) => isActivatable(world, id, version) && world.active.get(id) !== version,
      );
      return all.flatMap((chosen) => [chosen, ...versions.map((version) => new Map(chosen).set(id, version))]);
    },
    [new Map()],
  );
}
