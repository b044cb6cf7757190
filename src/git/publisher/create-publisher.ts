import { setTimeout as sleep } from 'node:timers/promises';
import { type RecordedEvent } from '../../domain';
import { type EventStore } from '../../eventstore';
import { type GitRepository, type ObjectId } from '../git-repository';
import { isCommitMaking } from './commit-making';
import { type Checkpoint, findCheckpoint } from './find-checkpoint';
import { Progress } from './progress';
import { publishCommit, publishDraftCommit, publishTag } from './publish-event';
import { type Publication, type Publisher, type PublisherHooks, PublishingStopped } from './publisher';
import { Retries } from './retries';
import { needsOperator } from './retry';

/** A publisher of one log into one repository. */
export function createPublisher(options: {
  readonly repository: GitRepository;
  readonly store: Pick<EventStore, 'readAll' | 'readStream' | 'subscribe'>;
  /** Told of each commit once `main` holds it, again after a restart: recording it twice must do no harm. */
  readonly onPublished: (publication: Publication) => Promise<void>;
  readonly hooks?: PublisherHooks;
}): Publisher {
  const { repository, store, onPublished, hooks = {} } = options;
  const progress = new Progress();
  let tip: ObjectId | null = null;
  let stopped: string | null = null;
  const retries = new Retries();
  let doing: 'finding' | 'publishing' = 'finding';

  const reached = (checkpoint: Pick<Checkpoint, 'tip' | 'after'>): void => {
    tip = checkpoint.tip;
    retries.succeeded(doing);
    progress.reached(checkpoint.after);
  };

  /** @returns the tip of `main` after the event. */
  const publish = async (event: RecordedEvent, { adoption }: Checkpoint, on: ObjectId): Promise<ObjectId> => {
    const step = async (name: Parameters<NonNullable<PublisherHooks['onStep']>>[0]): Promise<void> =>
      hooks.onStep?.(name, event);
    if (isCommitMaking(event)) {
      const commit = await publishCommit(repository, { event, adoption: adoption.data, tip: on }, step);
      await onPublished({ eventId: event.metadata.eventId, commit, position: event.position });
      return commit;
    }
    if (event.type === 'Committed') await publishDraftCommit(repository, event, step);
    if (event.type === 'Tagged') await publishTag(repository, event, step);
    return on;
  };

  /** Publishes from what Git says is published already. @returns whether a newer adoption asks to begin anew. */
  const follow = async (signal: AbortSignal): Promise<boolean> => {
    doing = 'finding';
    const checkpoint = await findCheckpoint(repository, store);
    if (checkpoint === null) return anAdoption(store, signal);
    const { adoption, event: last } = checkpoint;
    if (last !== null) {
      // The process may have ended between the move of the ref and this.
      await onPublished({ eventId: last.metadata.eventId, commit: checkpoint.tip, position: last.position });
    }
    reached(checkpoint);
    let on = checkpoint.tip;
    for await (const event of store.subscribe({ after: checkpoint.after, signal })) {
      if (event.type === 'Adopted' && event.revision > adoption.revision) return true;
      doing = 'publishing';
      on = await publish(event, checkpoint, on);
      reached({ tip: on, after: event.position });
    }
    return false;
  };

  return {
    status: () => ({
      tip,
      position: progress.position,
      stopped,
      retrying: retries.message,
      retryingForMs: retries.forMs,
    }),
    publishedUpTo: (position) => progress.waitFor(position),
    async run(signal) {
      let going = true;
      while (going && !signal.aborted) {
        try {
          going = await follow(signal);
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          if (needsOperator(error)) {
            stopped = message;
            progress.end(new PublishingStopped(message, { cause: error }));
            hooks.onStopped?.(error);
            return;
          }
          const delayMs = retries.failed(message, doing);
          hooks.onRetry?.(error, delayMs);
          await pause(delayMs, signal);
        }
      }
      progress.end(new PublishingStopped('the process is shutting down.'));
    },
  };
}

/** Waits for the first adoption. */
async function anAdoption(store: Pick<EventStore, 'subscribe'>, signal: AbortSignal): Promise<boolean> {
  for await (const event of store.subscribe({ after: null, types: ['Adopted'], signal })) {
    return event.type === 'Adopted';
  }
  return false;
}

async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(delayMs, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
