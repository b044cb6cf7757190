import {
  adviseMove,
  type CandidatesOf,
  type ContentFact,
  type PackageId,
  type PlannedMove,
  type PointerState,
  releaseKey,
  type RemedyRelease,
  smallestRemedy,
} from '../../domain';
import { type ContentLock } from '../content/content-lock';
import { type Catalog, type LockedRelease } from '../releases/catalog';

/** Adds to a plan what would make it safe, planned on the same state. */
export type Advised = (state: PointerState, plan: PlannedMove) => Promise<PlannedMove>;

/** How often a remedy may turn out to hold a release whose content is damaged, and another one is looked for. */
const MAX_ROUNDS = 10;

/**
 * Looks for the smallest set of releases that would make a blocked plan safe. A plan that is not blocked by dependencies
 * costs nothing: nothing is read for it. The object store is asked only about members of a remedy that was found.
 */
export function createAdviser(dependencies: {
  readonly catalog: Pick<Catalog, 'lockedReleases'>;
  readonly contentLock: ContentLock;
}): Advised {
  const { catalog, contentLock } = dependencies;
  return async (state, plan) => {
    if (plan.violations.length === 0) return plan;
    const releases = await catalog.lockedReleases();
    const content = new Map<string, ContentFact>();
    const candidatesOf: CandidatesOf = (id) =>
      activatable(state, id, releases(id)).map(({ version, requires }) => ({
        version,
        requires,
        content: content.get(releaseKey(id, version)) ?? 'ok', // until it is asked about
      }));

    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const remedy = smallestRemedy(state, plan, candidatesOf);
      const unasked = (remedy ?? []).filter(({ packageId, version }) => !content.has(releaseKey(packageId, version)));
      for (const member of unasked) content.set(releaseKey(member.packageId, member.version), await factOf(member));
      if ((remedy ?? []).every(({ packageId, version }) => content.get(releaseKey(packageId, version)) === 'ok'))
        return adviseMove(plan, remedy, candidatesOf);
    }
    return adviseMove(plan, null, candidatesOf);

    function factOf({ packageId, version }: RemedyRelease): Promise<ContentFact> {
      const tree = releases(packageId).find((release) => release.version === version)?.tree;
      return tree === undefined ? Promise.resolve('missing') : contentLock(packageId, version, tree, 'remembered');
    }
  };
}

/** What an activation would accept: what is staged, or was active before. */
function activatable(
  { entries }: PointerState,
  id: PackageId,
  releases: readonly LockedRelease[],
): readonly LockedRelease[] {
  const everActive = entries.get(id)?.everActive;
  return releases.filter(({ version, staged }) => staged || everActive?.has(version) === true);
}
