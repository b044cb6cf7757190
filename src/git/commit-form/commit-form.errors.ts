/** The event cannot be written in this commit form: an unknown form, or a text that could pose as a header or a trailer. */
export class NotRenderable extends Error {
  constructor(
    readonly eventId: string,
    readonly why: string,
  ) {
    super(`Event ${eventId} cannot be written as a commit: ${why}`);
    this.name = 'NotRenderable';
  }
}
