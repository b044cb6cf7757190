import { type Adopted, type Position, type RecordedEvent, releaseKey } from '../../domain';
import { type EventLog, LogDamaged, StoreUnavailable } from '../../eventstore';
import { draftBranch, type GitReading, MAIN_REF, type ObjectId } from '../git-repository';
import { adoptionsOf } from '../publisher/adoptions';
import { type ObjectIntegrity, type RepositoryFault } from '../object-integrity';
import { type ObjectSource } from '../whole-objects';
import { ChainCheck } from './chain-check';
import { CommitsCheck, type CommitsCheckParts } from './commits-check';
import { type EventCheck, guarded, notChecked } from './event-check';
import { PointerCheck } from './pointer-check';
import { firstUnreadableRelease } from './readable-releases';
import { RefsCheck } from './refs-check';
import { ScratchObjects } from './scratch-objects';
import { findMainInLog, type SightOfMain } from './sight-of-main';
import { isLocking, TreesCheck } from './trees-check';
import { type CheckResult, checkResult, type Difference, placeOf, wordsOf } from './verification';

/** Refs that events move, as they stood before the log was opened: whatever they name is in the log then. */
export interface EarlyRefs {
  /** Commit that `main` is at; null when there is no such branch, or why that cannot be read. */
  readonly main: ObjectId | null | { readonly unreadable: string };
  /** Branches of drafts by draft. */
  readonly drafts: ReadonlyMap<string, { readonly ref: string; readonly oid: ObjectId }>;
}

/** What Git holds, as far as it is compared with the log. */
export interface GitHolding {
  readonly stored: ObjectSource;
  /** Refs that are written before the events that name them, read as they are now. */
  readonly refs: GitReading['refs'];
  readonly early: EarlyRefs;
  readonly integrity: ObjectIntegrity;
}

/** What came of comparing a log with Git: every check but `readModels`. */
export interface LogAndGit {
  readonly checks: readonly CheckResult[];
  /** Events that were read. */
  readonly events: number;
  /** Position of the last of them; null when there was none. */
  readonly position: Position | null;
  /** Commits that the log makes and `main` does not hold yet: a lag, no fault. */
  readonly unpublished: number;
}

/** Reads the branches that must be known before the log is opened. */
export async function readEarlyRefs(refs: GitReading['refs']): Promise<EarlyRefs> {
  const main = await refs.read(MAIN_REF).catch((error: unknown) => ({ unreadable: wordsOf(error) }));
  const prefix = draftBranch('');
  const branches = await refs.list(prefix).catch(() => []); // met again by whoever looks at all refs
  return { main, drafts: new Map(branches.map((branch) => [branch.ref.slice(prefix.length), branch])) };
}

/**
 * Compares a log with what Git holds, in one pass over the log. Writes nothing, and is as content beside a running server
 * as without one. Never fails for what it finds: a damaged log or a missing object is a result.
 *
 * @param options.further checks that see every event too; they conclude with the others.
 */
export async function verifyLogAndGit(
  { log, git }: { readonly log: EventLog; readonly git: GitHolding },
  options: {
    readonly known?: CommitsCheckParts['known'];
    readonly onCommit?: CommitsCheckParts['onCommit'];
    readonly further?: readonly EventCheck[];
    /** Told how many events have been read. */
    readonly onProgress?: (events: number) => void;
  } = {},
): Promise<LogAndGit> {
  const { known = null, onCommit, further = [], onProgress } = options;
  const integrity = git.integrity.faults().catch((error: unknown) => ({ unknown: wordsOf(error) }));
  const objects = new ScratchObjects(git.stored);
  const adoptions = await adoptionsOf(log).catch(() => [] as readonly RecordedEvent<Adopted>[]); // `chain` meets it too
  const { main } = git.early;
  const isUnreadable = typeof main === 'object' && main !== null;
  const tip = isUnreadable ? null : main;
  const sight = isUnreadable ? main.unreadable : await findMainInLog({ objects, log, adoptions }, tip);

  const commits = new CommitsCheck({ log, objects, adoptions, tip, known, ...(onCommit && { onCommit }) });
  const upTo = typeof sight === 'string' ? null : sight.upTo;
  const checks: readonly EventCheck[] = [
    guarded('chain', new ChainCheck()),
    isUnreadable ? notChecked('commits', main.unreadable) : guarded('commits', commits),
    await treesCheck({ log, objects, adoptions, sight }),
    pointerCheck({ objects, sight, adoptions }),
    guarded('objects', new RefsCheck({ objects, refs: git.refs, drafts: git.early.drafts, upTo })),
    ...further,
  ];
  const pass = await readThrough(log, checks, onProgress);
  const results = [];
  for (const check of checks) results.push(await check.conclude(pass.interrupted));
  const faults = await integrity;
  const isSound = Array.isArray(faults) && faults.length === 0;
  const unreadable = isSound ? null : await firstUnreadableRelease(log, objects).catch(() => null);
  return {
    checks: results.map((result) => {
      if (result.check === 'trees') return withDifference(result, unreadable);
      return result.check === 'objects' ? withIntegrity(result, faults) : result;
    }),
    events: pass.events,
    position: pass.position,
    unpublished: commits.unpublished,
  };
}

async function readThrough(
  log: EventLog,
  checks: readonly EventCheck[],
  onProgress: (events: number) => void = () => undefined,
): Promise<{ readonly events: number; readonly position: Position | null; readonly interrupted: string | null }> {
  let events = 0;
  let last: RecordedEvent | null = null;
  try {
    for await (const event of log.readAll()) {
      for (const check of checks) await check.take(event);
      events += 1;
      last = event;
      if (events % 500 === 0) onProgress(events);
    }
    onProgress(events);
    return { events, position: last?.position ?? null, interrupted: null };
  } catch (error) {
    if (!(error instanceof LogDamaged || error instanceof StoreUnavailable)) throw error;
    const after = last === null ? 'from its beginning' : `after ${placeOf(last)}`;
    const interrupted = `The log cannot be read ${after}: ${wordsOf(error)}`;
    return { events, position: last?.position ?? null, interrupted };
  }
}

type Judged = {
  readonly objects: ScratchObjects;
  readonly adoptions: readonly RecordedEvent<Adopted>[];
  readonly sight: SightOfMain | string;
};

async function treesCheck({
  log,
  objects,
  adoptions,
  sight,
}: Judged & { readonly log: EventLog }): Promise<EventCheck> {
  if (typeof sight === 'string') return notChecked('trees', adoptions.length === 0 ? null : sight);
  const replaced = new Map<string, string>();
  const [first] = adoptions;
  if (adoptions.length > 1 && first !== undefined) {
    for await (const event of log.readAll({ after: first.position, types: ['ReleaseAdopted'] })) {
      if (isLocking(event)) replaced.set(releaseKey(event.data.package, event.data.version), placeOf(event));
    }
  }
  return guarded('trees', new TreesCheck({ objects, sight, adoptions, replaced }));
}

function pointerCheck({ objects, sight, adoptions }: Judged): EventCheck {
  if (typeof sight === 'string') return notChecked('pointer', adoptions.length === 0 ? null : sight);
  return guarded('pointer', new PointerCheck({ objects, sight }));
}

function withDifference(result: CheckResult, difference: Difference | null): CheckResult {
  return checkResult(result.check, { ...result, difference: result.difference ?? difference });
}

function withIntegrity(
  result: CheckResult,
  faults: readonly RepositoryFault[] | { readonly unknown: string },
): CheckResult {
  if ('unknown' in faults) return checkResult('objects', { ...result, unchecked: result.unchecked ?? faults.unknown });
  const [first] = faults;
  if (first === undefined) return result;
  return withDifference(result, { what: first.what, event: null, expected: first.oid, found: null });
}
