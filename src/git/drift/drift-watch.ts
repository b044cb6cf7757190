import { rememberBaseCommits } from '../drafts/base-commits';
import { draftBranch, type GitRepository, MAIN_REF } from '../git-repository';
import { type Publishing } from '../publisher/publishing';
import { classify } from './classify';
import { type DriftChange, type RefDrift } from './drift';
import { DriftRecord } from './drift-record';
import { createHaltOrResume } from './halt-or-resume';
import { type IsAhead } from '../publisher/commits-ahead';
import { type ExpectedRefs } from '../publisher/expected-refs';
import { createLookElsewhere, type PredictedRefs } from './look-elsewhere';
import { lookAtDrafts, lookAtMain, lookAtTags, predictedDrafts, type Sighting, withoutAhead } from './look';
import { Pace } from './pace';
import { type ObservedRefs } from './ref-observation';
import { type StampOf, WatchedRefs } from './watched-refs';

/** Pause between two looks at the refs. */
const LOOK_EVERY_MS = 1_000;
/** Pause after which a branch that was seen once is looked at again. */
const LOOK_AGAIN_MS = 200;

/** What an operator's remedy came to. */
export interface Resolution<T> {
  readonly answer: T;
  readonly resolved: readonly RefDrift[];
  /** Whether the log predicts something else for `main` than before. */
  readonly adopted: boolean;
}

/** Knows at any time which refs are not what the log predicts. Stops publishing for it, and lets it go on. */
export interface DriftWatch {
  /** As of the last look. */
  current(): readonly RefDrift[];
  /** Why the last look saw nothing, and for how many milliseconds no look has; null when it did. */
  failing(): { readonly message: string; readonly forMs: number } | null;
  /** Looks now. @throws RefUnreadable, StoreUnavailable, LogDamaged */
  look(): Promise<readonly RefDrift[]>;
  /** Resolves drifts while nothing is published: `work` is given those of that moment. Publishing goes on where none is left. */
  resolving<T>(work: (drifts: readonly RefDrift[]) => Promise<Resolution<T>>): Promise<T>;
  /** What begins, changes and ends from now on. Ends with the signal. */
  changes(signal: AbortSignal): AsyncIterable<DriftChange>;
  /** Looks every second, or less often where looking takes long, until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** A watch that has seen nothing yet: it looks when it is asked to, or every while once it runs. */
export function createDriftWatch(options: {
  readonly repository: GitRepository;
  readonly expected: ExpectedRefs;
  readonly publishing: Publishing;
  /** ISO 8601, UTC, milliseconds. */
  readonly now: () => string;
  /** Saves reading refs that did not change; without it all are read at each look. */
  readonly stampOf?: StampOf;
  /** Other places, such as the remote. */
  readonly elsewhere?: readonly ObservedRefs[];
  /** Knows the commits of other nodes of the log that this one has not come to; left out, there is no other node. */
  readonly isAhead?: IsAhead;
  readonly onChange?: (change: DriftChange) => void;
  /** A look that failed and is tried again; told once for each reason. */
  readonly onFailed: (error: unknown) => void;
  /** Pause between two looks, in milliseconds; 1,000 by default. */
  readonly everyMs?: number | undefined;
}): DriftWatch {
  const {
    repository,
    expected,
    publishing,
    now,
    elsewhere = [],
    isAhead = () => Promise.resolve(false),
    onChange,
    onFailed,
    everyMs = LOOK_EVERY_MS,
  } = options;
  const { objects } = repository;
  const refs = new WatchedRefs(repository.refs, options.stampOf ?? (() => Promise.resolve(null)));
  const record = new DriftRecord(onChange);
  const others = createLookElsewhere(objects);
  const baseCommitOf = rememberBaseCommits(objects);
  let adoption: number | null = null;
  let seenOnce = new Set<string>();
  let unconfirmed = false;
  let failure: { readonly message: string; readonly since: number } | null = null;
  const pace = new Pace();
  const haltOrResume = createHaltOrResume(publishing);

  /** What is seen now; `main` alone, or everything. */
  const sight = async (): Promise<readonly Sighting[]> => {
    await expected.catchUp();
    if (adoption !== expected.adoptions) others.forget();
    adoption = expected.adoptions;
    const main = await lookAtMain(refs, publishing.predicted);
    const { after } = publishing.predicted();
    const tags = await lookAtTags(refs, expected, after);
    const drafts = await predictedDrafts(refs, expected, { after, baseCommitOf });
    const branches = await lookAtDrafts(refs, drafts);
    const predicted: PredictedRefs = {
      main: publishing.predicted().tip,
      tags: new Map([...expected.tags].map(([ref, { oid }]) => [ref, oid])),
      drafts,
    };
    const observed = elsewhere.flatMap((ask) => ask());
    const remote = observed.length === 0 ? [] : await others.judge(observed, predicted);
    const mains = main === 'unsure' ? record.sightingsOf('local', MAIN_REF) : main === null ? [] : [main];
    return withoutAhead([...mains, ...tags, ...confirmed(branches), ...remote], isAhead);
  };

  /** A draft may be on its way from one state to the next: its branch counts when it was seen like this twice. */
  const confirmed = (branches: readonly Sighting[]): readonly Sighting[] => {
    const before = seenOnce;
    seenOnce = new Set(branches.map(keyOf));
    const twice = branches.filter((sighting) => before.has(keyOf(sighting)));
    unconfirmed = twice.length < branches.length;
    return twice;
  };

  const judge = async (sightings: readonly Sighting[]): Promise<readonly RefDrift[]> => {
    const drifts: RefDrift[] = [];
    for (const sighting of sightings) {
      const known = record.same(sighting);
      drifts.push(
        known ?? {
          ...sighting,
          kind: await classify(objects, sighting, sighting.ref === MAIN_REF ? expected.pointerPath : null),
          since: record.sinceOf(sighting) ?? now(),
          stopsPublishing: !sighting.ref.startsWith(draftBranch('')),
        },
      );
    }
    return drifts;
  };

  const lookNow = async (): Promise<readonly RefDrift[]> => {
    const drifts = await judge(await pace.measure(sight));
    record.replace(drifts);
    return drifts;
  };

  const failed = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== failure?.message) onFailed(error);
    failure = { message, since: failure?.since ?? performance.now() };
  };

  const look = (): Promise<readonly RefDrift[]> =>
    publishing.beside(async () => {
      await publishing.settled();
      const hadStopping = failure !== null || record.current.some((drift) => drift.stopsPublishing);
      try {
        const drifts = await lookNow();
        failure = null;
        haltOrResume(record.current, { hadStopping });
        return drifts;
      } catch (error) {
        failed(error);
        throw error;
      }
    });

  return {
    current: () => record.current,
    failing: () => failure && { message: failure.message, forMs: Math.round(performance.now() - failure.since) },
    look,
    changes: (signal) => record.changes(signal),
    async resolving(work) {
      const answer = await publishing.exclusively(async () => {
        seenOnce = new Set(record.current.map(keyOf)); // what was told counts, also where it is a draft's
        const drifts = await lookNow();
        const { answer: done, resolved, adopted } = await work(drifts);
        const goOn = adopted || drifts.every((drift) => !drift.stopsPublishing || resolved.includes(drift));
        return { answer: done, goOn };
      });
      await look();
      return answer;
    },
    async run(signal) {
      while (!signal.aborted) {
        await look().catch(() => undefined); // told, and tried again
        await pace.pause(signal, unconfirmed ? LOOK_AGAIN_MS : everyMs);
      }
    },
  };
}

function keyOf({ place, ref, expected, found }: Sighting): string {
  return [place, ref, expected, found].join(' ');
}
