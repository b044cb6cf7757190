import { type Position } from '../../domain';
import { type BaseCommitOf } from '../drafts/base-commits';
import { draftBranch, draftRef, type GitReading, MAIN_REF, type ObjectId } from '../git-repository';
import { type Predicted } from '../publisher/publisher';
import { type IsAhead } from '../publisher/commits-ahead';
import { type ExpectedRefs } from '../publisher/expected-refs';
import { type Place } from './ref-observation';

/** A ref that was seen where the log does not predict it. */
export interface Sighting {
  readonly place: Place;
  readonly ref: string;
  readonly expected: ObjectId;
  readonly found: ObjectId | null;
}

type Refs = GitReading['refs'];

/** Looks in a row that a busy publisher may spoil; the publisher's own compare-and-set guards `main` meanwhile. */
const MAX_TRIES = 5;

/**
 * Looks at `main` while the publisher may be moving it. Right or wrong is said only of a moment in which the prediction stood still.
 *
 * @returns null when it is what is predicted; `unsure` when the publisher was faster each time, or nothing is predicted yet.
 * @throws RefUnreadable
 */
export async function lookAtMain(refs: Refs, predicted: () => Predicted): Promise<Sighting | 'unsure' | null> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const before = predicted();
    const found = await refs.read(MAIN_REF); // also where nothing is predicted: a main that cannot be read is never right
    if (before.tip === null) return 'unsure';
    const { tip, next } = predicted();
    if (found === tip || (found !== null && found === next)) return null;
    if (predicted() === before) return { place: 'local', ref: MAIN_REF, expected: before.tip, found };
  }
  return 'unsure';
}

/** Tags of the log that stand for something else, or are gone although they were published up to `after`. */
export async function lookAtTags(refs: Refs, expected: ExpectedRefs, after: Position | null): Promise<Sighting[]> {
  if (expected.tags.size === 0) return [];
  const there = new Map((await refs.list('refs/tags/')).map(({ ref, oid }) => [ref, oid]));
  return [...expected.tags].flatMap(([ref, { oid, position }]) => {
    const found = there.get(ref) ?? null;
    const due = after !== null && position <= after;
    return found === oid || (found === null && !due) ? [] : [{ place: 'local' as const, ref, expected: oid, found }];
  });
}

const DRAFTS = draftRef('');

/** Where the branches of living drafts must be, by full name; those that wait for the publisher are left out. */
export async function predictedDrafts(
  refs: Refs,
  expected: ExpectedRefs,
  {
    after,
    baseCommitOf,
  }: {
    readonly after: Position | null;
    readonly baseCommitOf: BaseCommitOf;
  },
): Promise<ReadonlyMap<string, ObjectId>> {
  const predicted = new Map<string, ObjectId>();
  for (const { ref, oid: head } of await refs.list(DRAFTS)) {
    const draft = ref.slice(DRAFTS.length);
    const committed = expected.draftCommits.get(draft);
    if (committed !== undefined && (after === null || committed.position > after)) continue;
    const oid = committed?.oid ?? (await baseCommitOf(draft, head));
    if (oid !== null) predicted.set(draftBranch(draft), oid);
  }
  return predicted;
}

/** Branches of living drafts that stand elsewhere, or are gone. */
export async function lookAtDrafts(refs: Refs, predicted: ReadonlyMap<string, ObjectId>): Promise<Sighting[]> {
  if (predicted.size === 0) return [];
  const there = new Map((await refs.list(draftBranch(''))).map(({ ref, oid }) => [ref, oid]));
  return [...predicted].flatMap(([ref, expected]) => {
    const found = there.get(ref) ?? null;
    return found === expected ? [] : [{ place: 'local' as const, ref, expected, found }];
  });
}

/** Leaves out a `main` that stands where other nodes of the log have come to and this one has not: it moves there when it publishes. */
export async function withoutAhead(sightings: readonly Sighting[], isAhead: IsAhead): Promise<readonly Sighting[]> {
  const left: Sighting[] = [];
  for (const sighting of sightings) {
    const { ref, found } = sighting;
    if (ref !== MAIN_REF || found === null || !(await isAhead(found))) left.push(sighting);
  }
  return left;
}
