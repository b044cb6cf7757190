import { type RemedyRelease } from '../errors/pointer.errors';
import { violationBlocker } from './dependency-blocker';
import { type PlannedMove } from './planned-move';
import { type CandidatesOf } from './remedy-candidate';
import { releasesLacking } from './releases-lacking';

/**
 * A plan whose dependency blockers say what to do in the releases that there are: what to activate as well, where a remedy
 * was found, else what has to be staged first. Everything else of the plan stays as it was.
 */
export function adviseMove(
  plan: PlannedMove,
  remedy: readonly RemedyRelease[] | null,
  candidatesOf: CandidatesOf,
): PlannedMove {
  const { type, map, changes, blockers, violations } = plan;
  const changed = new Map(changes.map((change) => [change.package, change]));
  const lacking = remedy === null ? releasesLacking(plan, candidatesOf) : () => [];
  return {
    ...plan,
    remedy,
    blockers: [
      ...blockers.slice(0, blockers.length - violations.length),
      ...violations.map((violation) => violationBlocker(violation, { type, map, changed }, { remedy, lacking })),
    ],
  };
}
