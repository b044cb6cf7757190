import { DriftNotFound, DriftNotResolvable } from '../../domain';
import { type DriftWatch, MAIN_REF, type RefDrift } from '../../git';
import { optionalText } from '../input/require-fields';
import { type ResolveDriftInput } from '../application';
import { type CommandContext } from '../command-context';
import { type Projected } from '../ports';
import { adoptDrift, type AdoptDependencies } from './adopt-drift';
import { type Remedy, remediesOf, type ResolvedDrift } from './drift-answer';
import { healDrift } from './heal-drift';

const WORDS = { HEAL: 'heal', ADOPT: 'adopt', QUARANTINE: 'quarantine' } as const;

/** Applies a remedy to what has drifted, as seen at that moment, while nothing is published. */
export function createResolveDrift(
  dependencies: AdoptDependencies & { readonly driftWatch: DriftWatch; readonly projected: Projected },
): (input: ResolveDriftInput, context: CommandContext) => Promise<readonly ResolvedDrift[]> {
  const { driftWatch, store, projected } = dependencies;
  return async (input, by) => {
    const reason = optionalText('reason', input.reason);
    const resolved = await driftWatch.resolving(async (drifts) => {
      const chosen = choose(drifts, input);
      const answer: ResolvedDrift[] = [];
      for (const drift of chosen) {
        if (input.remedy === 'ADOPT') {
          await adoptDrift(dependencies, withFound(drift), { by, reason });
          answer.push({ drift, kept: null, branch: null });
        } else {
          answer.push(await healDrift(dependencies, drift, { by, reason, remedy: WORDS[input.remedy] }));
        }
      }
      return { answer, resolved: chosen, adopted: input.remedy === 'ADOPT' };
    });
    const head = await store.head();
    if (head !== null) await projected(head);
    return resolved;
  };
}

/** What the remedy is applied to. @throws DriftNotFound, DriftNotResolvable */
function choose(drifts: readonly RefDrift[], { remedy, ref, place }: ResolveDriftInput): readonly RefDrift[] {
  const named = drifts.filter(
    (drift) => (ref == null || drift.ref === fullName(ref)) && (place == null || drift.place === place),
  );
  if (named.length === 0) throw new DriftNotFound(place ?? null, ref ?? null);
  const fitting = named.filter((drift) => remediesOf(drift).remedies.includes(remedy));
  const [first] = fitting;
  if (first === undefined) throw unfit(named, remedy);
  if (remedy !== 'ADOPT') return fitting;
  const tips = new Set(fitting.map(({ found }) => found));
  if (tips.size === 1) return [first];
  const reason = 'Foreign commits were found here and on the remote, and they differ: name the place.';
  throw new DriftNotResolvable({ remedy: WORDS.ADOPT, place: 'local', ref: MAIN_REF }, [reason]);
}

function unfit(drifts: readonly RefDrift[], remedy: Remedy): DriftNotResolvable {
  const [first] = drifts;
  const { place, ref } = first ?? { place: 'local', ref: MAIN_REF };
  const reasons = new Set(drifts.map((drift) => remediesOf(drift).advice));
  return new DriftNotResolvable({ remedy: WORDS[remedy], place, ref }, [...reasons]);
}

/** `main` and `draft/x` are branches, as Git itself reads them. */
function fullName(ref: string): string {
  if (ref.startsWith('refs/')) return ref;
  return ref.startsWith('tags/') || ref.startsWith('heads/') ? `refs/${ref}` : `refs/heads/${ref}`;
}

function withFound(drift: RefDrift): RefDrift & { readonly found: string } {
  const { found } = drift;
  if (found === null) throw new TypeError(`${drift.ref} is gone: there is nothing to adopt.`); // no remedy of a deleted ref
  return { ...drift, found };
}
