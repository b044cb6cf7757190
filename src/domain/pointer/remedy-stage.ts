import { type PackageId } from '../package-id';
import { type DependencyGraph, judgeDependencies, shortestCircle } from './dependency-check';
import { type RemedyCandidate } from './remedy-candidate';

/** A map that has to be safe once a remedy lies over it. */
export interface RemedyStage {
  readonly map: DependencyGraph;
  /** What counts as changed in it, beside the remedy where that counts. */
  readonly changed: ReadonlySet<PackageId>;
  readonly remedyCounts: boolean;
}

/**
 * The way round a circle that blocks one of the stages, each package requiring the next; null where all of them are safe.
 * Empty where something is missing, which no release of a member of a circle can mend.
 */
export function circleLeft(
  stages: readonly RemedyStage[],
  remedy: ReadonlyMap<PackageId, RemedyCandidate>,
): readonly PackageId[] | null {
  for (const { map, changed, remedyCounts } of stages) {
    const planned: DependencyGraph = new Map([...map, ...remedy]);
    const counts = (id: PackageId): boolean => changed.has(id) || (remedyCounts && remedy.has(id));
    const [fault] = judgeDependencies(planned, { has: counts }).blocking;
    if (fault?.kind === 'missing') return [];
    if (fault !== undefined) return shortestCircle(planned, fault.packages.find(counts) ?? '', fault.packages);
  }
  return null;
}
