import { type Adopted, type RecordedEvent, type ReleaseAdopted, releaseKey, type Staged } from '../../domain';
import { type GitObjects } from '../git-repository';
import { releasePath } from '../layout/kind-layout';
import { sealingAdoption } from '../publisher/adoptions';
import { directoryAt } from '../trees/entry-at';
import { type EventCheck, CheckFindings } from './event-check';
import { type SightOfMain } from './sight-of-main';
import { type CheckResult, checkResult, placeOf } from './verification';

/** An event that locks a release by the id of its tree. */
export type LockingEvent = RecordedEvent<Staged | ReleaseAdopted>;

export const LOCKING = ['Staged', 'ReleaseAdopted'] as const;

export function isLocking(event: RecordedEvent): event is LockingEvent {
  return event.type === 'Staged' || event.type === 'ReleaseAdopted';
}

/** `trees`: at the path of every locked release the tip of `main` holds the tree that the event names. */
export class TreesCheck implements EventCheck {
  readonly #findings = new CheckFindings();

  constructor(
    private readonly parts: {
      readonly objects: GitObjects;
      readonly sight: SightOfMain;
      readonly adoptions: readonly RecordedEvent<Adopted>[];
      /** By `releaseKey`: releases that were adopted with other content later, and the event that says so last. */
      readonly replaced: ReadonlyMap<string, string>;
    },
  ) {}

  async take(event: RecordedEvent): Promise<void> {
    if (!isLocking(event)) return;
    const { objects, sight, adoptions, replaced } = this.parts;
    const { package: id, version, tree } = event.data;
    const place = placeOf(event);
    if ((replaced.get(releaseKey(id, version)) ?? place) !== place) return;
    const adoption = event.type === 'ReleaseAdopted' ? sealingAdoption(adoptions, event.position) : sight.adoption;
    const path = adoption === undefined ? null : releasePath(adoption.data.layout, id, version);
    if (path === null) {
      const what = `The layout has no place for ${id} ${version}.`;
      this.#findings.differs({ what, event: place, expected: tree, found: null });
      return;
    }
    const found = await directoryAt(objects, sight.tree, path);
    if (found === null && this.#isWaiting(event)) return;
    this.#findings.compared += 1;
    if (found === tree) return;
    const what = `${path} on main is not the tree of ${id} ${version} that was locked.`;
    this.#findings.differs({ what, event: place, expected: tree, found });
  }

  conclude(interrupted: string | null): CheckResult {
    this.#findings.cannot(interrupted);
    return checkResult('trees', this.#findings);
  }

  /** Not published yet: `main` need not hold it. */
  #isWaiting(event: LockingEvent): boolean {
    const { upTo } = this.parts.sight;
    return event.type === 'Staged' && (upTo === null || event.position > upTo);
  }
}
