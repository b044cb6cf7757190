/** A secret in a text, as a place: its value is never carried around. */
export interface Secret {
  readonly type: 'private-key' | 'token' | 'url-credential';
  /** What it is, for messages: `GitHub token`. */
  readonly name: string;
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
}
