/** A pattern that the texts of a release must not match, or should not. */
export interface Guardrail {
  readonly id: string;
  /** What is wrong and what to do, in the words of the repository. */
  readonly message: string;
  readonly severity: 'ERROR' | 'WARNING';
  /** Path relative to the release directory. */
  appliesTo(path: string): boolean;
  /** UTF-16 offsets of the matches in a text, in order; taken one by one, in time linear in the text. */
  matchesIn(text: string): Iterable<number>;
}

/** Why `slipway.yaml` is no policy; `line` counts from 1, null when it is the file as a whole. */
export interface PolicyFault {
  readonly line: number | null;
  readonly message: string;
}

/** What a repository's `slipway.yaml` asks of releases. With a fault nothing of it is in force: none passes silently. */
export interface Policy {
  readonly guardrails: readonly Guardrail[];
  readonly faults: readonly PolicyFault[];
}
