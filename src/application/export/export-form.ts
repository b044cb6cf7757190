// The lines of an export, version 1, read by programs that are not ours: a change of shape is a new version. docs/export-format.md
import { type Adopted, type EventEnvelope } from '../../domain';

export const EXPORT_FORMAT = 'slipway-export';
export const EXPORT_VERSION = 1;

/** Where the included part of a stream starts. */
export interface StreamStart {
  readonly stream: string;
  /** Revision of its first event in the file. */
  readonly revision: number;
  /** Hash of the event before it; null at revision 0. */
  readonly previousHash: string | null;
}

/** What decides how commits are written, and from where on in the log. */
export interface AdoptionFacts {
  readonly eventId: string;
  readonly commit: string;
  readonly commitForm: number;
  readonly serviceIdentity: Adopted['data']['serviceIdentity'];
  /** Events at later places of the log are rendered on this adoption, until the next one's `after`. */
  readonly after: number;
}

/** First line. Places count the events of the whole log from 1. */
export interface HeaderLine {
  readonly kind: 'header';
  readonly format: string;
  readonly version: number;
  readonly logId: string;
  readonly filter: { readonly from: number; readonly until: number; readonly packages: readonly string[] | null };
  readonly adoptions: readonly AdoptionFacts[];
  /** Sorted by name (UTF-16 code units). */
  readonly streams: readonly StreamStart[];
  /** Commit that the first commit-making event from `filter.from` on stands upon; null where the part begins with or before an adoption. */
  readonly parent: string | null;
}

/** A stored event. Every one but those of the stream `repository` lies within the filter's places. */
export type EventLine = EventEnvelope & {
  readonly kind: 'event';
  readonly position: number;
  /** Place of the event line before this one; 0 for the first. */
  readonly after: number;
};

/** The commit object of an event: on `main`, or the draft's commit that `Committed` names. Null, null: not published yet. */
export interface CommitLine {
  readonly kind: 'commit';
  readonly on: 'main' | 'draft';
  readonly eventId: string;
  readonly commit: string | null;
  /** The commit's text, as Git hashes it after its header. */
  readonly object: string | null;
}

/** The tag object of a `Tagged` event. Null, null: not published yet. */
export interface TagLine {
  readonly kind: 'tag';
  readonly eventId: string;
  readonly tag: string | null;
  readonly object: string | null;
}

/** Last line. */
export interface EndLine {
  readonly kind: 'end';
  readonly logId: string;
  readonly events: number;
  readonly commits: number;
  readonly tags: number;
  /** Events whose commit or tag Git does not hold yet. */
  readonly unpublished: number;
  /** Last commit on `main` in the file, else the header's `parent`. */
  readonly tip: string | null;
  /** Digest of an object from stream to the hash of its last event in the file. */
  readonly head: string;
  /** Hex SHA-256 of every byte before this line. */
  readonly sha256: string;
}

export type ExportLine = HeaderLine | EventLine | CommitLine | TagLine | EndLine;

/** Members that a line of each kind has, and no other. */
export const MEMBERS: Readonly<Record<ExportLine['kind'], readonly string[]>> = {
  header: ['adoptions', 'filter', 'format', 'kind', 'logId', 'parent', 'streams', 'version'],
  event: ['after', 'data', 'kind', 'metadata', 'position', 'revision', 'stream', 'type'],
  commit: ['commit', 'eventId', 'kind', 'object', 'on'],
  tag: ['eventId', 'kind', 'object', 'tag'],
  end: ['commits', 'events', 'head', 'kind', 'logId', 'sha256', 'tags', 'tip', 'unpublished'],
};
