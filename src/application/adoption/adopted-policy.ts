import { SLIPWAY_FILE } from '../../domain';
import { type GitRepository, readFileAt } from '../../git';
import { type RequireAdopted } from './require-adopted';

/**
 * Bytes of `slipway.yaml` in the adopted commit; null where it has none. A function of the log and of content that never
 * changes, whatever has been published since. @throws Unavailable before a repository was adopted.
 */
export type AdoptedPolicy = () => Promise<Uint8Array | null>;

/** Reads each commit's file once. */
export function createAdoptedPolicy({
  repository: { objects },
  requireAdopted,
}: {
  readonly repository: Pick<GitRepository, 'objects'>;
  readonly requireAdopted: RequireAdopted;
}): AdoptedPolicy {
  let known: { readonly commit: string; readonly policy: Uint8Array | null } | null = null;
  return async () => {
    const { commit } = await requireAdopted();
    if (known?.commit === commit) return known.policy;
    const { tree } = await objects.readCommit(commit);
    const policy = await readFileAt(objects, tree, SLIPWAY_FILE);
    known = { commit, policy };
    return policy;
  };
}
