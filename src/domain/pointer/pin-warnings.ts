import { type Blocker } from '../errors/pointer.errors';
import { inOneLine } from '../one-line';
import { type PackageId } from '../package-id';
import { isPrerelease, type Version } from '../version';
import { type MoveType } from './move-type';

/** A release of the map after a move, which runs with the versions that it refers to. */
export interface Pinning {
  readonly package: PackageId;
  readonly version: Version;
}

/** A version that such a release refers to and that would not be the active one. */
export interface MissedPin {
  readonly release: Pinning;
  /** Whether the move brings the release in; otherwise it is active already. */
  readonly isEntering: boolean;
  /** The package and version that are referred to. */
  readonly id: PackageId;
  readonly version: Version;
  /** The version that would be active; null when none of the package would be. */
  readonly active: Version | null;
  /** The first place that refers to it, in a file of the release, and how many there are. */
  readonly path: string;
  readonly line: number | null;
  readonly places: number;
}

/** So many are told one by one; how many more there are is told in one. */
const MOST_WARNINGS = 100;

/** What should be known of the versions that workflows and operations run with, before a move. Only ever warnings. */
export function pinWarnings(
  type: MoveType,
  missed: readonly MissedPin[],
  /** Releases of which it could not be told. */
  unread: readonly Pinning[],
): readonly Blocker[] {
  const told = missed.slice(0, MOST_WARNINGS).map((each) => missedWarning(each, type));
  return [...told, ...moreWarning(missed.length - told.length), ...unreadWarning(unread)];
}

function missedWarning(missed: MissedPin, type: MoveType): Blocker {
  const { release, isEntering, id, version, active, path, line, places } = missed;
  const place = line === null ? path : `${path}:${line}`;
  const others = places === 1 ? '' : ` and ${places - 1} more ${places === 2 ? 'place' : 'places'}`;
  const instead = active === null ? 'no release of it would be active' : `${active} would be active`;
  return {
    code: 'PINNED_VERSION_NOT_ACTIVE',
    packageId: release.package,
    message: inOneLine(
      `${release.package} ${release.version} refers to ${id} ${version} (${place}${others}), but ${instead}.`,
    ),
    unblock: isEntering ? ofEntering(missed) : ofStaying(missed, type),
  };
}

function ofEntering({ release, id, version, active }: MissedPin): string {
  const another = `tage a release of ${release.package} that refers to ${active ?? `another version of ${id}`}, and activate that instead.`;
  // A pre-release is never active.
  return isPrerelease(version) ? `S${another}` : `Also activate ${id} ${version}, or s${another}`;
}

function ofStaying({ release, id, active }: MissedPin, type: MoveType): string {
  if (active === null)
    return `First activate a release of ${release.package} that does not refer to ${id}, or deactivate ${release.package}.`;
  const when = type === 'Activate' ? 'in the same move' : 'afterwards';
  return `Activate a release of ${release.package} that refers to ${active} ${when}.`;
}

function moreWarning(more: number): readonly Blocker[] {
  if (more === 0) return [];
  const message = `${more} more references of active workflows and operations would be to versions that are not active.`;
  const unblock =
    'Move fewer packages at once, or bring releases along that refer to the versions that would be active.';
  return [{ code: 'PINNED_VERSION_NOT_ACTIVE', packageId: null, message, unblock }];
}

function unreadWarning(unread: readonly Pinning[]): readonly Blocker[] {
  const [first] = unread;
  if (first === undefined) return [];
  const more = unread.length === 1 ? '' : ` and of ${unread.length - 1} more releases`;
  return [
    {
      code: 'PINNED_VERSIONS_UNKNOWN',
      packageId: unread.length === 1 ? first.package : null,
      message: `The references of ${first.package} ${first.version}${more} could not be read, so they are not compared with the map after this move.`,
      unblock: 'Plan again; where it stays so, compare them yourself.',
    },
  ];
}
