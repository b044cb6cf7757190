import { type Drift } from '../errors';
import { PAUSE, type Publisher } from './publisher';

/** A publisher that is halted by drift, begins again when that is resolved, and stands still for those who resolve it. */
export interface Publishing extends Pick<
  Publisher,
  'status' | 'predicted' | 'stoppedBy' | 'settled' | 'publishedUpTo'
> {
  /** Begins. Call it once. */
  start(): void;
  /** Ends publishing for good; resolves when nothing is written any more. */
  stop(): Promise<void>;
  /** Stops before the next move of a ref. Does nothing where it has stopped already. */
  halt(drift: Drift): void;
  /** Begins again where it has stopped. */
  resume(): void;
  /**
   * Does something while no ref is moved. One at a time, and never at the time of something {@link Publishing.beside}.
   * `work` says whether to go on then; resolves when it is known where from.
   */
  exclusively<T>(work: () => Promise<{ readonly answer: T; readonly goOn: boolean }>): Promise<T>;
  /** Does something that must not meet {@link Publishing.exclusively}; publishing goes on meanwhile. */
  beside<T>(work: () => Promise<T>): Promise<T>;
}

/** Wraps a publisher; it writes nothing before `start`. */
export function createPublishing(publisher: Publisher): Publishing {
  const stopping = new AbortController();
  let running: { readonly end: AbortController; readonly ended: Promise<void> } | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const begin = (): void => {
    if (running !== null || stopping.signal.aborted) return;
    const end = new AbortController();
    const run = { end, ended: publisher.run(AbortSignal.any([stopping.signal, end.signal])) };
    running = run;
    void run.ended.then(() => {
      if (running === run) running = null;
    });
  };
  const pause = async (): Promise<boolean> => {
    const run = running;
    run?.end.abort(PAUSE);
    await run?.ended;
    running = null;
    return run !== null && publisher.stoppedBy() === null;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work);
    queue = done.catch(() => undefined); // whoever asked for it has the error
    return done;
  };

  return {
    status: () => publisher.status(),
    predicted: () => publisher.predicted(),
    stoppedBy: () => publisher.stoppedBy(),
    settled: () => publisher.settled(),
    publishedUpTo: (position) => publisher.publishedUpTo(position),
    start: begin,
    async stop() {
      stopping.abort();
      await queue;
      await running?.ended;
    },
    halt: (drift) => running?.end.abort(drift),
    resume: begin,
    exclusively: (work) =>
      inTurn(async () => {
        let goOn = await pause();
        try {
          const done = await work();
          goOn = done.goOn;
          return done.answer;
        } finally {
          if (goOn) {
            begin();
            await publisher.settled();
          }
        }
      }),
    beside: inTurn,
  };
}
