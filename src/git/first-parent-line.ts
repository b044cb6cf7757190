import { unlessMissing } from './errors';
import { type GitReading, type ObjectId } from './git-repository';

/** Whether a commit is on the first-parent line of a tip, among its newest `most` commits. What cannot be read ends the line. */
export async function isOnFirstParentLine(
  objects: Pick<GitReading['objects'], 'readCommit'>,
  { tip, wanted, most }: { readonly tip: ObjectId; readonly wanted: ObjectId; readonly most: number },
): Promise<boolean> {
  let commit: ObjectId | undefined = tip;
  for (let steps = 0; commit !== undefined && steps < most; steps++) {
    if (commit === wanted) return true;
    commit = (await unlessMissing(objects.readCommit(commit)))?.parents[0];
  }
  return false;
}
