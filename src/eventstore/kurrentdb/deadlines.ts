/** How long anything waits for a server, in milliseconds. */
export interface Deadlines {
  /** Opening, where what fails may pass by itself: a cluster that is choosing its leader. */
  readonly openMs: number;
  /** One append, with finding out what became of it where no answer came. */
  readonly appendMs: number;
  /** One read, or one more event of a longer read. */
  readonly readMs: number;
  /** Until this node has followed the log to what it knows to be stored. */
  readonly followMs: number;
  /** Silence of the subscription after which the server is asked whether there really is nothing new. */
  readonly silenceMs: number;
}

export const DEADLINES: Deadlines = {
  openMs: 10_000,
  appendMs: 5_000,
  readMs: 3_000,
  followMs: 3_000,
  silenceMs: 2_000,
};

/** A call did not settle in time. What it did, if anything, is not known. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
  constructor(ms: number) {
    super(`The server did not answer within ${String(Math.max(Math.round(ms), 0))} ms.`);
  }
}

/**
 * What `doing` settles to, within a time of our own: the client leaves some calls pending while a server is frozen.
 * @throws OutOfTime; whatever `doing` rejects with.
 */
export async function within<T>(ms: number, doing: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new OutOfTime(ms)), Math.max(ms, 0));
  });
  try {
    return await Promise.race([doing, late]);
  } finally {
    clearTimeout(timer);
    doing.catch(() => undefined); // nobody waits for it any more
  }
}
