import { type ObjectId } from '../git-repository';

/** Where a ref stands: in the repository of this node, or on the remote that it is pushed to. */
export type Place = 'local' | 'remote';

/** What was seen of one ref in one place; `oid` null when the ref is not there. */
export interface RefObservation {
  readonly place: Place;
  readonly ref: string;
  readonly oid: ObjectId | null;
}

/**
 * What was last seen of a place that somebody else looks at, such as the remote: full names of branches and tags. It is asked
 * every second, so it answers at once from what it knows; nothing for what was never seen. The objects it names should be in the
 * repository of this node, else nothing can be said of them but their ids.
 */
export type ObservedRefs = () => readonly RefObservation[];
