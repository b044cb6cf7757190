import { ObjectMissing, RefUnreadable } from '../errors';
import { type GitReading, type GitRepository, MAIN_REF, type ObjectId, quarantineRef } from '../git-repository';
import { type ObjectCopier } from './object-copier';

/** A ref that does not stand in the rebuilt repository where it stood in the old one. */
export interface RefDifference {
  readonly ref: string;
  /** Null where it was not there, or could not be read. */
  readonly before: ObjectId | null;
  readonly after: ObjectId | null;
  /** One sentence. */
  readonly why: string;
}

/** Refs whose names say that they are read apart when some of the repository cannot be. */
const PARTS = ['refs/heads/', 'refs/slipway/drafts/', 'refs/slipway/commits/', 'refs/slipway/', 'refs/tags/', 'refs/'];

/**
 * Brings what the log does not say: drafts and every other ref of the old repository, with what they lead to. What the log
 * says (`main`, tags of releases, keeping refs) stays as it was made. Run again it follows what has changed meanwhile.
 *
 * @returns where the two differ.
 */
export async function bringRefs(
  old: GitReading,
  into: GitRepository,
  { copier, made }: { readonly copier: ObjectCopier; readonly made: ReadonlySet<string> },
): Promise<readonly RefDifference[]> {
  const { refs, unreadable } = await readRefs(old);
  const differences: RefDifference[] = [...unreadable];
  const here = new Map((await into.refs.list('refs/')).map(({ ref, oid }) => [ref, oid]));
  for (const { ref, oid } of refs) {
    const after = here.get(ref) ?? null;
    here.delete(ref);
    if (after === oid) continue;
    if (!made.has(ref)) {
      const why = await brought(into, copier, { ref, expected: after, oid });
      if (why !== null) differences.push({ ref, before: oid, after, why });
      continue;
    }
    differences.push({ ref, before: oid, after, why: 'The log says so.' });
    if (ref === MAIN_REF) differences.push(...(await keepForeign(into, copier, oid)));
  }
  const unknown = unreadable.length > 0;
  for (const [ref, oid] of here) {
    if (made.has(ref)) differences.push({ ref, before: null, after: oid, why: 'The log says so.' });
    // Ended since it was brought. Where some refs cannot be read, one that is not found may be among them.
    else if (!unknown && !ref.startsWith(quarantineRef(''))) await into.refs.compareAndSet(ref, oid, null);
  }
  return differences;
}

/** Foreign commits are not thrown away with the repository that holds them. */
async function keepForeign(
  into: GitRepository,
  copier: ObjectCopier,
  tip: ObjectId,
): Promise<readonly RefDifference[]> {
  if (await into.objects.has(tip)) return [];
  const ref = quarantineRef(tip);
  const why = await brought(into, copier, { ref, expected: await into.refs.read(ref), oid: tip });
  return why === null
    ? [{ ref, before: null, after: tip, why: 'Keeps what stood on main.' }]
    : [{ ref, before: tip, after: null, why }];
}

/** @returns why it cannot be brought; null when it was. */
async function brought(
  into: GitRepository,
  copier: ObjectCopier,
  { ref, expected, oid }: { readonly ref: string; readonly expected: ObjectId | null; readonly oid: ObjectId },
): Promise<string | null> {
  try {
    await copier.copy(oid);
    await into.refs.compareAndSet(ref, expected, oid);
    return null;
  } catch (error) {
    if (error instanceof ObjectMissing) return `It is left out: ${error.message}`;
    throw error;
  }
}

async function readRefs({ refs }: GitReading): Promise<{
  readonly refs: readonly { readonly ref: string; readonly oid: ObjectId }[];
  readonly unreadable: readonly RefDifference[];
}> {
  const found = new Map<string, ObjectId>();
  const unreadable = new Map<string, RefDifference>();
  for (const part of [...PARTS].reverse()) {
    try {
      for (const { ref, oid } of await refs.list(part)) found.set(ref, oid);
      if (part === 'refs/') break;
    } catch (error) {
      if (!(error instanceof RefUnreadable)) throw error;
      unreadable.set(error.ref, { ref: error.ref, before: null, after: null, why: `It is left out: ${error.message}` });
    }
  }
  return { refs: [...found].map(([ref, oid]) => ({ ref, oid })), unreadable: [...unreadable.values()] };
}
