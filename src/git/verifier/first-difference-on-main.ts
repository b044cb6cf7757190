import { type EventLog } from '../../eventstore';
import { unlessMissing } from '../errors';
import { type CommitObject, type GitObjects, type ObjectId } from '../git-repository';
import { COMMIT_MAKING } from '../publisher/commit-making';
import { type CommitIds } from './commit-ids';
import { type Difference, placeOf } from './verification';

/** Where a `main` whose tip the log does not predict leaves what the log predicts. */
export async function firstDifferenceOnMain(parts: {
  readonly objects: GitObjects;
  readonly log: EventLog;
  /** What the log predicts, in order. */
  readonly ids: CommitIds;
  /** Adopted commits, and the index of the id that stands on each. */
  readonly starts: ReadonlyMap<ObjectId, number>;
  readonly tip: ObjectId | null;
}): Promise<Difference> {
  const { objects, log, ids, starts, tip } = parts;
  const [start = null] = starts.keys();
  if (tip === null) {
    return { what: 'There is no branch main.', event: null, expected: ids.at(ids.length - 1) ?? start, found: null };
  }
  const next = new Map(starts); // commit -> index of the id that should follow
  for (let index = 0; index < ids.length; index += 1)
    next.set(ids.at(index) ?? '', next.get(ids.at(index) ?? '') ?? index + 1);

  let above: ObjectId = tip;
  let at: ObjectId | undefined = tip;
  while (at !== undefined && !next.has(at)) {
    const commit: CommitObject | null = await unlessMissing(objects.readCommit(at));
    if (commit === null) {
      return { what: `main holds commit ${at}, which cannot be read.`, event: null, expected: at, found: null };
    }
    above = at;
    [at] = commit.parents;
  }
  const index = at === undefined ? 0 : (next.get(at) ?? 0);
  const expected = ids.at(index);
  if (expected === null) {
    const what = `main holds commit ${above}, which no event of the log has made.`;
    return { what, event: null, expected: null, found: above };
  }
  const event = await commitMakingEvent(log, index);
  return { what: `${event ?? 'An event'} is another commit than main holds.`, event, expected, found: above };
}

/** Place of the nth event that makes a commit; null when the log cannot be read so far. */
async function commitMakingEvent(log: EventLog, index: number): Promise<string | null> {
  let count = 0;
  for await (const event of log.readAll({ types: COMMIT_MAKING })) {
    if (count === index) return placeOf(event);
    count += 1;
  }
  return null;
}
