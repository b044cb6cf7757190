import { type RemedyRelease } from '../errors/pointer.errors';
import { type PackageId } from '../package-id';
import { type MissingDependency } from './dependency-check';
import { type MoveType } from './move-type';

/** What was found out about the releases that there are. */
export interface DependencyAdvice {
  /** Null where there is none. */
  readonly remedy: readonly RemedyRelease[] | null;
  /** Packages that need a release staged before one of this package can be activated. */
  readonly lacking: (id: PackageId) => readonly PackageId[];
}

/** What nobody has looked for. */
export const NO_ADVICE: DependencyAdvice = { remedy: null, lacking: () => [] };

/** Releases of a remedy that a text names at most: all of them stand beside it. */
const MAX_NAMES = 5;

/** What to do where a package of the move requires one that is not active. */
export function bringIn({ requires }: MissingDependency, type: MoveType, advice: DependencyAdvice): string {
  const lacking = advice.lacking(requires);
  if (lacking.includes(requires)) {
    const when = type === 'Activate' ? 'in the same move' : 'first';
    return `Stage a release of ${requires}, which has none that can be activated, and activate it ${when}.`;
  }
  if (lacking.length > 0) return `Stage ${releasesOf(lacking)} first: ${requires} cannot be activated without.`;
  const when = type === 'Activate' ? 'before it or in the same move' : 'first';
  return `${remedyStep(type, advice) ?? `Activate a release of ${requires}, with all it requires, ${when}`}.`;
}

/** What to do where an active package requires one that the move takes out of the map. */
export function letGo({ package: id, requires }: MissingDependency, type: MoveType, advice: DependencyAdvice): string {
  const together = type === 'Deactivate';
  const remedy = remedyStep(type, advice);
  if (remedy !== null) return together ? `${remedy}, or deactivate ${id} together with it.` : `${remedy}.`;
  const leave = `Deactivate ${id} ${together ? 'together with it' : 'first'}`;
  const other = `a release of ${id} that does not require ${together ? 'it' : requires}`;
  const lacking = advice.lacking(id);
  if (lacking.includes(id)) return `${leave}, or stage ${other} and activate that first.`;
  if (lacking.length > 0)
    return `${leave}, or stage ${releasesOf(lacking)}: ${other} is there, but cannot be activated without.`;
  return `${leave}, or activate ${other}.`;
}

/** What to do where packages require each other in a circle, or one requires itself. */
export function openCircle(packages: readonly PackageId[], type: MoveType, advice: DependencyAdvice): string {
  const remedy = remedyStep(type, advice);
  if (remedy !== null) return `${remedy}.`;
  return packages.length > 1
    ? 'Release one of them without the required input that closes the circle.'
    : 'Release it without itself among its required inputs.';
}

/** What carries the remedy out; null where there is none. */
function remedyStep(type: MoveType, { remedy }: DependencyAdvice): string | null {
  if (remedy === null || remedy.length === 0) return null;
  const releases = list(remedy.map(({ packageId, version }) => `${packageId} ${version}`));
  return type === 'Activate' ? `Also activate ${releases} in the same move` : `Activate ${releases} first`;
}

function releasesOf(ids: readonly PackageId[]): string {
  return `${ids.length === 1 ? 'a release' : 'releases'} of ${list(ids)}`;
}

function list(names: readonly string[]): string {
  const shown = names.length > MAX_NAMES ? names.slice(0, MAX_NAMES - 1) : names.slice(0, -1);
  const rest = names.length - shown.length;
  const last = rest > 1 ? `${String(rest)} more` : (names.at(-1) ?? '');
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
