/** The pointer file is not what it must be: JSON, an object, every key once. Nothing of it is guessed. */
export class PointerFileUnreadable extends Error {
  constructor(
    readonly why: string,
    options?: { cause?: unknown },
  ) {
    super(`The pointer file cannot be read: ${why}`, options);
    this.name = 'PointerFileUnreadable';
  }
}
