import fc from 'fast-check';
import { type ErrorCode } from '../../../src/domain';
import { type Template } from '../commands/command';
import { PACKAGES } from '../node/starting-repository';
import { type Activate, type Deactivate, type Move, type Rollback, type RollbackActivation } from '../operation';
import { isActivatable, versionsOf, type World } from '../world/world';
import { few, key, NO_VERSION, packages, pick, version } from './choices';

/** Two packages more than others, so that one of them moves often enough to go back more than once. */
const moved = fc.oneof(
  { weight: 4, arbitrary: fc.constant('alpha') },
  { weight: 2, arbitrary: fc.constant('beta') },
  { weight: 4, arbitrary: packages },
);

const toActivate = (world: World, id: string, n: number): string => {
  const candidates = versionsOf(world, id).filter(
    (each) => isActivatable(world, id, each) && world.active.get(id) !== each,
  );
  return n < 8 && candidates.length > 0 ? pick(candidates, n, NO_VERSION) : version(world, id, n);
};

const moving = { reason: fc.constant('Because'), plan: fc.constant(null), key };
const codes = fc.constantFrom<ErrorCode>('DEPENDENCY_NOT_ACTIVE', 'REQUIRED_BY_ACTIVE_RELEASE', 'CONTENT_CHANGED');
const override = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.uniqueArray(codes, { maxLength: 2 }) },
);

const one = fc.record({ package: moved, n: few });
const set = fc.oneof(
  { weight: 2, arbitrary: one.map((each) => [each]) },
  { weight: 1, arbitrary: fc.array(one, { minLength: 2, maxLength: 3 }) },
);

const activate = fc.record({ set, ...moving }).map(({ set: chosen, ...rest }): Template<Activate> => (world) => ({
  do: 'activateReleases',
  releases: chosen.map(({ package: id, n }) => ({ package: id, version: toActivate(world, id, n) })),
  ...rest,
}));

/** Packages that have something to go back to. */
const returning = (world: World): readonly string[] =>
  PACKAGES.filter((id) => world.active.has(id) && (world.stacks.get(id)?.length ?? 0) > 1);

const rollback = fc
  .record({ any: moved, isAny: few.map((n) => n > 6), which: few, from: few, to: few, override, ...moving })
  .map(({ any, isAny, which, from, to, ...rest }): Template<Rollback> => (world) => {
    const id = isAny ? any : pick(returning(world), which, any);
    return {
      do: 'rollback',
      package: id,
      fromVersion: from < 7 ? null : from === 9 ? NO_VERSION : (world.active.get(id) ?? null),
      toVersion: to < 6 ? null : pick([...(world.everActive.get(id) ?? []), NO_VERSION], to, NO_VERSION),
      ...rest,
    };
  });

/** The last activation, mostly. */
const rollbackActivation = fc
  .record({ n: few, override, ...moving })
  .map(({ n, ...rest }): Template<RollbackActivation> => (world) => {
    const activations = world.moves.flatMap(({ type }, revision) => (type === 'Activated' ? [revision] : [])).reverse();
    return { do: 'rollbackActivation', move: n === 9 ? n : pick(activations, Math.max(0, n - 4), 0), ...rest };
  });

const deactivate = fc
  .record({ packages: fc.array(packages, { minLength: 1, maxLength: 2 }), ...moving })
  .map((facts): Template<Deactivate> => () => ({ do: 'deactivate', ...facts }));

export const moves: fc.Arbitrary<Template<Move>> = fc.oneof<fc.Arbitrary<Template<Move>>[]>(
  activate,
  activate,
  activate,
  rollback,
  rollback,
  rollbackActivation,
  deactivate,
);
