/** What was given is no directory. */
export class NotADirectory extends Error {
  override readonly name = 'NotADirectory';
}

/** A directory or file of a working tree cannot be read, so nothing is known of it. */
export class WorkingTreeUnreadable extends Error {
  override readonly name = 'WorkingTreeUnreadable';
}
