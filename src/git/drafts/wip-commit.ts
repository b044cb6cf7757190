import { type Actor } from '../../domain';
import { signatureOf } from '../commit-form/signature';
import { parseTrailers, printTrailers } from '../commit-form/trailers';
import { type GitObjects, type ObjectId } from '../git-repository';
import { type Draft, DraftUnreadable } from './draft';
import { type DraftNode, parseDraftNode, printDraftNode } from './draft-node';

/**
 * Writes a work-in-progress commit: its root tree is the release directory, its trailers are all that is known of the draft.
 * @returns the draft with its new head.
 */
export async function writeWipCommit(
  objects: GitObjects,
  facts: Omit<Draft, 'head'>,
  { parent, actor }: { readonly parent: ObjectId; readonly actor: Actor },
): Promise<Draft> {
  const signature = signatureOf(actor, facts.updatedAt);
  const trailers = printTrailers([
    ['Slipway-Draft', facts.id],
    ['Slipway-Package', facts.package],
    ['Slipway-Base-Version', facts.baseVersion ?? 'none'],
    ['Slipway-Base-Commit', facts.baseCommit],
    ['Slipway-Base-Tree', facts.baseTree],
    ['Slipway-Created-By', facts.createdBy.id],
    ['Slipway-Created-By-Name', facts.createdBy.name],
    ['Slipway-Created-At', facts.createdAt],
    ['Slipway-Updated-At', facts.updatedAt],
    ...(facts.node === null ? [] : [['Slipway-Node', printDraftNode(facts.node)] as const]),
  ]);
  const head = await objects.writeCommit({
    tree: facts.tree,
    parents: [parent],
    author: signature,
    committer: signature,
    message: `wip(${facts.package}): Draft ${facts.id}\n\n${trailers}\n`,
  });
  return { ...facts, head };
}

/** The draft that a work-in-progress commit tells of. @throws DraftUnreadable, ObjectMissing */
export async function readWipCommit(
  objects: Pick<GitObjects, 'readCommit'>,
  id: string,
  head: ObjectId,
): Promise<Draft> {
  const { tree, message } = await objects.readCommit(head);
  const trailers = parseTrailers(message);
  const value = (key: string): string => {
    const found = trailers.get(`Slipway-${key}`);
    if (found === undefined) throw new DraftUnreadable(id, `commit ${head} has no trailer Slipway-${key}.`);
    return found;
  };
  const baseVersion = value('Base-Version');
  return {
    id,
    package: value('Package'),
    baseVersion: baseVersion === 'none' ? null : baseVersion,
    baseCommit: value('Base-Commit'),
    baseTree: value('Base-Tree'),
    createdBy: { id: value('Created-By'), name: value('Created-By-Name') },
    createdAt: value('Created-At'),
    updatedAt: value('Updated-At'),
    node: parseDraftNode(trailers.get('Slipway-Node')),
    head,
    tree,
  };
}

/** The node that a work-in-progress commit says its draft lives on; null where it does not say. @throws ObjectMissing */
export async function nodeOfDraft(
  objects: Pick<GitObjects, 'readCommit'>,
  id: string,
  head: ObjectId,
): Promise<DraftNode | null> {
  const trailers = parseTrailers((await objects.readCommit(head)).message);
  return trailers.get('Slipway-Draft') === id ? parseDraftNode(trailers.get('Slipway-Node')) : null;
}
