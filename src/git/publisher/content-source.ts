import { type ObjectId } from '../git-repository';

/** How a publisher gets content that another node of the log has written. */
export interface ContentSource {
  /** Resolves when the commit of a draft is here, with all below it. @throws ContentAwaited */
  take(commit: ObjectId): Promise<void>;
  /** As {@link ContentSource.take}, for the commit that an adoption names. @throws ContentAwaited */
  takeAdopted(commit: ObjectId): Promise<void>;
}
