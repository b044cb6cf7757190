import {
  type Blocker,
  type PackageEvent,
  type PackageState,
  packageStream,
  type PlannedMove,
  rulesChangedWarnings,
} from '../../domain';
import { type StreamHandler } from '../streams/stream-handler';

/** Digest of the rules that a staging of this moment would be judged by. */
export type RulesetInForce = () => Promise<string>;

/**
 * Warnings about releases that a plan brings in and that were staged under other rules. For dry runs alone: no move, and
 * above all no rollback, waits for what they are made of.
 */
export async function rulesChanged(
  dependencies: {
    readonly packages: StreamHandler<PackageState, PackageEvent>;
    readonly rulesetInForce: RulesetInForce;
  },
  { changes }: PlannedMove,
): Promise<readonly Blocker[]> {
  const entering = changes.filter(({ toVersion }) => toVersion !== null);
  if (entering.length === 0) return [];
  const inForce = await dependencies.rulesetInForce();
  const digests = new Map<string, string>();
  for (const { package: id, toVersion } of entering) {
    const release = await dependencies.packages.inspect(packageStream(id), (state) =>
      state.releases.get(toVersion ?? ''),
    );
    if (release?.status === 'staged') digests.set(id, release.rulesetDigest);
  }
  return rulesChangedWarnings(entering, (id) => digests.get(id) ?? null, inForce);
}
