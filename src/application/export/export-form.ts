// The lines of an export, version 1, read by programs that are not ours: a change of shape is a new version. docs/export-format.md
import { type Adopted, type EventEnvelope } from '../../domain';

export const EXPORT_FORMAT = 'slipway-export';
export const EXPORT_VERSION = 1;

/** What decides how commits are written, as its event `Adopted` says. */
export interface AdoptionFacts {
  readonly eventId: string;
  readonly commit: string;
  readonly commitForm: number;
  readonly serviceIdentity: Adopted['data']['serviceIdentity'];
  /** The last event whose commit the adopted one holds: every later one is made into a commit on this adoption. */
  readonly previousEventId: string | null;
}

/** What an event `Adopted` says of how commits are written. */
export function adoptionFacts({ data, metadata }: Pick<EventEnvelope<Adopted>, 'data' | 'metadata'>): AdoptionFacts {
  const { commit, commitForm, serviceIdentity, previousEventId } = data;
  return { eventId: metadata.eventId, commit, commitForm, serviceIdentity, previousEventId };
}

/** First line. Places count the events of the whole log from 1. */
export interface HeaderLine {
  readonly kind: 'header';
  readonly format: string;
  readonly version: number;
  readonly logId: string;
  readonly filter: { readonly from: number; readonly until: number; readonly packages: readonly string[] | null };
  /** One for each `Adopted` of the file, in order. */
  readonly adoptions: readonly AdoptionFacts[];
  /** The last event before the part that is a commit on `main`; its commit is null where it is not published. */
  readonly parent: { readonly adoption: number; readonly eventId: string; readonly commit: string | null } | null;
}

/** A stored event. Every one but those of the stream `repository` lies within the filter's places. */
export type EventLine = EventEnvelope & {
  readonly kind: 'event';
  readonly position: number;
};

/** The Git object of an event. Null, null: Git does not hold it yet. */
export interface ObjectLine {
  readonly kind: 'object';
  /** A commit on `main`, the draft's commit that `Committed` names, or a tag. */
  readonly on: 'main' | 'draft' | 'tag';
  /** Which adoption of the header, counted from 0, a commit on `main` is made on; null for the others. */
  readonly adoption: number | null;
  readonly eventId: string;
  readonly id: string | null;
  /** As Git hashes it after its header. */
  readonly text: string | null;
}

/** Last line. */
export interface EndLine {
  readonly kind: 'end';
  readonly events: number;
  readonly objects: number;
  /** Events whose commit or tag Git does not hold yet. */
  readonly unpublished: number;
  /** Last commit on `main` in the file, else that of the header's `parent`. */
  readonly tip: string | null;
  /** Digest of an object from stream to the hash of its last event in the file. */
  readonly head: string;
}

/** A line as it is made, before it is linked to the one that it follows. */
export type UnlinkedLine = HeaderLine | EventLine | ObjectLine | EndLine;

/** As it stands in a file: with the hex SHA-256 of the bytes of the line before it; null in the first. */
export type Linked<Line> = Line & { readonly previous: string | null };

export type ExportLine = Linked<HeaderLine> | Linked<EventLine> | Linked<ObjectLine> | Linked<EndLine>;

/** Members that a line of each kind has, and no other. */
export const MEMBERS: Readonly<Record<ExportLine['kind'], readonly string[]>> = {
  header: ['adoptions', 'filter', 'format', 'kind', 'logId', 'parent', 'previous', 'version'],
  event: ['data', 'kind', 'metadata', 'position', 'previous', 'revision', 'stream', 'type'],
  object: ['adoption', 'eventId', 'id', 'kind', 'on', 'previous', 'text'],
  end: ['events', 'head', 'kind', 'objects', 'previous', 'tip', 'unpublished'],
};
