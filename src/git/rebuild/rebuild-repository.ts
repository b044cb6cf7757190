import { type Position } from '../../domain';
import { type EventLog } from '../../eventstore';
import { tagRef } from '../commit-form/render-tag';
import { type GitReading, type GitRepository, keepingRef, MAIN_REF, type ObjectId } from '../git-repository';
import { type ObjectSink, type ObjectSource } from '../whole-objects';
import { bringCommits, type CopyCommits } from './bring-commits';
import { bringRefs, type RefDifference } from './bring-refs';
import { ObjectCopier } from './object-copier';
import { rebuildHistory } from './rebuild-history';

/** A repository that whole objects can be read from. */
export type CopyableReading = GitReading & { readonly objects: ObjectSource };

/** A repository that whole objects can be written to. */
export type CopyableRepository = GitRepository & { readonly objects: ObjectSink };

/** A repository that was made anew from the log, and how it stands to the one before it. */
export interface RebuiltRepository {
  /** Of the last event; null for an empty log. */
  readonly through: Position | null;
  /** Commit that `main` is at; null where nothing is adopted. */
  readonly tip: ObjectId | null;
  /** Refs that were written. */
  readonly refs: number;
  /** Where it differs from the old repository; nothing where that cannot be read. */
  readonly differences: readonly RefDifference[];
}

/**
 * Makes a repository anew from the log and the content that it names, with the same ids. What the log does not say is
 * brought from the old repository: drafts, and refs that other programs have made.
 *
 * @param input.old null where it cannot be opened.
 * @param input.further where content is looked for that the old repository does not have.
 * @param input.copyCommits a quicker way to bring commits of the old repository, where there is one.
 * @param input.after up to where `into` was made before; null for one without refs.
 * @throws ContentLost when something that the log names can be read nowhere.
 */
export async function rebuildRepository(input: {
  readonly log: EventLog;
  readonly into: CopyableRepository;
  readonly old: CopyableReading | null;
  readonly further: readonly ObjectSource[];
  readonly after: Position | null;
  readonly copyCommits?: CopyCommits;
  readonly onEvent?: () => void;
}): Promise<RebuiltRepository> {
  const { log, into, old, further, after, copyCommits, onEvent = () => undefined } = input;
  const from = [...(old === null ? [] : [old.objects]), ...further];
  const copier = new ObjectCopier({ from, into: into.objects });
  if (old !== null && copyCommits !== undefined) await bringCommits(log, after, copyCommits);
  const through = await rebuildHistory({ log, into, copier, after, onEvent });
  const made = await refsOfLog(log);
  const differences = old === null ? [] : await bringRefs(old, into, { copier, made });
  const refs = (await into.refs.list('refs/')).length;
  return { through, tip: await into.refs.read(MAIN_REF), refs, differences };
}

/** Refs that the log says all of. */
async function refsOfLog(log: EventLog): Promise<ReadonlySet<string>> {
  const refs = new Set<string>();
  for await (const event of log.readAll({ types: ['Adopted', 'Committed', 'Tagged'] })) {
    if (event.type === 'Adopted') refs.add(MAIN_REF);
    if (event.type === 'Committed') refs.add(keepingRef(event.data.commit));
    if (event.type === 'Tagged') refs.add(tagRef(event.data.tag));
  }
  return refs;
}
