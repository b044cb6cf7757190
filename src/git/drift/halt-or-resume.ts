import { Drift, RefUnreadable } from '../errors';
import { MAIN_REF } from '../git-repository';
import { mainDrifted, remoteDrifted, tagDrifted } from '../publisher/drift-advice';
import { type Publishing } from '../publisher/publishing';
import { type RefDrift } from './drift';

/** Pause after which publishing that stopped for what is not seen any more is tried again. */
const TRY_AGAIN_MS = 10_000;

/** Takes what a look saw, and whether the look before it saw what stops publishing, or nothing at all. */
type HaltOrResume = (drifts: readonly RefDrift[], before: { readonly hadStopping: boolean }) => void;

/** Halts publishing for the first drift that stops it. Where none does any more, publishing that stopped for one goes on. */
export function createHaltOrResume(publishing: Publishing): HaltOrResume {
  let triedAt = performance.now();
  return (drifts, { hadStopping }) => {
    const first = drifts.find((drift) => drift.stopsPublishing);
    if (first !== undefined) {
      publishing.halt(haltedBy(first, publishing));
      return;
    }
    const stoppedBy = publishing.stoppedBy();
    if (!(stoppedBy instanceof Drift || stoppedBy instanceof RefUnreadable)) return;
    if (!hadStopping && performance.now() - triedAt < TRY_AGAIN_MS) return;
    triedAt = performance.now();
    publishing.resume();
  };
}

/** What publishing says that it stopped for. */
function haltedBy({ place, ref, expected, found }: RefDrift, publishing: Publishing): Drift {
  if (place === 'remote') return remoteDrifted(`${ref} on the remote is at ${found ?? 'nothing'}, not at ${expected}.`);
  const what = `${ref} is at ${found ?? 'nothing'}, not at ${expected}.`;
  const { tip, after } = publishing.predicted();
  return ref === MAIN_REF && tip !== null ? mainDrifted(what, { goOnFrom: tip, after }) : tagDrifted(what);
}
