/** The authenticated person or service that gave a command. Comes from the token, never from an input. */
export interface Actor {
  /** Stable logical identity, for example `tom.moseley`. Grammar: {@link isActorId}. */
  readonly id: string;
  /** Name for people, one line, for example `Tom Moseley`. */
  readonly name: string;
}

const ACTOR_ID = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;

/** True for `[a-z0-9._-]`, at most 64 characters, starting and ending with a letter or digit: safe in a Git author line. */
export function isActorId(text: string): boolean {
  return ACTOR_ID.test(text) && !text.includes('..');
}
