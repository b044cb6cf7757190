import { type ObjectId } from '../git-repository';
import { type Place } from './ref-observation';

/** What happened to a ref, as far as its commits tell. */
export type DriftKind =
  /** Commits that no event made stand on top of what the log predicts. */
  | 'FOREIGN_COMMITS'
  /** As `FOREIGN_COMMITS`, and one of them touches the pointer file. */
  | 'POINTER_EDITED'
  /** It stands at an earlier commit of its own history. */
  | 'REWOUND'
  /** It stands at a commit that does not build on what the log predicts. */
  | 'REWRITTEN'
  | 'DELETED'
  /** A tag that stands for something else. */
  | 'TAG_MOVED';

/** A ref that is not what the log predicts. */
export interface RefDrift {
  readonly place: Place;
  readonly ref: string;
  readonly expected: ObjectId;
  /** Null when the ref is gone. */
  readonly found: ObjectId | null;
  readonly kind: DriftKind;
  /** When it was first seen: ISO 8601, UTC, milliseconds. */
  readonly since: string;
  /** False for a draft branch: only its own draft suffers. */
  readonly stopsPublishing: boolean;
}

/** `CHANGED`: the ref was moved again and is still not what the log predicts. */
export interface DriftChange {
  readonly transition: 'BEGAN' | 'CHANGED' | 'ENDED';
  readonly drift: RefDrift;
}
