import fc from 'fast-check';
import { type Template } from '../commands/command';
import { type Activate, type Rollback } from '../operation';
import { releasesOf, type World } from '../world/world';
import { changeType, NO_VERSION, packages, requires, unusedName } from './choices';

interface Shipment {
  readonly package: string;
  /** From the text that the draft begins with. */
  readonly text: (before: number | null) => number;
  readonly requires: readonly string[] | null;
  readonly changeType: 'MAJOR' | 'MINOR' | 'PATCH';
}

/** A release of a package, from its draft on. */
export const shipment: fc.Arbitrary<readonly Template[]> = fc
  .record({ package: packages, text: fc.nat({ max: 9 }), requires: fc.option(requires), changeType })
  .map(({ text, ...rest }) => ship({ ...rest, text: () => text }).templates);

/**
 * Two releases of one package, each shipped and activated, and back twice; then forward to the second and back once more.
 * What is left on the stack shows only in where the next rollback leads.
 */
export const roundTrip: fc.Arbitrary<readonly Template[]> = fc
  .record({
    package: fc.constantFrom('alpha', 'alpha', 'beta', 'gamma', 'epsilon'),
    changeTypes: fc.tuple(changeType, changeType),
  })
  .map(({ package: id, changeTypes }) => {
    const [first, second] = changeTypes.map((type) =>
      ship({ package: id, text: (before) => (before ?? 0) + 3, requires: null, changeType: type }),
    ) as [Ship, Ship]; // two change types, two shipments
    const activate =
      ({ versionIn }: Ship): Template<Activate> =>
      (world) => ({
        do: 'activateReleases',
        releases: [{ package: id, version: versionIn(world) }],
        reason: 'Forward',
        plan: null,
        key: null,
      });
    const back: Template<Rollback> = () => ({
      do: 'rollback',
      package: id,
      fromVersion: null,
      toVersion: null,
      override: [],
      reason: 'Back',
      plan: null,
      key: null,
    });
    return [
      ...first.templates,
      activate(first),
      ...second.templates,
      activate(second),
      back,
      back,
      activate(second),
      back,
    ];
  });

interface Ship {
  readonly templates: readonly Template[];
  readonly versionIn: (world: World) => string;
}

function ship({ package: id, text, requires: required, changeType: type }: Shipment): Ship {
  let draft = '';
  const versionIn = (world: World): string => world.lastOfDraft.get(draft)?.version ?? NO_VERSION;
  const start: Template = (world) => {
    draft = unusedName(world);
    return { do: 'startDraft', draft, package: id, create: true, baseVersion: null };
  };
  const save: Template = (world) => {
    const isNew = releasesOf(world, id).size === 0;
    return {
      do: 'saveDraft',
      draft,
      package: id,
      text: text(world.drafts.get(draft)?.content.text ?? null),
      requires: required ?? (isNew ? [] : null),
      head: 'any',
    };
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
    version: versionIn(world),
    commit: 'any',
    key: null,
  });
  return { templates: [start, save, commit, stage], versionIn };
}
