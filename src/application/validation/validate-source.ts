import { compareVersions, type PackageId, splitPackageId, type ValidationReport, type Version } from '../../domain';
import { type GitObjects, readReleaseFiles, releasePath } from '../../git';
import { type ValidationEngine } from '../../validation';
import { type AdoptionSource } from '../adoption/plan-adoption';
import { readSource, type SourceReading } from '../adoption/read-source';
import { type Clock } from '../ports';
import { releaseRequest, type Surroundings } from '../releases/release-request';

const AT_ONCE = 8;

/** A release directory of a source. */
export interface SourceRelease {
  readonly package: PackageId;
  readonly kind: string;
  readonly version: Version;
  /** Git tree id of the directory. */
  readonly tree: string;
  /** Of the directory, relative to the repository root. */
  readonly path: string;
  /** Whether the pointer file names it. */
  readonly isActive: boolean;
}

export interface ValidatedRelease extends SourceRelease {
  readonly report: ValidationReport;
}

export interface SourceValidation {
  readonly source: SourceReading;
  /** Those that were selected, in the order of their paths. */
  readonly releases: readonly ValidatedRelease[];
}

/**
 * The checks on every selected release of a commit, as a staging would make them: each on the commit's own pointer map plus
 * that release. Reads objects only; nothing is stored.
 * @throws what reading the source refuses with, as for an adoption; ObjectMissing.
 */
export async function validateSource(
  dependencies: { readonly objects: GitObjects; readonly validation: ValidationEngine; readonly clock: Clock },
  commit: string,
  options: {
    /** A layout for a source that does not say its own; undefined detects it. */
    readonly given?: unknown;
    /** Which releases are of interest; all by default. */
    readonly select?: (release: SourceRelease, source: SourceReading) => boolean;
  } = {},
): Promise<SourceValidation> {
  const { objects, validation, clock } = dependencies;
  const { select = () => true } = options;
  const source = await readSource({ objects, validation }, commit, options.given);
  const surroundings = surroundingsOf(source);
  const selected = source.releases.flatMap(({ requires, ...adopted }) => {
    const release = inPlace(source, adopted);
    return select(release, source) ? [{ release, requires }] : [];
  });
  // A few at a time: the files of all of them need not be in memory at once.
  const releases: ValidatedRelease[] = [];
  const waiting = selected.entries();
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (const [at, { release, requires }] of waiting) {
      const files = await readReleaseFiles(objects, release.tree);
      const request = releaseRequest(surroundings, { ...release, plannedVersion: release.version, requires, files });
      releases[at] = { ...release, report: await validation.validate({ ...request, validatedAt: clock.now() }) };
    }
  });
  await Promise.all(workers);
  return { source, releases };
}

function inPlace(
  { layout, pointer }: AdoptionSource,
  { package: id, version, tree }: Pick<SourceRelease, 'package' | 'version' | 'tree'>,
): SourceRelease {
  const path = releasePath(layout, id, version);
  if (path === null) throw new TypeError(`the layout lost the place of ${id}`);
  const { kind } = splitPackageId(id, layout.defaultKind);
  return { package: id, kind, version, tree, path, isActive: pointer.get(id) === version };
}

/** The source as it would be right after its adoption: every release directory counts as a release. */
function surroundingsOf({ layout, policy, releases: all, pointer }: SourceReading): Surroundings {
  const versions = new Map<PackageId, Version[]>();
  for (const { package: id, version } of all) versions.set(id, [...(versions.get(id) ?? []), version]);
  const releases = Object.fromEntries([...versions].map(([id, found]) => [id, found.sort(compareVersions)]));
  const requires = new Map(all.map((release) => [`${release.package} ${release.version}`, release.requires]));
  const active = [...pointer].map(
    ([id, version]) => [id, { version, requires: requires.get(`${id} ${version}`) ?? [] }] as const,
  );
  return { layout, policy, active: Object.fromEntries(active), releases, committed: {} };
}
