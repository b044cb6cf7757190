import { BadUserInput, packageStream, POINTER_STREAM, type RecordedEvent, REPOSITORY_STREAM } from '../../domain';
import { type EventLog } from '../../eventstore';
import { type AdoptionGround, isCommitMaking } from '../../git';
import { hasBegun, reaches, readBound } from './export-bounds';

/** Which part of a log; everything by default. */
export interface ExportFilter {
  /** A position, or a moment (ISO 8601): the first event that occurred then or later, and all after it in the log. */
  readonly from?: string;
  /** A position, or a moment: the last event that occurred then or earlier, and all before it. */
  readonly until?: string;
  /** Only the streams of these packages, the pointer's and the repository's. */
  readonly packages?: readonly string[];
}

/** A part of a log by places, which count the events of the whole log from 1. */
export interface Part {
  readonly from: number;
  readonly until: number;
  /** Sorted; null for all. */
  readonly packages: readonly string[] | null;
}

/** What the first line of an export has to tell of what follows. */
export interface Survey extends Part {
  /** For each adoption its own place, and the place after which events are rendered on it. */
  readonly adoptions: readonly { readonly place: number; readonly after: number }[];
  /** The last event before the part that is a commit on `main`; null for none. */
  readonly before: { readonly event: RecordedEvent; readonly place: number } | null;
}

/** Whether an event is one of the part. The stream `repository` is whole up to the end: it says what commits stand upon. */
export function isIncluded({ from, until, packages }: Part, { stream }: RecordedEvent, place: number): boolean {
  if (place > until) return false;
  if (stream === REPOSITORY_STREAM) return true;
  if (place < from) return false;
  return packages === null || stream === POINTER_STREAM || packages.some((id) => packageStream(id) === stream);
}

/**
 * Reads the log once and says where a part of it begins and ends.
 * @throws BadUserInput for a part without events or a package that the log does not know; UnknownPosition, LogDamaged.
 */
export async function surveyLog(
  log: EventLog,
  filter: ExportFilter,
  grounds: readonly AdoptionGround[],
): Promise<Survey> {
  const packages = filter.packages === undefined ? null : [...new Set(filter.packages)].sort();
  const begin = await readBound(log, filter.from, 'from');
  const end = await readBound(log, filter.until, 'until');
  const known = new Set<string>();
  const places = new Map<string | null, number>([[null, 0]]);
  const marks = new Set(grounds.flatMap(({ adoption, after }) => [adoption.position, after]));
  let [place, from, until] = [0, Infinity, 0];
  let before: Survey['before'] = null;
  for await (const event of log.readAll()) {
    place += 1;
    if (from === Infinity && hasBegun(begin, event)) from = place;
    if (reaches(end, event)) until = place;
    if (place < from && isCommitMaking(event)) before = { event, place };
    if (marks.has(event.position)) places.set(event.position, place);
    known.add(event.stream);
  }
  const stranger = packages?.find((id) => !known.has(packageStream(id)));
  if (stranger !== undefined) throw new BadUserInput('package', `the log has no package ${stranger}.`);
  if (from > until)
    throw new BadUserInput('from', 'the log has no event there. Give an earlier --from or a later --until.');
  return {
    ...{ from, until, packages, before },
    adoptions: grounds.map(({ adoption, after }) => ({
      place: places.get(adoption.position) ?? 0,
      after: places.get(after) ?? 0,
    })),
  };
}
