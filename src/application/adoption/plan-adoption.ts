import {
  comparePackageIds,
  type Layout,
  type Origin,
  type PackageEvent,
  type PackageId,
  packageStream,
  POINTER_STREAM,
  type PointerChange,
  type PointerEvent,
  releaseKey,
  type Version,
} from '../../domain';
import { type RepositoryHistory } from '../../git';
import { originOf } from './history-origin';

const MAX_CHANGES = 1000;
/** Each round waits for the disk: a longer history is written several commits at a time. */
const MAX_STEPS = 500;

/** A release directory of the adopted tree with what its manifest says. */
export interface ReleaseToAdopt {
  readonly package: PackageId;
  readonly version: Version;
  readonly tree: string;
  readonly displayName: string | null;
  readonly requires: readonly PackageId[];
}

/** What is adopted. */
export interface AdoptionSource {
  readonly commit: string;
  readonly layout: Layout;
  readonly releases: readonly ReleaseToAdopt[];
  /** The map of the pointer file. */
  readonly pointer: ReadonlyMap<PackageId, Version>;
}

/** Events that are appended side by side, by stream; each stream's in order. */
export type AdoptionRound = ReadonlyMap<string, readonly (PackageEvent | PointerEvent)[]>;

/**
 * The events of an adoption, round after round; those of `repository` are not among them. A function of the source and its
 * history alone. What the adopted tree holds is adopted, whatever the history says of it: the history adds the commits,
 * people and times, and the moves that led to the pointer. With it the log is in the order of the history, commit by commit
 * where at most 500 did something, else by a few commits at a time; each stream is in order always.
 *
 * The pointer comes after the releases it names: what follows the log does not meet a release it has not heard of.
 *
 * @param history null: the source is taken as it stands.
 */
export function planAdoption(source: AdoptionSource, history: RepositoryHistory | null): readonly AdoptionRound[] {
  const steps = (history === null ? [stepOfTip(source)] : stepsOfHistory(source, history)).filter(
    ({ releases, moves }) => releases.length + moves.length > 0,
  );
  const rounds: AdoptionRound[] = [];
  const together = Math.ceil(steps.length / MAX_STEPS);
  for (let from = 0; from < steps.length; from += together) {
    const part = steps.slice(from, from + together);
    rounds.push(
      ...roundsOf({ releases: part.flatMap((step) => step.releases), moves: part.flatMap((step) => step.moves) }),
    );
  }
  return rounds;
}

/** What one commit changed, as events: the releases before the pointer that names them. @param changes sorted by package. */
export function adoptionOf(
  commit: string,
  { releases, changes }: { readonly releases: readonly ReleaseToAdopt[]; readonly changes: readonly PointerChange[] },
): readonly AdoptionRound[] {
  const origin = null;
  return roundsOf({
    releases: releases.map((release) => adopted(release, commit, origin)),
    moves: inParts({ commit, origin, changes }),
  });
}

function roundsOf({ releases, moves }: Step): readonly AdoptionRound[] {
  return [
    ...(releases.length > 0 ? [byStream(releases)] : []),
    ...(moves.length > 0 ? [new Map([[POINTER_STREAM, moves]])] : []),
  ];
}

/** What one commit adds to the log. */
interface Step {
  readonly releases: readonly ReleaseAdopted[];
  readonly moves: readonly PointerEvent[];
}

function stepOfTip(source: AdoptionSource): Step {
  const releases = source.releases.map((release) => adopted(release, source.commit, null));
  return { releases, moves: inParts(moveOfMap(source)) };
}

function stepsOfHistory(source: AdoptionSource, history: RepositoryHistory): readonly Step[] {
  const byKey = new Map(source.releases.map((release) => [releaseKey(release.package, release.version), release]));
  const changeTo = changesOf(byKey);
  return history.steps.map(({ commit, appeared, pointerChanges }) => {
    const origin = originOf(commit);
    const releases = appeared.flatMap(({ again, ...place }) => {
      const release = again ? undefined : byKey.get(releaseKey(place.package, place.version));
      return release === undefined ? [] : [adopted(release, commit.id, origin)];
    });
    const changes = pointerChanges.map(({ package: id, fromVersion, toVersion }) =>
      changeTo(id, fromVersion, toVersion),
    );
    return { releases, moves: inParts({ commit: commit.id, origin, changes }) };
  });
}

type ReleaseAdopted = Extract<PackageEvent, { readonly type: 'ReleaseAdopted' }>;

function adopted(release: ReleaseToAdopt, commit: string, origin: Origin | null): ReleaseAdopted {
  return { type: 'ReleaseAdopted', data: { ...release, commit, origin } };
}

function byStream(events: readonly ReleaseAdopted[]): AdoptionRound {
  const streams = new Map<string, ReleaseAdopted[]>();
  for (const event of events) {
    const stream = packageStream(event.data.package);
    const before = streams.get(stream);
    if (before === undefined) streams.set(stream, [event]);
    else before.push(event);
  }
  return streams;
}

interface Move {
  readonly commit: string;
  readonly origin: Origin | null;
  /** Sorted by package. */
  readonly changes: readonly PointerChange[];
}

function moveOfMap(source: AdoptionSource): Move {
  const changeTo = changesOf(
    new Map(source.releases.map((release) => [releaseKey(release.package, release.version), release])),
  );
  const changes = [...source.pointer]
    .map(([id, version]) => changeTo(id, null, version))
    .sort((a, b) => comparePackageIds(a.package, b.package));
  return { commit: source.commit, origin: null, changes };
}

/** What a version stands for is what the adopted tree holds: without a directory there it has no tree, and is never moved to again. */
function changesOf(
  releases: ReadonlyMap<string, ReleaseToAdopt>,
): (id: PackageId, fromVersion: Version | null, toVersion: Version | null) => PointerChange {
  return (id, fromVersion, toVersion) => {
    const release = toVersion === null ? undefined : releases.get(releaseKey(id, toVersion));
    const { tree = null, requires = [] } = release ?? {};
    return { package: id, fromVersion, toVersion, tree, requires };
  };
}

function inParts({ commit, origin, changes }: Move): readonly PointerEvent[] {
  const events: PointerEvent[] = [];
  for (let from = 0; from < changes.length; from += MAX_CHANGES) {
    const part = changes.slice(from, from + MAX_CHANGES);
    events.push({ type: 'PointerAdopted', data: { commit, changes: part, origin } });
  }
  return events;
}
