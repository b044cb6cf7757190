import { type Position, type RecordedEvent } from '../../domain';
import { type EventLog } from '../../eventstore';
import { ObjectMissing } from '../errors';
import { type GitRepository, keepingRef, MAIN_REF, type ObjectId } from '../git-repository';
import { makeRef } from '../make-ref';
import { type AdoptionGround, groundAt, groundsOf } from '../publisher/adoptions';
import { isCommitMaking } from '../publisher/commit-making';
import { publishCommit, publishTag } from '../publisher/publish-event';
import { type ObjectCopier } from './object-copier';

/** Content that the log names can be read nowhere; the message says which, and of which event. */
export class ContentLost extends Error {
  override readonly name = 'ContentLost';
}

/**
 * Makes what the log says of a repository: the adopted histories, the commits of drafts with their keeping refs, every commit
 * on `main` and every tag. Goes on after a position up to which that was done before.
 *
 * @returns the position of the last event.
 * @throws ContentLost; Drift, NotRenderable and others as publishing does.
 */
export async function rebuildHistory(input: {
  readonly log: EventLog;
  readonly into: GitRepository;
  readonly copier: ObjectCopier;
  /** Null: from the beginning, into a repository without refs. */
  readonly after: Position | null;
  /** Told after each event. */
  readonly onEvent: () => void;
}): Promise<Position | null> {
  const { log, into, copier, after, onEvent } = input;
  const grounds = await groundsOf(log);
  const main = new Main(input, grounds, after === null ? -1 : groundBehind(grounds, after));
  await main.find();
  let last = after;
  for await (const event of log.readAll({ after })) {
    if (isCommitMaking(event)) {
      await main.standOn(groundAt(grounds, event.position));
      const changes = event.type === 'Staged' ? [event.data] : event.data.changes;
      for (const { tree } of changes) if (tree !== null) await copied(copier, tree, event);
      await main.publish(event);
    }
    if (event.type === 'Committed') {
      await copied(copier, event.data.commit, event);
      await makeRef(into.refs, keepingRef(event.data.commit), event.data.commit);
    }
    if (event.type === 'Tagged') await publishTag(into, event, noStep);
    last = event.position;
    onEvent();
  }
  await main.standOn(grounds.length - 1);
  return last;
}

/** The adoption on which everything up to a position was made. */
function groundBehind(grounds: readonly AdoptionGround[], position: Position): number {
  return grounds.findLastIndex(({ adoption }) => adoption.position <= position);
}

/** The branch as it grows. */
class Main {
  #tip: ObjectId | null = null;

  constructor(
    private readonly parts: { readonly into: GitRepository; readonly copier: ObjectCopier },
    private readonly grounds: readonly AdoptionGround[],
    private ground: number,
  ) {}

  async find(): Promise<void> {
    this.#tip = await this.parts.into.refs.read(MAIN_REF);
  }

  async standOn(ground: number): Promise<void> {
    const adoption = this.grounds[ground]?.adoption;
    if (adoption === undefined || ground <= this.ground) return;
    const { commit } = adoption.data;
    await copied(this.parts.copier, commit, adoption);
    await this.parts.into.refs.compareAndSet(MAIN_REF, this.#tip, commit);
    this.ground = ground;
    this.#tip = commit;
  }

  async publish(event: Parameters<typeof publishCommit>[1]['event']): Promise<void> {
    const adoption = this.grounds[this.ground]?.adoption.data;
    if (adoption === undefined || this.#tip === null) return;
    // Nobody else has the candidate: nobody is told of its tip, and nothing in it can drift.
    const at = { event, adoption, tip: this.#tip, after: null, announce: () => undefined };
    this.#tip = await publishCommit(this.parts.into, at, noStep);
  }
}

async function copied(copier: ObjectCopier, oid: ObjectId, event: RecordedEvent): Promise<void> {
  try {
    await copier.copy(oid);
  } catch (error) {
    if (!(error instanceof ObjectMissing)) throw error;
    const named = `${event.type} at ${event.stream}@${String(event.revision)}`;
    const what = error.oid === oid ? '' : `, a part of ${oid},`;
    throw new ContentLost(
      `Git object ${error.oid}${what} which ${named} names can be read nowhere. Give a clone that has it with --content-from.`,
      { cause: error },
    );
  }
}

const noStep = (): Promise<void> => Promise.resolve();
