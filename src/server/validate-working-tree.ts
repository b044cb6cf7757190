import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import {
  type Remark,
  remarksOn,
  remarksOnRefusal,
  type SourceReading,
  type SourceRelease,
  type ValidatedRelease,
  validateSource,
} from '../application';
import { canonicalPackageId } from '../domain';
import { TransferFailed } from '../git';
import { ignoredPaths } from '../git/program/ignored-paths';
import { findRoot, type Whereabouts } from '../git/working-tree/find-root';
import { readWorkingTree } from '../git/working-tree/read-working-tree';
import { type ValidationEngine } from '../validation';
import { systemClock } from './system';

/** What of a working tree is to be validated. */
export interface WorkingTreeSelection {
  /** Only releases below this directory, or the one that it is a part of. */
  readonly directory: string;
  /** A layout for a repository that does not say its own; undefined detects it. */
  readonly layout: unknown;
  /** Only releases of these packages; of all when empty. */
  readonly packages: readonly string[];
  /** Only releases that the pointer file names. */
  readonly activeOnly: boolean;
}

/** What a run over a working tree found. */
export interface WorkingTreeValidation extends Whereabouts {
  /** Null for a repository whose layout, guardrails or pointer file cannot be read: then the remarks say why, and no release was validated. */
  readonly source: SourceReading | null;
  readonly releases: readonly ValidatedRelease[];
  /** What is wrong outside of releases, where was looked. */
  readonly remarks: readonly Remark[];
  /** Whether something was validated is up to the caller: this is where was looked. `/` between names, empty for the root. */
  readonly below: string;
  /** Why untracked files that Git ignores were looked at all the same; null when they were not. */
  readonly notIgnored: string | null;
}

/**
 * Validates the releases of a working tree as they stand on the disk. Needs no data directory, writes nothing, and asks
 * nobody but the `git` program for what it ignores.
 * @throws NotADirectory, WorkingTreeUnreadable, LayoutUndecidable, UnsupportedTreeEntry, UnsafeTreeEntry, ValidatorUnavailable
 */
export async function validateWorkingTree(
  { directory, layout, packages, activeOnly }: WorkingTreeSelection,
  validation: ValidationEngine,
): Promise<WorkingTreeValidation> {
  const whereabouts = await findRoot(directory);
  const { root } = whereabouts;
  const below = relative(root, whereabouts.directory).split(sep).join('/');
  const { ignored, notIgnored } = await ignoredIn(whereabouts);
  const { objects, commit } = await readWorkingTree(root, ignored);

  const wanted = (release: SourceRelease, defaultKind: string): boolean =>
    isBelow(release.path, below) &&
    (release.isActive || !activeOnly) &&
    (packages.length === 0 || packages.some((id) => canonicalPackageId(id, defaultKind) === release.package));
  const place = { ...whereabouts, below, notIgnored };
  const validating = validateSource({ objects, validation, clock: systemClock }, commit, {
    given: layout,
    select: (release, source) => wanted(release, source.layout.defaultKind),
  });
  try {
    const { source, releases } = await validating;
    return { ...place, source, releases, remarks: remarksOn(source).filter(({ path }) => isBelow(path, below)) };
  } catch (error) {
    // What was given with the command is not the working tree's fault.
    const remarks = layout === undefined ? remarksOnRefusal(error) : null;
    if (remarks === null) throw error;
    return { ...place, source: null, releases: [], remarks };
  }
}

/** True for what is in a directory of the repository, and for what the directory is in. Both relative to the root. */
function isBelow(path: string, directory: string): boolean {
  return directory === '' || `${path}/`.startsWith(`${directory}/`) || `${directory}/`.startsWith(`${path}/`);
}

async function ignoredIn({
  root,
  checkout,
}: Whereabouts): Promise<{ readonly ignored: ReadonlySet<string>; readonly notIgnored: string | null }> {
  if (!existsSync(join(checkout, '.git'))) return { ignored: new Set(), notIgnored: null };
  try {
    return { ignored: await ignoredPaths(root), notIgnored: null };
  } catch (error) {
    if (!(error instanceof TransferFailed)) throw error;
    return { ignored: new Set(), notIgnored: error.message };
  }
}
