/** What a pusher has to know where other nodes publish the same log to the same remote. */
export interface SharedLog {
  /** This node's address, as the work in progress of its drafts names it. */
  readonly address: string;
  /**
   * Whether another node may have published what this one has not: it then waits for its own publisher, instead of taking what it
   * finds for somebody else's.
   */
  mayBeBehind(): Promise<boolean>;
}
