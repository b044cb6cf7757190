import { type RecordedEvent } from '../../domain';
import { chainFault, EMPTY_STREAM, type EventStore, headAfter, LogDamaged, type StreamHead } from '../../eventstore';

/**
 * Checks events of a log as they come: each must continue the hash chain of its stream. What somebody else put into the log,
 * or changed there, must not become a commit, which cannot be taken back where it was pushed to.
 */
export class IntactLog {
  private readonly heads = new Map<string, StreamHead>();

  constructor(private readonly store: Pick<EventStore, 'readStream'>) {}

  /** @throws LogDamaged when the event is not the one that was sealed behind the event before it. */
  async require(event: RecordedEvent): Promise<void> {
    const fault = chainFault(this.heads.get(event.stream) ?? (await this.headBefore(event)), event);
    if (fault !== null) throw new LogDamaged(`The event log is damaged: ${fault}`);
    this.heads.set(event.stream, headAfter(event));
  }

  private async headBefore({ stream, revision }: RecordedEvent): Promise<StreamHead> {
    if (revision === 0) return EMPTY_STREAM;
    for await (const before of this.store.readStream(stream, { fromRevision: revision - 1, limit: 1 })) {
      return headAfter(before);
    }
    return EMPTY_STREAM;
  }
}
