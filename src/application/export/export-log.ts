import { createHash } from 'node:crypto';
import { type RecordedEvent } from '../../domain';
import { canonicalJson, digestOf, type EventLog } from '../../eventstore';
import { type AdoptionGround, type GitReading, groundAt, groundsOf, isCommitMaking, type ObjectId } from '../../git';
import { adoptionFacts, EXPORT_FORMAT, EXPORT_VERSION, type HeaderLine, type UnlinkedLine } from './export-form';
import { draftCommitLine, PublishedCommits, tagLine, unpublished } from './object-lines';
import { type PublishedHistory, readPublishedHistory } from './published-history';
import { type ExportFilter, isIncluded, type Survey, surveyLog } from './survey-log';

/** What an export is made of. */
export interface ExportSource {
  readonly log: EventLog;
  readonly repository: GitReading;
}

/**
 * The lines of an export, each with its newline: events with their chain and reports, and the commit and tag objects that
 * Git holds for them. The same log, the same Git and the same filter give the same bytes.
 *
 * @throws BadUserInput, UnknownPosition for a filter that names nothing; LogDamaged, ObjectMissing, RefUnreadable; Drift for
 *   a commit that names an event and is not one that Slipway writes.
 */
export async function* exportLog(source: ExportSource, filter: ExportFilter = {}): AsyncGenerator<string> {
  const written = new Written();
  for await (const line of linesOf(source, filter)) yield written.add(line);
  yield written.end();
}

/** Links each line to the one before it, and counts. */
class Written {
  readonly #heads = new Map<string, string>();
  readonly #counts = { events: 0, objects: 0, unpublished: 0 };
  #previous: string | null = null;
  #tip: ObjectId | null = null;

  add(line: UnlinkedLine): string {
    if (line.kind === 'header') this.#tip = line.parent?.commit ?? null;
    if (line.kind === 'event') {
      this.#counts.events += 1;
      this.#heads.set(line.stream, line.metadata.hash);
    }
    if (line.kind === 'object') {
      this.#counts[line.id === null ? 'unpublished' : 'objects'] += 1;
      if (line.on === 'main') this.#tip = line.id ?? this.#tip;
    }
    const text = `${canonicalJson({ ...line, previous: this.#previous })}\n`;
    this.#previous = createHash('sha256').update(text).digest('hex');
    return text;
  }

  end(): string {
    const head = digestOf(Object.fromEntries(this.#heads));
    return this.add({ kind: 'end', ...this.#counts, tip: this.#tip, head });
  }
}

async function* linesOf({ log, repository }: ExportSource, filter: ExportFilter): AsyncGenerator<UnlinkedLine> {
  const grounds = await groundsOf(log);
  const survey = await surveyLog(log, filter, grounds);
  const { from, until } = survey;
  const history = await readPublishedHistory(repository, grounds, survey.before?.event ?? null);
  yield headerOf(log, { grounds, survey, history });
  const published = new PublishedCommits(repository, grounds, history);
  let place = 0;
  for await (const event of log.readAll()) {
    place += 1;
    if (place > until) return;
    const included = isIncluded(survey, event, place);
    if (included) {
      const { position: _, ...envelope } = event;
      yield { kind: 'event', position: place, ...envelope };
    }
    if (isCommitMaking(event) && place >= from) {
      // Those of packages that are left out stay, so that the chain of parents is unbroken.
      const adoption = adoptionAt(survey, place);
      yield isForeseen({ grounds, survey }, event)
        ? await published.commitOf(event, adoption)
        : unpublished(event, adoption);
    }
    if (included && event.type === 'Committed') yield await draftCommitLine(repository, event);
    if (included && event.type === 'Tagged') yield await tagLine(repository, event);
  }
}

interface Foreseen {
  readonly grounds: readonly AdoptionGround[];
  readonly survey: Survey;
}

/** On an adoption that the part does not hold, an event is not published yet as far as the part goes. */
function isForeseen({ grounds, survey }: Foreseen, event: RecordedEvent): boolean {
  return (survey.adoptions[groundAt(grounds, event.position)]?.place ?? Infinity) <= survey.until;
}

/** The adoption, of those that the part holds, that an event at a place is made into a commit on. */
function adoptionAt({ adoptions, until }: Survey, place: number): number {
  return adoptions.findLastIndex((adoption) => adoption.place <= until && adoption.after < place);
}

function headerOf(
  { logId }: EventLog,
  { grounds, survey, history }: Foreseen & { readonly history: PublishedHistory },
): HeaderLine {
  const { from, until, packages, before } = survey;
  const held = grounds.filter((_, index) => (survey.adoptions[index]?.place ?? Infinity) <= until);
  return {
    kind: 'header',
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    logId,
    filter: { from, until, packages },
    adoptions: held.map(({ adoption }) => adoptionFacts(adoption)),
    parent: before && {
      adoption: adoptionAt(survey, before.place),
      eventId: before.event.metadata.eventId,
      commit: isForeseen({ grounds, survey }, before.event) ? history.commitBefore : null,
    },
  };
}
