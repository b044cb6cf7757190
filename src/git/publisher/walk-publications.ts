import { namedEvent } from '../commit-form/trailers';
import { type GitRepository, MAIN_REF, type ObjectId } from '../git-repository';

/**
 * Events that the first-parent history of `main` names and their commits, newest first, down to the first adopted
 * commit: what the read model of publications is rebuilt from. Commits that name no event are passed over.
 *
 * @param adoptedCommit commit of the first `Adopted`; it and what stands below it is not walked.
 * @throws ObjectMissing, RefUnreadable
 */
export async function* walkPublications(
  { objects, refs }: GitRepository,
  adoptedCommit: ObjectId,
): AsyncGenerator<{ readonly eventId: string; readonly commit: ObjectId }> {
  let commit = await refs.read(MAIN_REF);
  while (commit !== null && commit !== adoptedCommit) {
    const { message, parents }: Awaited<ReturnType<typeof objects.readCommit>> = await objects.readCommit(commit);
    const named = namedEvent(message);
    if (named !== null) yield { eventId: named.eventId, commit };
    commit = parents[0] ?? null;
  }
}
