import { type Position } from '../../domain';
import { type EventLog } from '../../eventstore';
import { type ObjectId } from '../git-repository';
import { TransferFailed } from '../transfer';

/** Copies commits of the old repository with all that they lead to, or nothing. @throws TransferFailed */
export type CopyCommits = (commits: readonly ObjectId[]) => Promise<void>;

/**
 * Brings the commits that the log names all at once. What cannot be brought so, as from a damaged repository or without a git
 * program, is left to the copying of single objects, which says what is lost.
 */
export async function bringCommits(log: EventLog, after: Position | null, copyCommits: CopyCommits): Promise<void> {
  const adopted: ObjectId[] = [];
  const drafts: ObjectId[] = [];
  for await (const event of log.readAll({ after, types: ['Adopted', 'Committed'] })) {
    if (event.type === 'Adopted') adopted.push(event.data.commit);
    if (event.type === 'Committed') drafts.push(event.data.commit);
  }
  // Apart, so that what is lost of the drafts does not slow down the long history.
  for (const commits of [adopted, drafts]) {
    try {
      await copyCommits([...new Set(commits)]);
    } catch (error) {
      if (!(error instanceof TransferFailed)) throw error;
    }
  }
}
