import { type PackageId } from '../package-id';
import { type PlannedMove } from './planned-move';
import {
  type CandidatesOf,
  leastRequiring,
  type RemedyCandidate,
  requiredByAll,
  usableCandidates,
} from './remedy-candidate';
import { circleLeft, type RemedyStage } from './remedy-stage';

export interface RemedyProblem {
  readonly plan: Pick<PlannedMove, 'changes' | 'map' | 'violations'>;
  /** Packages that the move itself changes: the remedy leaves them alone. */
  readonly fixed: ReadonlySet<PackageId>;
  readonly candidatesOf: CandidatesOf;
  readonly stages: readonly RemedyStage[];
  /** Releases that a remedy may hold. */
  readonly largest: number;
  readonly steps: number;
}

type Releases = ReadonlyMap<PackageId, RemedyCandidate>;

/** The search has looked at as much as it may. */
class BoundMet extends Error {}

/**
 * Iterative deepening by size. A violation names the releases that can mend it, and every safe set holds one of them: the
 * search branches on these alone. It turns back where the packages that are known to be needed are more than the size
 * allows; what every release of a needed package requires is needed too, so that a long chain is known at once.
 */
export class RemedySearch {
  private readonly chosen = new Map<PackageId, RemedyCandidate>();
  /** Packages of which every remedy that holds what is chosen must hold a release. */
  private readonly needed = new Set<PackageId>();
  private readonly leaving: ReadonlySet<PackageId>;
  private readonly usable = new Map<PackageId, readonly RemedyCandidate[]>();
  private readonly least = new Map<PackageId, readonly RemedyCandidate[]>();
  private stepsLeft: number;
  private size = 0;
  /** The smallest size that would have let the search go on. */
  private nextSize = Infinity;
  private best: Releases | null = null;

  constructor(private readonly problem: RemedyProblem) {
    const { plan, steps } = problem;
    this.leaving = new Set(plan.changes.filter(({ toVersion }) => toVersion === null).map((change) => change.package));
    this.stepsLeft = steps;
  }

  /** The best set within the bounds; to be called once. */
  run(): Releases | null {
    try {
      if (!this.needWhatIsMissing()) return null;
      for (let size = Math.max(1, this.needed.size); size <= this.problem.largest; size = this.nextSize) {
        this.size = size;
        this.nextSize = Infinity;
        this.explore();
        if (this.best !== null) break;
      }
      this.raiseVersions();
    } catch (error) {
      if (!(error instanceof BoundMet)) throw error;
    }
    return this.best;
  }

  /** False where no further release can mend what is missing. */
  private needWhatIsMissing(): boolean {
    const { plan, fixed } = this.problem;
    return plan.violations.every((violation) => {
      if (violation.kind === 'cycle') return true;
      const { package: id, requires } = violation;
      return this.need(fixed.has(id) ? requires : id) !== null;
    });
  }

  private explore(): void {
    this.step(1);
    if (this.cutOff()) return;
    const [next] = this.needed;
    if (next === undefined) this.mendCircles();
    else for (const candidate of this.choices(next)) this.choose(next, candidate);
  }

  private choose(id: PackageId, candidate: RemedyCandidate): void {
    this.step(1 + candidate.requires.length);
    const wasNeeded = this.needed.delete(id);
    this.chosen.set(id, candidate);
    const added: PackageId[] = [];
    const possible = candidate.requires.every((required) => {
      const more = this.isThere(required) ? [] : this.need(required);
      added.push(...(more ?? []));
      return more !== null;
    });
    if (possible) this.explore();
    for (const each of added) this.needed.delete(each);
    this.chosen.delete(id);
    if (wasNeeded) this.needed.add(id);
  }

  /** Nothing is missing: what is chosen is a remedy, or leaves a circle that another release of a member can open. */
  private mendCircles(): void {
    const circle = this.faultOf(this.chosen);
    if (circle === null) {
      this.best = new Map(this.chosen);
      return;
    }
    circle.forEach((id, at) => {
      if (this.problem.fixed.has(id) || this.chosen.has(id)) return;
      const next = circle[at + 1] ?? circle[0] ?? id;
      for (const candidate of this.choices(id)) if (!candidate.requires.includes(next)) this.choose(id, candidate);
    });
  }

  /**
   * Notes that a release of a package is needed, and what every one of them requires in turn. Answers what was not noted
   * before; null, and nothing is noted, where one of these has no release that would do.
   */
  private need(id: PackageId): readonly PackageId[] | null {
    const added: PackageId[] = [];
    const waiting = [id];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (this.needed.has(next)) continue;
      this.step(1);
      const choices = this.problem.fixed.has(next) ? [] : this.choices(next);
      if (choices.length === 0) {
        for (const each of added) this.needed.delete(each);
        return null;
      }
      this.needed.add(next);
      added.push(next);
      waiting.push(...requiredByAll(choices).filter((required) => !this.isThere(required)));
    }
    return added;
  }

  private isThere(id: PackageId): boolean {
    return this.problem.plan.map.has(id) || this.chosen.has(id);
  }

  /** True where what is chosen leads to no set of the present size, or to none that is better than the best. */
  private cutOff(): boolean {
    const least = this.chosen.size + this.needed.size;
    if (least > this.size) {
      this.nextSize = Math.min(this.nextSize, least);
      return true;
    }
    if (this.best === null || least < this.size) return false;
    // With as many known as there may be, the packages of the set are known.
    this.step(least);
    return !isBetter([...this.chosen.keys(), ...this.needed], [...this.best.keys()], this.problem.plan.map);
  }

  private raiseVersions(): void {
    for (const id of [...(this.best?.keys() ?? [])].sort()) {
      for (const candidate of this.candidates(id)) {
        if (this.best === null || candidate === this.best.get(id)) break;
        const raised: Releases = new Map(this.best).set(id, candidate);
        const complete = candidate.requires.every(
          (required) => this.problem.plan.map.has(required) || raised.has(required),
        );
        if (!complete || this.faultOf(raised) !== null) continue;
        this.best = raised;
        break;
      }
    }
  }

  private faultOf(releases: Releases): readonly PackageId[] | null {
    const { stages } = this.problem;
    for (const { map } of stages) this.step(map.size + releases.size);
    return circleLeft(stages, releases);
  }

  /** Highest version first. */
  private candidates(id: PackageId): readonly RemedyCandidate[] {
    const known = this.usable.get(id);
    if (known !== undefined) return known;
    const all = this.problem.candidatesOf(id);
    this.step(all.length);
    const active = this.problem.plan.map.get(id)?.version ?? null;
    const usable = usableCandidates(id, all, { active, leaving: this.leaving });
    this.usable.set(id, usable);
    return usable;
  }

  private choices(id: PackageId): readonly RemedyCandidate[] {
    const known = this.least.get(id);
    if (known !== undefined) return known;
    const least = leastRequiring(this.candidates(id));
    this.least.set(id, least);
    return least;
  }

  /** @throws BoundMet */
  private step(count: number): void {
    this.stepsLeft -= count;
    if (this.stepsLeft < 0) throw new BoundMet();
  }
}

/** True where a set of packages replaces fewer active releases than another of its size or, with as many, comes before it. */
function isBetter(
  packages: readonly PackageId[],
  others: readonly PackageId[],
  active: { has(id: PackageId): boolean },
): boolean {
  const replaced = (ids: readonly PackageId[]): number => ids.filter((id) => active.has(id)).length;
  const fewer = replaced(others) - replaced(packages);
  if (fewer !== 0) return fewer > 0;
  const [ours, theirs] = [[...packages].sort(), [...others].sort()];
  const at = ours.findIndex((id, index) => id !== theirs[index]);
  return (ours[at] ?? '') < (theirs[at] ?? '');
}
