import { type PackageId } from '../package-id';
import { compareVersions, isPrerelease, type Version } from '../version';
import { type ContentFact } from './content-fact';

/** A release that could be activated: one that is staged, or was active before. */
export interface RemedyCandidate {
  readonly version: Version;
  readonly requires: readonly PackageId[];
  readonly content: ContentFact;
}

/** The candidates of a package; none for a package that has none. */
export type CandidatesOf = (id: PackageId) => readonly RemedyCandidate[];

/** What rules a candidate out, whatever else is activated. */
interface Exclusions {
  readonly active: Version | null;
  /** Packages that the move takes out of the map. */
  readonly leaving: ReadonlySet<PackageId>;
}

/** Candidates that an activation would accept and that require nothing that leaves, nor themselves; highest version first. */
export function usableCandidates(
  id: PackageId,
  candidates: readonly RemedyCandidate[],
  { active, leaving }: Exclusions,
): readonly RemedyCandidate[] {
  return candidates
    .filter(
      ({ version, requires, content }) =>
        content === 'ok' &&
        version !== active &&
        !isPrerelease(version) &&
        !requires.some((required) => required === id || leaving.has(required)),
    )
    .sort((a, b) => compareVersions(b.version, a.version));
}

/**
 * Without those that require all that another one requires: with them nothing is safe that is not safe with the other,
 * because each further requirement can only add a violation. Of equals the highest version stays.
 */
export function leastRequiring(candidates: readonly RemedyCandidate[]): readonly RemedyCandidate[] {
  const bySize = candidates
    .map((candidate) => ({ candidate, requires: new Set(candidate.requires) }))
    .sort((a, b) => a.requires.size - b.requires.size); // stable: highest version first among equals
  const kept: typeof bySize = [];
  for (const one of bySize) {
    const beaten = kept.some((other) => [...other.requires].every((required) => one.requires.has(required)));
    if (!beaten) kept.push(one);
  }
  return kept.map(({ candidate }) => candidate);
}

/** What each of the candidates requires. */
export function requiredByAll(candidates: readonly RemedyCandidate[]): readonly PackageId[] {
  const [first, ...others] = candidates;
  return (first?.requires ?? []).filter((required) => others.every(({ requires }) => requires.includes(required)));
}
