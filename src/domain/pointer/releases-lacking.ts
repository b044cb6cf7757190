import { type PackageId } from '../package-id';
import { type PlannedMove } from './planned-move';
import { type CandidatesOf, type RemedyCandidate, usableCandidates } from './remedy-candidate';

/**
 * Which packages need a release staged before one of a given package can be activated with all it requires. For a package
 * that has none that can be activated, itself; else what the nearest of its releases lacks. Empty where a release could be
 * activated as it is, and where releases only require each other in a circle.
 */
export function releasesLacking(
  { changes, map, violations }: Pick<PlannedMove, 'changes' | 'map' | 'violations'>,
  candidatesOf: CandidatesOf,
): (id: PackageId) => readonly PackageId[] {
  const leaving = new Set(changes.filter(({ toVersion }) => toVersion === null).map((change) => change.package));
  const changed = new Set(changes.map((change) => change.package));
  const wanted = violations.flatMap((violation) =>
    violation.kind === 'cycle' ? [] : [changed.has(violation.package) ? violation.requires : violation.package],
  );
  const known = new Map<PackageId, readonly RemedyCandidate[]>();
  for (const id of new Set(wanted)) known.set(id, []);
  // A map takes new members while it is walked.
  for (const id of known.keys()) {
    const active = map.get(id)?.version ?? null;
    const candidates = usableCandidates(id, candidatesOf(id), { active, leaving });
    known.set(id, candidates);
    for (const { requires } of candidates)
      for (const required of requires) if (!map.has(required) && !known.has(required)) known.set(required, []);
  }
  const ready = readyPackages(known, (id) => map.has(id));
  const missing = ({ requires }: RemedyCandidate): readonly PackageId[] =>
    requires.filter((required) => !map.has(required) && !ready.has(required));

  return (id) => {
    const lacking = new Set<PackageId>();
    const seen = new Set(ready.has(id) ? [] : [id]);
    for (const next of seen) {
      const [nearest] = [...(known.get(next) ?? [])].sort((a, b) => missing(a).length - missing(b).length);
      if (nearest === undefined) lacking.add(next);
      else for (const required of missing(nearest)) seen.add(required);
    }
    return [...lacking].sort();
  };
}

/** Packages of which a release can be activated once others of them are, the first ones with nothing but what is active. */
function readyPackages(
  known: ReadonlyMap<PackageId, readonly RemedyCandidate[]>,
  isActive: (id: PackageId) => boolean,
): ReadonlySet<PackageId> {
  const waitingFor = new Map<PackageId, PackageId[]>();
  for (const [id, candidates] of known) {
    for (const required of new Set(candidates.flatMap(({ requires }) => requires))) {
      const waiting = waitingFor.get(required);
      if (waiting === undefined) waitingFor.set(required, [id]);
      else waiting.push(id);
    }
  }
  const ready = new Set<PackageId>();
  const isReady = (id: PackageId): boolean =>
    (known.get(id) ?? []).some(({ requires }) => requires.every((each) => isActive(each) || ready.has(each)));
  for (const id of known.keys()) if (isReady(id)) ready.add(id);
  // As above: who waited for one that is ready is looked at again.
  for (const id of ready) for (const waiting of waitingFor.get(id) ?? []) if (isReady(waiting)) ready.add(waiting);
  return ready;
}
