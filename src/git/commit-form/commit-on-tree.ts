import { type CommitObject, type ObjectId } from '../git-repository';
import { NotRenderable } from './commit-form.errors';
import { type CommitMakingEvent, renderMessage } from './message';
import { type AdoptionInForce } from './render';
import { actorSignature, secondsOf } from './signature';

/** The commit on `main` that an event is, where the id of its tree is known: for whoever has no trees. @throws NotRenderable */
export function commitOnTree(input: {
  readonly event: CommitMakingEvent;
  readonly adoption: Omit<AdoptionInForce, 'layout'>;
  readonly firstParent: ObjectId;
  readonly tree: ObjectId;
}): CommitObject {
  const { event, adoption, firstParent, tree } = input;
  const { eventId, occurredAt } = event.metadata;
  if (adoption.commitForm !== 1) throw new NotRenderable(eventId, `form ${adoption.commitForm} is not known.`);
  return {
    tree,
    parents: event.type === 'Staged' ? [firstParent, event.data.commit] : [firstParent],
    author: actorSignature(event.metadata),
    committer: { ...adoption.serviceIdentity, seconds: secondsOf(occurredAt) },
    message: renderMessage(event),
  };
}
