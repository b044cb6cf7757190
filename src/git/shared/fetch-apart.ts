import { type Remote, TransferFailed } from '../transfer';

/** Fetches that finding out which refs cannot be had may take. */
const MAX_FETCHES = 40;

/**
 * Fetches refs, however the remote gives them: where it is in reach and does not give them together it is asked for the halves, so
 * that one ref holds up no other.
 *
 * @param told is called for each ref with null when it is here, or with why it cannot be had.
 * @throws TransferFailed when the remote cannot be reached, or too many refs cannot be had.
 */
export async function fetchApart(
  remote: Remote,
  { refs, told }: { readonly refs: readonly string[]; readonly told: (ref: string, message: string | null) => void },
  signal: AbortSignal,
): Promise<void> {
  let fetches = 0;
  const fetch = async (part: readonly string[]): Promise<void> => {
    fetches += 1;
    try {
      await remote.fetchAll(part, signal);
    } catch (error) {
      if (!(error instanceof TransferFailed) || signal.aborted || fetches >= MAX_FETCHES) throw error;
      // One that is away gives nothing, and says nothing of these refs.
      await remote.refs('branches and tags', signal);
      if (part.length === 1) {
        for (const ref of part) told(ref, error.message);
        return;
      }
      const middle = Math.ceil(part.length / 2);
      await fetch(part.slice(0, middle));
      await fetch(part.slice(middle));
      return;
    }
    for (const ref of part) told(ref, null);
  };
  if (refs.length > 0) await fetch(refs);
}
