import { packageStream, POINTER_STREAM, REPOSITORY_STREAM } from '../../domain';
import { chainFault, digestOf, EMPTY_STREAM, headAfter, type StreamHead } from '../../eventstore';
import { adoptionFacts, type EventLine, type HeaderLine, type Linked } from './export-form';
import { type ExportFindings } from './export-findings';

/** Follows the events of an export: their places in the log, and the chain of every stream. */
export class EventsOfExport {
  readonly #heads = new Map<string, StreamHead>();
  #position = 0;
  #adoptions = 0;

  constructor(
    private readonly header: HeaderLine,
    private readonly file: ExportFindings,
    private readonly chain: ExportFindings,
  ) {}

  take(line: Linked<EventLine>, number: number): void {
    const { position, previous: _, ...event } = line;
    const place = `${event.stream}@${event.revision}`;
    const at = `Line ${number}: ${place}`;
    this.file.same(`${at} has no place in this part of the log.`, true, this.#mayStand(line), place);
    this.#position = position;
    const head = this.#heads.get(event.stream) ?? this.#startOf(line);
    this.chain.same(`Line ${number} breaks the chain of its stream.`, null, chainFault(head, event), place);
    this.#heads.set(event.stream, headAfter(event));
    if (line.type === 'Adopted') this.#takeAdoption(line, number);
  }

  /** Digest of where every stream ends. */
  head(): string {
    return digestOf(Object.fromEntries([...this.#heads].map(([stream, { hash }]) => [stream, hash])));
  }

  conclude(): void {
    const { filter, adoptions } = this.header;
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

  /** Where a stream stood before its first event here: nowhere, unless the part begins later. */
  #startOf({ stream, revision, metadata }: EventLine): StreamHead {
    const isWhole = this.header.filter.from === 1 || stream === REPOSITORY_STREAM || revision === 0;
    return isWhole ? EMPTY_STREAM : { revision: revision - 1, hash: metadata.previousHash, occurredAt: null };
  }

  #takeAdoption(line: Extract<EventLine, { readonly type: 'Adopted' }>, number: number): void {
    this.file.same(
      `Line 1 says otherwise of the adoption in line ${number}.`,
      adoptionFacts(line),
      this.header.adoptions[this.#adoptions],
      `${line.stream}@${line.revision}`,
    );
    this.#adoptions += 1;
  }
}
