import { createHash } from 'node:crypto';
import { canonicalJson, digestOf, type EventLog } from '../../eventstore';
import { type AdoptionGround, type GitReading, groundAt, groundsOf, isCommitMaking, type ObjectId } from '../../git';
import { EXPORT_FORMAT, EXPORT_VERSION, type ExportLine, type HeaderLine } from './export-form';
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
  const written = new Written(source.log.logId);
  for await (const line of linesOf(source, filter)) yield written.add(line);
  yield written.end();
}

/** Counts and digests of the lines so far. */
class Written {
  readonly #sha256 = createHash('sha256');
  readonly #heads = new Map<string, string>();
  readonly #counts = { events: 0, commits: 0, tags: 0, unpublished: 0 };
  #tip: ObjectId | null = null;

  constructor(private readonly logId: string) {}

  add(line: ExportLine): string {
    if (line.kind === 'header') this.#tip = line.parent;
    if (line.kind === 'event') {
      this.#counts.events += 1;
      this.#heads.set(line.stream, line.metadata.hash);
    }
    if (line.kind === 'commit' || line.kind === 'tag') {
      if (line.object === null) this.#counts.unpublished += 1;
      else this.#counts[line.kind === 'commit' ? 'commits' : 'tags'] += 1;
      if (line.kind === 'commit' && line.on === 'main') this.#tip = line.commit ?? this.#tip;
    }
    const text = `${canonicalJson(line)}\n`;
    this.#sha256.update(text);
    return text;
  }

  end(): string {
    const head = digestOf(Object.fromEntries(this.#heads));
    const facts = { ...this.#counts, tip: this.#tip, head, sha256: this.#sha256.digest('hex') };
    return `${canonicalJson({ kind: 'end', logId: this.logId, ...facts })}\n`;
  }
}

async function* linesOf({ log, repository }: ExportSource, filter: ExportFilter): AsyncGenerator<ExportLine> {
  const grounds = await groundsOf(log);
  const survey = await surveyLog(log, filter, grounds);
  const { from, until } = survey;
  const history = await readPublishedHistory(repository, grounds, survey.before);
  yield headerOf(log, { grounds, survey, history });
  const published = new PublishedCommits(repository, grounds, history);
  let [place, after] = [0, 0];
  for await (const event of log.readAll()) {
    place += 1;
    if (place > until) return;
    const included = isIncluded(survey, event, place);
    if (included) {
      const { position: _, ...envelope } = event;
      yield { kind: 'event', position: place, after, ...envelope };
      after = place;
    }
    if (isCommitMaking(event) && place >= from) {
      // On an adoption that the part does not hold, it is not published yet as far as the part goes.
      const foreseen = (survey.adoptions[groundAt(grounds, event.position)]?.place ?? Infinity) <= until;
      const line = foreseen ? await published.commitOf(event) : unpublished(event);
      // The commits of packages that are left out stay, so that the chain of parents is unbroken.
      if (included || line.object !== null) yield line;
    }
    if (included && event.type === 'Committed') yield await draftCommitLine(repository, event);
    if (included && event.type === 'Tagged') yield await tagLine(repository, event);
  }
}

function headerOf(
  { logId }: EventLog,
  { grounds, survey, history }: { grounds: readonly AdoptionGround[]; survey: Survey; history: PublishedHistory },
): HeaderLine {
  const { from, until, packages, streams, before } = survey;
  const adoptions = grounds.flatMap(({ adoption: { data, metadata } }, index) => {
    const { commit, commitForm, serviceIdentity } = data;
    const { place = 0, after = 0 } = survey.adoptions[index] ?? {};
    return place > until ? [] : [{ eventId: metadata.eventId, commit, commitForm, serviceIdentity, after }];
  });
  const begun = adoptions.findLastIndex(({ after }) => after < from);
  const sameGround = before !== null && groundAt(grounds, before.position) === begun;
  const parent = sameGround ? history.commitBefore : (adoptions[begun]?.commit ?? null);
  return {
    kind: 'header',
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    logId,
    filter: { from, until, packages },
    adoptions,
    streams,
    parent,
  };
}
