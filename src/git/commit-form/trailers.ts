const TRAILER = /^([A-Za-z][A-Za-z0-9-]*): (.*)$/;

/** The event a commit on `main` was made from, as its trailers name it. */
export interface NamedEvent {
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
}

/** Trailer paragraph without a final newline. */
export function printTrailers(trailers: readonly (readonly [key: string, value: string])[]): string {
  return trailers.map(([key, value]) => `${key}: ${value}`).join('\n');
}

/** First value of each trailer; nothing when the last paragraph is not one of trailers alone. */
export function parseTrailers(message: string): ReadonlyMap<string, string> {
  const paragraphs = message.replace(/\n+$/, '').split('\n\n');
  const values = new Map<string, string>();
  if (paragraphs.length < 2) return values;
  for (const line of (paragraphs.at(-1) ?? '').split('\n')) {
    const [, key, value] = TRAILER.exec(line) ?? [];
    if (key === undefined || value === undefined) return new Map();
    if (!values.has(key)) values.set(key, value);
  }
  return values;
}

/** The event that a commit names; null when it names none. Says nothing about whether the claim is true. */
export function namedEvent(message: string): NamedEvent | null {
  const trailers = parseTrailers(message);
  const eventId = trailers.get('Slipway-Event-Id');
  const [, stream, revision] = /^(.+)@(\d{1,15})$/.exec(trailers.get('Slipway-Event') ?? '') ?? [];
  if (eventId === undefined || stream === undefined || revision === undefined) return null;
  return { eventId, stream, revision: Number(revision) };
}
