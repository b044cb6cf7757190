import { type IsAhead } from '../publisher/commits-ahead';

/** What a pusher has to know where other nodes publish the same log to the same remote. */
export interface SharedLog {
  /** This node's id, as the work in progress of its drafts names it. */
  readonly node: string;
  /** Ids of drafts that are starting here: their names are taken on the remote before they exist. */
  readonly starting: ReadonlySet<string>;
  /**
   * Whether another node may have published what this one has not: it then waits for its own publisher, instead of taking what it
   * finds for somebody else's. False while its publisher stands still: then {@link SharedLog.isAhead} alone tells.
   */
  mayBeBehind(): Promise<boolean>;
  /** Whether a commit is of the log, and this node has not come to it. */
  readonly isAhead: IsAhead;
}
