import fc from 'fast-check';
import { type ErrorCode } from '../../src/domain';
import { type Template } from './commands/command';
import { PACKAGES } from './node/starting-repository';
import {
  type Activate,
  type CommitDraft,
  type Deactivate,
  type Move,
  type Rollback,
  type RollbackActivation,
  type SaveDraft,
  type StageRelease,
  type StartDraft,
  type TagRelease,
} from './operation';
import { isActivatable, releasesOf, versionsOf, type World } from './world/world';

/** Mostly what makes sense where it is done, and now and then what does not: the model says which refusal has to come. */
const packages = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...PACKAGES) },
  { weight: 1, arbitrary: fc.constant('nowhere') },
);
const few = fc.nat({ max: 9 });
const seldom = fc.nat({ max: 9 }).map((n) => n === 9);
const key = fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: few.map((n) => `key ${n}`) });
const requires = fc.subarray([...PACKAGES].sort(), { maxLength: 2 });
const changeType = fc.constantFrom('PATCH' as const, 'MINOR' as const, 'MAJOR' as const);
const NO_VERSION = '9.9.9';

/** One of them, or what to take where there is none. */
function pick<T>(from: readonly T[], n: number, none: T): T {
  return from[n % Math.max(1, from.length)] ?? none;
}

const draftOf = (world: World, n: number): string => pick([...world.drafts.keys()], n, 'missing');

function unusedName(world: World): string {
  const names = new Set([...world.drafts.keys(), ...world.lastOfDraft.keys()]);
  let n = 0;
  while (names.has(`d${n}`)) n += 1;
  return `d${n}`;
}

const startDraft = fc
  .record({ package: packages, create: fc.boolean(), isTaken: seldom, base: few })
  .map(({ package: id, create, isTaken, base }): Template<StartDraft> => (world) => {
    const baseVersion = base < 7 ? null : pick(versionsOf(world, id), base, NO_VERSION);
    return {
      do: 'startDraft',
      draft: isTaken ? draftOf(world, base) : unusedName(world),
      package: id,
      create,
      baseVersion,
    };
  });

const saveDraft = fc
  .record({ n: few, text: fc.nat({ max: 5 }), requires: fc.option(requires), isStale: seldom })
  .map(({ n, text, requires: required, isStale }): Template<SaveDraft> => (world) => {
    const draft = draftOf(world, n);
    const id = world.drafts.get(draft)?.package ?? 'nowhere';
    return {
      do: 'saveDraft',
      draft,
      package: id,
      text,
      requires: required,
      head: isStale && !draft.startsWith('p') ? 'first' : 'any',
    };
  });

const version = (world: World, id: string, n: number): string =>
  n === 9 ? NO_VERSION : pick([...versionsOf(world, id)].reverse(), n, '1.0.0');

/** Drafts, what is committed from them first. */
const commitDraft = fc
  .record({ n: few, changeType: fc.option(changeType, { freq: 9 }), given: fc.nat({ max: 19 }), key })
  .map(({ n, changeType: type, given, key: idempotencyKey }): Template<CommitDraft> => (world) => {
    const explicit = [
      '1.0.1',
      '1.1.0',
      '2.0.0',
      '3.0.0-rc.1',
      '1.0',
      ...versionsOf(world, world.drafts.get(draftOf(world, n))?.package ?? ''),
    ];
    return {
      do: 'commitDraft',
      draft: draftOf(world, n),
      message: 'Change it',
      changeType: type,
      version: given < 14 ? null : pick(explicit, given - 14, NO_VERSION),
      key: idempotencyKey,
    };
  });

const stageRelease = fc
  .record({ n: fc.nat({ max: 29 }), commit: seldom, key })
  .map(({ n, commit, key: idempotencyKey }): Template<StageRelease> => (world) => {
    const all = PACKAGES.flatMap((id) => versionsOf(world, id).map((each) => ({ package: id, version: each })));
    const open = all.filter((each) => releasesOf(world, each.package).get(each.version)?.status === 'committed');
    const release = pick(n % 5 === 4 ? all : open, n, { package: PACKAGES[n % 5] ?? 'alpha', version: NO_VERSION });
    return { do: 'stageRelease', ...release, commit: commit ? 'other' : 'any', key: idempotencyKey };
  });

const tagRelease = fc
  .record({ package: packages, n: few, key })
  .map(({ package: id, n, key: idempotencyKey }): Template<TagRelease> => (world) => ({
    do: 'tagRelease',
    package: id,
    version: version(world, id, n),
    message: 'Mark it',
    key: idempotencyKey,
  }));

const toActivate = (world: World, id: string, n: number): string => {
  const candidates = versionsOf(world, id).filter(
    (each) => isActivatable(world, id, each) && world.active.get(id) !== each,
  );
  return n < 7 && candidates.length > 0 ? pick(candidates, n, NO_VERSION) : version(world, id, n);
};

const moving = { reason: fc.constant('Because'), plan: fc.constant(null), key };
const codes = fc.constantFrom<ErrorCode>('DEPENDENCY_NOT_ACTIVE', 'REQUIRED_BY_ACTIVE_RELEASE', 'CONTENT_CHANGED');
const override = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.uniqueArray(codes, { maxLength: 2 }) },
);

const activate = fc
  .record({ set: fc.array(fc.record({ package: packages, n: few }), { minLength: 1, maxLength: 3 }), ...moving })
  .map(({ set, ...rest }): Template<Activate> => (world) => ({
    do: 'activateReleases',
    releases: set.map(({ package: id, n }) => ({ package: id, version: toActivate(world, id, n) })),
    ...rest,
  }));

const rollback = fc
  .record({ package: packages, from: few, to: few, override, ...moving })
  .map(({ package: id, from, to, ...rest }): Template<Rollback> => (world) => ({
    do: 'rollback',
    package: id,
    fromVersion: from < 7 ? null : from === 9 ? NO_VERSION : (world.active.get(id) ?? null),
    toVersion: to < 6 ? null : pick([...(world.everActive.get(id) ?? []), NO_VERSION], to, NO_VERSION),
    ...rest,
  }));

const rollbackActivation = fc
  .record({ n: few, override, ...moving })
  .map(({ n, ...rest }): Template<RollbackActivation> => (world) => {
    const activations = world.moves.flatMap(({ type }, revision) => (type === 'Activated' ? [revision] : [])).reverse();
    return { do: 'rollbackActivation', move: n === 9 ? n : pick(activations, n, 0), ...rest };
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

/** What leads to an event, if it is not refused. */
export const eventful: fc.Arbitrary<Template> = fc.oneof<fc.Arbitrary<Template>[]>(
  commitDraft,
  stageRelease,
  moves,
  tagRelease,
);

export const anything: fc.Arbitrary<Template> = fc.oneof<fc.Arbitrary<Template>[]>(
  startDraft,
  saveDraft,
  saveDraft,
  fc.nat({ max: 9 }).map((n) => (world: World) => ({ do: 'discardDraft', draft: draftOf(world, n) })),
  fc.nat({ max: 9 }).map((n) => (world: World) => ({ do: 'abandonDraft', draft: draftOf(world, n) })),
  commitDraft,
  commitDraft,
  stageRelease,
  stageRelease,
  tagRelease,
  moves,
  moves,
);

/** A release of a package, from its draft on. */
export const shipment: fc.Arbitrary<readonly Template[]> = fc
  .record({ package: packages, text: fc.nat({ max: 9 }), requires: fc.option(requires), changeType })
  .map(({ package: id, text, requires: required, changeType: type }) => {
    let draft = '';
    const start: Template = (world) => {
      draft = unusedName(world);
      return { do: 'startDraft', draft, package: id, create: true, baseVersion: null };
    };
    const save: Template = (world) => {
      const isNew = releasesOf(world, id).size === 0;
      return { do: 'saveDraft', draft, package: id, text, requires: required ?? (isNew ? [] : null), head: 'any' };
    };
    const commit: Template = () => ({
      do: 'commitDraft',
      draft,
      message: 'Ship it',
      changeType: type,
      version: null,
      key: null,
    });
    const stage: Template = (world) => ({
      do: 'stageRelease',
      package: id,
      version: world.lastOfDraft.get(draft)?.version ?? NO_VERSION,
      commit: 'any',
      key: null,
    });
    return [start, save, commit, stage];
  });

/** Drafts that exist are changed, and given up. */
export const anythingOnDrafts: fc.Arbitrary<Template> = fc.oneof<fc.Arbitrary<Template>[]>(
  saveDraft,
  saveDraft,
  fc.nat({ max: 9 }).map((n) => (world: World) => ({ do: 'abandonDraft', draft: draftOf(world, n) })),
);

export const plans: fc.Arbitrary<Template> = moves.map((move) => (world: World) => ({ do: 'plan', of: move(world) }));
