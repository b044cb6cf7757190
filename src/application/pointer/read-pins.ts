import { type Layout, type PackageId, splitPackageId, Unavailable, type Version } from '../../domain';
import { digestOf } from '../../eventstore';
import { type GitRepository, ObjectMissing, readReleaseFiles, UnsafeTreeEntry, UnsupportedTreeEntry } from '../../git';
import { type Pin, type PinSource, type ValidationEngine } from '../../validation';
import { LatestUsed } from '../latest-used';
import { type RequireAdopted } from '../adoption/require-adopted';
import { type Clock } from '../ports';
import { manifestOf } from '../releases/release-request';

/** A release with its Git tree id. */
export interface PinningRelease {
  readonly package: PackageId;
  readonly version: Version;
  readonly tree: string;
}

/** The pins of releases, in their order; null for one of which they cannot be told. */
export type ReadPins = (releases: readonly PinningRelease[]) => Promise<readonly (readonly Pin[] | null)[]>;

/** At most so many releases are looked at for one answer. */
const MAX_RELEASES = 500;
const MAX_CACHED = 2 * MAX_RELEASES;
/**
 * Once one release has been read, no further one is begun after this time, in milliseconds: the start of a child process is
 * not counted. What was read is kept, so that the next call gets further.
 */
const BUDGET_MS = 2_000;

/**
 * Reads the pins of releases, kept by what they depend on: content, layout and the name of the release. One after the
 * other, so that a staging always finds another child process of the validator. Rejects for nothing about content.
 */
export function createPinReader(dependencies: {
  readonly repository: GitRepository;
  readonly validation: Pick<ValidationEngine, 'readPins'>;
  readonly requireAdopted: RequireAdopted;
  readonly clock: Clock;
}): ReadPins {
  const { repository, validation, requireAdopted, clock } = dependencies;
  const cache = new LatestUsed<readonly Pin[] | null>(MAX_CACHED);
  const now = (): number => Date.parse(clock.now());

  return async (releases) => {
    const { layout } = await requireAdopted();
    let end = Number.POSITIVE_INFINITY;
    const found: (readonly Pin[] | null)[] = [];
    for (const release of releases.slice(0, MAX_RELEASES)) {
      const source = sourceOf(layout, release);
      const key = digestOf([source, release.tree]);
      const isKnown = cache.has(key);
      found.push(isKnown || now() < end ? await pinsOf(key, () => read(source, release.tree)) : null);
      if (!isKnown) end = Math.min(end, now() + BUDGET_MS);
    }
    return releases.map((_, at) => found[at] ?? null);
  };

  async function read(source: Omit<PinSource, 'files'>, tree: string): Promise<readonly Pin[] | null> {
    return validation.readPins({ ...source, files: await readReleaseFiles(repository.objects, tree) });
  }

  async function pinsOf(key: string, make: () => Promise<readonly Pin[] | null>): Promise<readonly Pin[] | null> {
    try {
      return await cache.get(key, make);
    } catch (error) {
      if (UNREADABLE.some((kind) => error instanceof kind)) return null;
      throw error;
    }
  }
}

/** What keeps a release from being read; where it matters, the content lock and the act itself say more about it. */
const UNREADABLE = [ObjectMissing, UnsafeTreeEntry, UnsupportedTreeEntry, Unavailable];

function sourceOf(layout: Layout, { package: id, version }: PinningRelease): Omit<PinSource, 'files'> {
  const { defaultKind } = layout;
  const { kind } = splitPackageId(id, defaultKind);
  return { package: id, kind, version, manifest: manifestOf(layout, id), defaultKind };
}
