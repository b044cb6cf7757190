import { namedEvent } from '../commit-form/trailers';
import { type GitRepository, MAIN_REF, type ObjectId } from '../git-repository';
import { adoptionsOf, groundFrom } from './adoptions';
import { lastOwnCommit, type PublishedLog } from './own-commit';

/**
 * Events that the first-parent history of `main` names and their commits, newest first, down to the first adopted
 * commit: what the read model of publications is rebuilt from. Foreign commits are passed over, those above the last commit of ours and
 * those that were adopted, whatever their messages claim.
 *
 * @throws ObjectMissing, RefUnreadable
 */
export async function* walkPublications(
  repository: GitRepository,
  log: PublishedLog,
): AsyncGenerator<{ readonly eventId: string; readonly commit: ObjectId }> {
  const { objects, refs } = repository;
  const all = await adoptionsOf(log);
  let from = await refs.read(MAIN_REF);
  for (const adoption of [...all].reverse()) {
    if (from === null) return;
    const own = await lastOwnCommit(from, { objects, log, ...(await groundFrom(adoption, all, log)) });
    if (own === null) return;
    let { commit } = own;
    while (commit !== adoption.data.commit) {
      const { message, parents } = await objects.readCommit(commit);
      const named = namedEvent(message);
      if (named !== null) yield { eventId: named.eventId, commit };
      const [below] = parents;
      if (below === undefined) return;
      commit = below;
    }
    from = commit;
  }
}
