import {
  changedEntries,
  type ChangedEntry,
  foreignCommits,
  type GitRepository,
  type NamedCommit,
  ObjectMissing,
  peeled,
  type RefDrift,
} from '../../git';
import { textOf } from '../content/read-content';
import { unifiedPatch } from '../content/unified-patch';
import { LatestUsed } from '../latest-used';
import { type DriftAnswer, type DriftFile, type ForeignCommit, remediesOf } from './drift-answer';

const MAX_COMMITS = 50;
const MAX_PATHS = 100;
const MAX_FILES = 200;
/** Bytes of a file, and characters of all diffs together, up to which differences are shown. */
const MAX_FILE_BYTES = 200_000;
const MAX_DIFF_CHARACTERS = 200_000;
const REMEMBERED = 50;
/** Seconds since the epoch: the years 0 to 9999. */
const [EARLIEST, LATEST] = [-62_167_219_200, 253_402_300_799];

type Details = Pick<DriftAnswer, 'commits' | 'moreCommits' | 'files' | 'moreFiles'>;

const NOTHING: Details = { commits: [], moreCommits: false, files: [], moreFiles: false };

/** Says of drifts who did what. Commits never change, so each drift is read once; one that cannot be read may be on its way. */
export function createDescribeDrift({
  repository: { objects },
}: {
  readonly repository: Pick<GitRepository, 'objects'>;
}) {
  const known = new LatestUsed<Details>(REMEMBERED);
  return async (drift: RefDrift): Promise<DriftAnswer> => {
    const key = `${drift.expected} ${drift.found ?? ''}`;
    const details = await known.get(key, () => detailsOf(objects, drift));
    if (details === NOTHING) known.forget(key);
    return { ...drift, ...details, ...remediesOf(drift) };
  };
}

/** Nothing where what was found, or what should be there, cannot be read: that it drifted stands all the same. */
async function detailsOf(objects: GitRepository['objects'], { expected, found }: RefDrift): Promise<Details> {
  if (found === null) return NOTHING;
  const [ours, theirs] = [await peeled(objects, expected), await peeled(objects, found)];
  if (theirs === null) return NOTHING;
  try {
    const range = { expected: ours?.id ?? expected, found: theirs.id };
    const { commits, more } = await foreignCommits(objects, range, MAX_COMMITS);
    return {
      commits: await Promise.all(commits.map((commit) => describeCommit(objects, commit))),
      moreCommits: more,
      ...(ours === null ? { files: [], moreFiles: false } : await describeFiles(objects, ours, theirs)),
    };
  } catch (error) {
    if (error instanceof ObjectMissing) return NOTHING;
    throw error;
  }
}

async function describeCommit(objects: GitRepository['objects'], { id, commit }: NamedCommit): Promise<ForeignCommit> {
  const [parent] = commit.parents;
  const before = parent === undefined ? null : (await objects.readCommit(parent)).tree;
  const { name, email, seconds } = commit.author;
  const changedPaths: string[] = [];
  for await (const { path } of changedEntries(objects, before, commit.tree)) {
    if (changedPaths.length === MAX_PATHS) break;
    changedPaths.push(path);
  }
  const [subject = ''] = commit.message.split('\n', 1);
  return { id, author: name, email, at: instantOf(seconds), subject, changedPaths };
}

/** Whoever writes a commit may claim any date; one that no calendar has is shown as the nearest. */
function instantOf(seconds: number): string {
  return new Date(Math.min(Math.max(seconds, EARLIEST), LATEST) * 1000).toISOString();
}

async function describeFiles(
  objects: GitRepository['objects'],
  ours: NamedCommit,
  theirs: NamedCommit,
): Promise<Pick<Details, 'files' | 'moreFiles'>> {
  const files: DriftFile[] = [];
  let left = MAX_DIFF_CHARACTERS;
  for await (const entry of changedEntries(objects, ours.commit.tree, theirs.commit.tree)) {
    if (files.length === MAX_FILES) return { files, moreFiles: true };
    const unified = left > 0 ? await unifiedOf(objects, entry) : null;
    const fits = unified !== null && unified.length <= left;
    if (fits) left -= unified.length;
    const change = entry.before === null ? 'ADDED' : entry.after === null ? 'REMOVED' : 'MODIFIED';
    files.push({ path: entry.path, change, unified: fits ? unified : null });
  }
  return { files, moreFiles: false };
}

async function unifiedOf(objects: GitRepository['objects'], entry: ChangedEntry): Promise<string | null> {
  const { path, before, after } = entry;
  const text = async (item: ChangedEntry['before']): Promise<string | null> => {
    if (item === null) return '';
    if (!item.mode.startsWith('100')) return null; // a link or submodule
    const bytes = await objects.readBlob(item.oid);
    return bytes.byteLength > MAX_FILE_BYTES ? null : textOf(bytes);
  };
  const [old, now] = [await text(before), await text(after)];
  if (old === null || now === null) return null;
  return unifiedPatch({ path, isNew: before === null, isGone: after === null }, old, now);
}
