import { type EventEnvelope } from '../../domain';
import { isCommitMaking } from '../../git';
import { EventsOfExport } from './verify-events';
import {
  EXPORT_FORMAT,
  EXPORT_VERSION,
  type EndLine,
  type EventLine,
  type ExportLine,
  type HeaderLine,
  type Linked,
  type ObjectLine,
} from './export-form';
import { type ExportCheckResult, ExportFindings } from './export-findings';
import { readExportLines, type ReadLine } from './export-lines';
import { ObjectsOfExport } from './verify-objects';

/** What a verification of an export found. */
export interface ExportVerification {
  readonly passed: boolean;
  readonly events: number;
  readonly unpublished: number;
  /** Last commit on `main`; null where the export names none. */
  readonly tip: string | null;
  /** Digest of where every stream ends; null without a first line that can be read. */
  readonly head: string | null;
  readonly checks: readonly ExportCheckResult[];
}

/** Where an export ends, noted where nobody who runs the server can write. */
export interface ExportWitness {
  readonly tip?: string | undefined;
  readonly head?: string | undefined;
}

/**
 * Checks an export from the bytes of its file and nothing else: that it is complete and unchanged, that every stream is an
 * unbroken chain, and that commits and tags are those that the events make. Whatever it finds is a result, never an error.
 *
 * @param witness what somebody has noted of it elsewhere; with either of them there is a check `witness`.
 */
export async function verifyExport(
  chunks: AsyncIterable<Uint8Array>,
  witness: ExportWitness = {},
): Promise<ExportVerification> {
  const file = new ExportFindings('file');
  const chain = new ExportFindings('chain');
  const commits = new ExportFindings('commits');
  let walk: ExportWalk | null = null;
  for await (const read of readExportLines(chunks)) {
    if (walk === null) {
      file.same(`Line ${read.number} is no header of an export.`, 'header', read.fault ?? read.line?.kind);
      if (read.line?.kind !== 'header') break;
      const { format, version } = read.line;
      file.same('Line 1 names another format.', [EXPORT_FORMAT, EXPORT_VERSION], [format, version]);
      walk = new ExportWalk(read.line, { file, chain, commits });
    } else {
      walk.take(read);
    }
  }
  if (walk === null) chain.unchecked = commits.unchecked = 'The first line cannot be read.';
  walk?.conclude();
  const found = { tip: walk?.objects.tip ?? null, head: walk?.chains.head() ?? null };
  const checks = [file.result(), chain.result(), commits.result(), ...resultOfWitness(witness, found)];
  return {
    passed: checks.every(({ passed }) => passed),
    events: walk?.events ?? 0,
    unpublished: walk?.objects.counts.unpublished ?? 0,
    ...found,
    checks,
  };
}

function resultOfWitness(
  { tip, head }: ExportWitness,
  found: Pick<ExportVerification, 'tip' | 'head'>,
): readonly ExportCheckResult[] {
  if (tip === undefined && head === undefined) return [];
  const findings = new ExportFindings('witness');
  if (tip !== undefined) findings.same('The tip is another than the witness noted.', tip, found.tip);
  if (head !== undefined) findings.same('The head is another than the witness noted.', head, found.head);
  return [findings.result()];
}

interface FindingsOfParts {
  readonly file: ExportFindings;
  readonly chain: ExportFindings;
  readonly commits: ExportFindings;
}

/** What must come next: after some events the line of their commit or tag. */
interface Owed {
  readonly event: EventEnvelope;
  readonly on: ObjectLine['on'];
}

/** Goes through the lines after the first. */
class ExportWalk {
  readonly chains: EventsOfExport;
  readonly objects: ObjectsOfExport;
  events = 0;
  #owed: Owed | null = null;
  #ended = false;

  constructor(
    private readonly header: HeaderLine,
    private readonly findings: FindingsOfParts,
  ) {
    this.chains = new EventsOfExport(header, findings.file, findings.chain);
    this.objects = new ObjectsOfExport(header, findings.commits);
  }

  take({ number, line, fault, before }: ReadLine): void {
    const { file } = this.findings;
    const owed = this.#owed;
    const place = owed === null ? null : `${owed.event.stream}@${owed.event.revision}`;
    file.same(`Line ${number} is not as this format is written.`, null, fault, place);
    file.same(`Line ${number} stands after the end.`, false, this.#ended);
    if (line !== null) file.same(`Line ${number} follows another line than the one before it.`, before, line.previous);
    this.#owed = null;
    if (line === null) return;
    if (owed !== null)
      file.same(`Line ${number} is not the commit or tag of the event before it.`, 'object', line.kind, place);
    try {
      this.#takeLine(line, owed, number);
    } catch (error) {
      // Members of other shapes than the format's meet code that trusts them.
      file.same(
        `Line ${number} is not as this format is written.`,
        null,
        error instanceof Error ? error.message : String(error),
        place,
      );
    }
  }

  conclude(): void {
    this.findings.file.same('The last line is no end: the file is cut off.', true, this.#ended);
  }

  #takeLine(line: ExportLine, owed: Owed | null, number: number): void {
    const { file } = this.findings;
    switch (line.kind) {
      case 'header': {
        file.same(`Line ${number} is another header.`, 'event', line.kind);
        return;
      }
      case 'event':
        this.events += 1;
        this.chains.take(line, number);
        this.#owed = owedBy(line);
        return;
      case 'object': {
        const { eventId, on } = line;
        const expected = owed === null ? this.#leftOut(line) : { eventId: owed.event.metadata.eventId, on: owed.on };
        file.same(`Line ${number} does not belong to the event before it.`, expected, { eventId, on });
        this.objects.take(line, owed?.event ?? null, number);
        return;
      }
      case 'end': {
        this.#takeEnd(line, number);
        return;
      }
    }
  }

  /** With a filter, commits of events that it leaves out stand for themselves. */
  #leftOut({ eventId }: ObjectLine): object | null {
    return this.header.filter.packages === null ? null : { eventId, on: 'main' };
  }

  #takeEnd({ previous: _, ...line }: Linked<EndLine>, number: number): void {
    this.#ended = true;
    this.chains.conclude();
    const { tip, counts } = this.objects;
    const facts = { ...counts, events: this.events, tip, head: this.chains.head() };
    this.findings.file.same(`Line ${number} does not sum up the lines before it.`, { kind: 'end', ...facts }, line);
  }
}

function owedBy({ position: _position, previous: _previous, ...event }: Linked<EventLine>): Owed | null {
  if (isCommitMaking(event)) return { event, on: 'main' };
  if (event.type === 'Committed') return { event, on: 'draft' };
  return event.type === 'Tagged' ? { event, on: 'tag' } : null;
}
