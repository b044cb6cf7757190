import {
  type ActivationTarget,
  type ContentFact,
  type ContentOf,
  type PackageEvent,
  type PackageId,
  type PackageState,
  packageStream,
  type Version,
} from '../../domain';
import { type ReleaseRef } from '../application';
import { type ContentLock, type Reading } from '../content/content-lock';
import { type StreamHandler } from '../streams/stream-handler';

interface Sources {
  readonly packages: StreamHandler<PackageState, PackageEvent>;
  readonly contentLock: ContentLock;
}

/** What a package and the object store say about a release that is to be activated. */
export async function activationTarget(
  { packages, contentLock }: Sources,
  ref: ReleaseRef,
  reading: Reading,
): Promise<ActivationTarget> {
  const { package: id, version } = ref;
  const facts = await packages.inspect(packageStream(id), (state) => ({
    packageExists: state.releases.size > 0,
    release: state.releases.get(version) ?? null,
    ancestors: ancestors(state, version),
  }));
  const content = facts.release === null ? 'missing' : await contentLock(id, version, facts.release.tree, reading);
  return { package: id, version, ...facts, content };
}

export function packageExists({ packages }: Pick<Sources, 'packages'>, id: PackageId): Promise<boolean> {
  return packages.inspect(packageStream(id), (state) => state.releases.size > 0);
}

/** Asks the object store about the releases a rollback may go to, so that planning itself stays pure. */
export async function contentOf(
  { contentLock }: Pick<Sources, 'contentLock'>,
  targets: readonly { readonly package: PackageId; readonly version: Version; readonly tree: string | null }[],
  reading: Reading,
): Promise<ContentOf> {
  const known = new Map<string, ContentFact>();
  for (const { package: id, version, tree } of targets) {
    known.set(`${id} ${version}`, tree === null ? 'missing' : await contentLock(id, version, tree, reading));
  }
  return (id, version) => known.get(`${id} ${version}`) ?? 'missing';
}

function ancestors(state: PackageState, version: Version): readonly Version[] {
  const chain: Version[] = [];
  for (let base = state.releases.get(version)?.baseVersion ?? null; base !== null && !chain.includes(base);) {
    chain.push(base);
    base = state.releases.get(base)?.baseVersion ?? null;
  }
  return chain;
}
