import { packageStream, POINTER_STREAM, REPOSITORY_STREAM } from '../../domain';
import { chainFault, digestOf, EMPTY_STREAM, headAfter, type StreamHead } from '../../eventstore';
import { isCommitMaking } from '../../git';
import { type EventLine, type HeaderLine, type StreamStart } from './export-form';
import { type ExportFindings } from './export-findings';

/** Follows the events of an export: their places in the log, and the chain of every stream. */
export class EventsOfExport {
  readonly #heads = new Map<string, StreamHead>();
  readonly #starts: ReadonlyMap<string, StreamStart>;
  /** Places of events that an adoption may name. */
  readonly #places = new Map<string, number>();
  #position = 0;
  #adoptions = 0;

  constructor(
    private readonly header: HeaderLine,
    private readonly file: ExportFindings,
    private readonly chain: ExportFindings,
  ) {
    this.#starts = new Map(header.streams.map((start) => [start.stream, start]));
  }

  take(line: EventLine, number: number): void {
    const { after, position, ...event } = line;
    const place = `${event.stream}@${event.revision}`;
    const at = `Line ${number}: ${place}`;
    this.file.same(`${at} does not follow the event before it.`, this.#position, after, place);
    this.file.same(`${at} has no place in this part of the log.`, true, this.#mayStand(line), place);
    this.#position = position;
    const head = this.#heads.get(event.stream) ?? this.#startOf(line, number);
    this.chain.same(`Line ${number} breaks the chain of its stream.`, null, chainFault(head, event), place);
    this.#heads.set(event.stream, headAfter(event));
    if (isCommitMaking(event)) this.#places.set(event.metadata.eventId, position);
    if (line.type === 'Adopted') this.#takeAdoption(line, number);
  }

  /** Digest of where every stream ends. */
  head(): string {
    return digestOf(Object.fromEntries([...this.#heads].map(([stream, { hash }]) => [stream, hash])));
  }

  conclude(): void {
    const { filter, streams, adoptions } = this.header;
    this.file.same(
      'Line 1 names streams that are not there.',
      streams.map(({ stream }) => stream),
      [...this.#heads.keys()].sort(),
    );
    this.file.same('Line 1 names another number of adoptions.', adoptions.length, this.#adoptions);
    if (filter.packages === null)
      this.file.same('The events do not reach the place that line 1 names.', filter.until, this.#position);
  }

  #mayStand({ stream, position }: EventLine): boolean {
    const { from, until, packages } = this.header.filter;
    if (position <= this.#position || position > until) return false;
    if (position < from) return stream === REPOSITORY_STREAM;
    if (packages === null) return position === Math.max(this.#position + 1, from);
    return (
      stream === REPOSITORY_STREAM || stream === POINTER_STREAM || packages.some((id) => packageStream(id) === stream)
    );
  }

  /** Where the stream stood before its first event here. The time of the event before is not known. */
  #startOf({ stream, revision, metadata }: EventLine, number: number): StreamHead {
    const start = this.#starts.get(stream);
    const what = `Line 1 says otherwise where the part of ${stream} starts (line ${number}).`;
    this.file.same(
      what,
      { revision: start?.revision ?? null, previousHash: start?.previousHash ?? null },
      { revision, previousHash: metadata.previousHash },
    );
    return start === undefined
      ? EMPTY_STREAM
      : { revision: start.revision - 1, hash: start.previousHash, occurredAt: null };
  }

  #takeAdoption(line: Extract<EventLine, { readonly type: 'Adopted' }>, number: number): void {
    const { commit, commitForm, serviceIdentity, previousEventId } = line.data;
    const known = this.header.adoptions[this.#adoptions];
    const first = this.#adoptions === 0 ? line.position : 0;
    this.#adoptions += 1;
    // An event of a package that is left out has its place from the first line alone.
    const after = previousEventId === null ? first : (this.#places.get(previousEventId) ?? known?.after);
    const said = { eventId: line.metadata.eventId, commit, commitForm, serviceIdentity, after };
    this.file.same(
      `Line 1 says otherwise of the adoption in line ${number}.`,
      said,
      known,
      `${line.stream}@${line.revision}`,
    );
  }
}
