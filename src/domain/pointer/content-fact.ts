import { type Blocker } from '../errors/pointer.errors';
import { type PackageId } from '../package-id';
import { type Version } from '../version';

/**
 * What the object store says of a release's tree: `ok` when it is readable in full and `main`, where it holds the
 * directory, holds that very tree; `missing` when it cannot be read; `changed` when `main` holds another tree there.
 */
export type ContentFact = 'ok' | 'missing' | 'changed';

/** A version that the pointer named before the adoption, and of which nothing was there to adopt. */
export function noContentBlocker(id: PackageId, version: Version): Blocker {
  return {
    code: 'CONTENT_CHANGED',
    packageId: id,
    message: `${id} ${version} has no content: its directory was not in the repository when that was adopted.`,
    unblock: 'Name another version, or release that content under a new version.',
  };
}

/** The content lock: nothing is moved to whose content is not what was validated. Never overridden. */
export function contentBlockers(id: PackageId, version: Version, content: ContentFact): readonly Blocker[] {
  if (content === 'ok') return [];
  const message =
    content === 'missing'
      ? `The content of ${id} ${version} cannot be read under the tree id it was locked with.`
      : `The directory of ${id} ${version} on main is not what was validated.`;
  return [
    {
      code: 'CONTENT_CHANGED',
      packageId: id,
      message,
      unblock: 'Restore the repository from a clone or backup that has it, or release the content under a new version.',
    },
  ];
}
