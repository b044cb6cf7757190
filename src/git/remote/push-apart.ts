import { type ObjectId } from '../git-repository';
import { type RefUpdate, type Remote, TransferFailed } from '../transfer';

/** Refs in one push; more would not fit on a command line. */
const MAX_REFS = 400;
/** Pushes that finding out which refs are refused may take. */
const MAX_PUSHES = 24;

/** What became of refs that were pushed. */
export interface PushOutcome {
  /** Where the refs of the remote stand now. */
  readonly refs: ReadonlyMap<string, ObjectId>;
  /** Refs that still stand where they stood, and why. */
  readonly refused: ReadonlyMap<string, string>;
}

/**
 * Pushes refs, however the remote takes it. Where the answer is not that all went well, the refs are read again: they alone say
 * what happened, whatever the words. A remote that refuses a push whole because of one ref is asked for the halves, so that one
 * ref holds up no other.
 *
 * @throws TransferFailed when the remote cannot be reached, or does not hold the refs although it could be.
 */
export async function pushApart(
  remote: Remote,
  { updates, before }: { readonly updates: readonly RefUpdate[]; readonly before: ReadonlyMap<string, ObjectId> },
  signal: AbortSignal,
): Promise<PushOutcome> {
  let refs = before;
  let pushes = 0;
  const refused = new Map<string, string>();

  const push = async (part: readonly RefUpdate[]): Promise<void> => {
    pushes += 1;
    const { answer, failure } = await attempt(remote, part, signal);
    if (answer !== null && part.every(({ ref }) => answer.accepted.has(ref))) {
      refs = moved(refs, part);
      return;
    }
    const now = await remote.refs('all', signal);
    const left = part.filter((update) => !stands(now, update));
    const stayed = left.filter(({ ref }) => now.get(ref) === refs.get(ref));
    refs = now;
    if (left.length === 0) return;
    if (answer === null) throw failure;
    const told = (ref: string): string => answer.refused.get(ref) ?? 'The remote did not say what became of it.';
    // The others were moved by somebody else meanwhile: that is no refusal.
    if (stayed.length > 1 && stayed.length === part.length && pushes < MAX_PUSHES) {
      const middle = Math.ceil(part.length / 2);
      await push(part.slice(0, middle));
      await push(part.slice(middle));
      return;
    }
    for (const { ref } of stayed) refused.set(ref, told(ref));
  };

  for (let at = 0; at < updates.length; at += MAX_REFS) await push(updates.slice(at, at + MAX_REFS));
  return { refs, refused };
}

async function attempt(remote: Remote, part: readonly RefUpdate[], signal: AbortSignal) {
  try {
    return { answer: await remote.push(part, signal), failure: null };
  } catch (error) {
    if (!(error instanceof TransferFailed) || signal.aborted) throw error;
    return { answer: null, failure: error };
  }
}

function stands(refs: ReadonlyMap<string, ObjectId>, { ref, next }: RefUpdate): boolean {
  return (refs.get(ref) ?? null) === next;
}

function moved(refs: ReadonlyMap<string, ObjectId>, part: readonly RefUpdate[]): ReadonlyMap<string, ObjectId> {
  const after = new Map(refs);
  for (const { ref, next } of part) {
    if (next === null) after.delete(ref);
    else after.set(ref, next);
  }
  return after;
}
