import { type Adopted, isOneLine } from '../../domain';
import { type ObjectId, type Signature } from '../git-repository';
import { releasePath } from '../layout/kind-layout';
import { applyChanges } from '../pointer-file/apply-changes';
import { EMPTY_POINTER_FILE } from '../pointer-file/read-pointer-file';
import { NotRenderable } from './commit-form.errors';
import { type CommitMakingEvent, renderMessage } from './message';
import { actorSignature, secondsOf } from './signature';

/** What of `Adopted` decides how later events are written. */
export type AdoptionInForce = Pick<Adopted['data'], 'layout' | 'serviceIdentity' | 'commitForm'>;

/** The one thing a commit changes in its first parent's tree. */
export type TreeChangeOfCommit =
  | { readonly kind: 'pointer'; readonly path: string; readonly content: Uint8Array }
  | { readonly kind: 'release'; readonly path: string; readonly tree: ObjectId };

/** A commit on `main`, complete but for the id of its tree. */
export interface RenderedCommit {
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  readonly parents: readonly ObjectId[];
  readonly change: TreeChangeOfCommit;
}

/**
 * The commit on `main` that an event is (form 1): a pure function of the event, the adoption in force and the first
 * parent, so that anyone who has the log computes the same id.
 *
 * @param input.pointerFile bytes of the pointer file in the first parent; null when it has none.
 * @throws NotRenderable for an unknown form, an unknown kind, or a text that could forge a line.
 * @throws PointerFileUnreadable
 */
export function render(input: {
  readonly event: CommitMakingEvent;
  readonly adoption: AdoptionInForce;
  readonly firstParent: ObjectId;
  readonly pointerFile: Uint8Array | null;
}): RenderedCommit {
  const { event, adoption, firstParent, pointerFile } = input;
  const { eventId, occurredAt } = event.metadata;
  if (adoption.commitForm !== 1) throw new NotRenderable(eventId, `form ${adoption.commitForm} is not known.`);
  if (event.type !== 'Staged' && !isOneLine(event.data.reason))
    throw new NotRenderable(eventId, 'the reason breaks a line.');
  return {
    message: renderMessage(event),
    author: actorSignature(event.metadata),
    committer: { ...adoption.serviceIdentity, seconds: secondsOf(occurredAt) },
    parents: event.type === 'Staged' ? [firstParent, event.data.commit] : [firstParent],
    change: treeChange(event, adoption, pointerFile),
  };
}

function treeChange(
  event: CommitMakingEvent,
  { layout }: AdoptionInForce,
  pointerFile: Uint8Array | null,
): TreeChangeOfCommit {
  if (event.type !== 'Staged') {
    const content = applyChanges(pointerFile ?? EMPTY_POINTER_FILE, event.data.changes, layout);
    return { kind: 'pointer', path: layout.pointer.path, content };
  }
  const path = releasePath(layout, event.data.package, event.data.version);
  if (path === null)
    throw new NotRenderable(event.metadata.eventId, `the layout has no place for ${event.data.package}.`);
  return { kind: 'release', path, tree: event.data.tree };
}
