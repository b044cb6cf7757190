import { type ContentMode, type EntryMode, type RepositoryHistory, treeFromFiles, walkHistory } from '../../../src/git';
import { MemoryObjects } from '../../../src/git/memory/memory-objects';
import { DEFAULT_LAYOUT, type HistoryRule, type Layout } from '../../../src/domain';

export const POINTER = DEFAULT_LAYOUT.pointer.path;

/** Path -> text of a file; null takes the path and all below it away. */
export type Edits = Readonly<Record<string, string | null>>;

/** The directory of a release of the default layout. */
export function directory(name: string, version: string): string {
  return `document_types/${name}/releases/${version}`;
}

/** The file that makes a directory a release. */
export function release(name: string, version: string, text = 'name: x\n'): Edits {
  return { [`${directory(name, version)}/package.yaml`]: text };
}

/** The pointer file. */
export function points(map: Readonly<Record<string, string>>): Edits {
  return { [POINTER]: `${JSON.stringify(map)}\n` };
}

/** A history that is written commit by commit, a day apart. */
export class HistoryStory {
  readonly objects = new MemoryObjects();
  readonly commits: string[] = [];
  readonly #files = new Map<string, string>();

  async commit(
    edits: Edits,
    said: { at?: string; written?: string; author?: string; subject?: string } = {},
  ): Promise<string> {
    for (const [path, text] of Object.entries(edits)) {
      if (text !== null) this.#files.set(path, text);
      else
        for (const known of [...this.#files.keys()]) if (`${known}/`.startsWith(`${path}/`)) this.#files.delete(known);
    }
    const files = await Promise.all(
      [...this.#files].map(async ([path, text]) => ({
        path,
        mode: '100644' as ContentMode,
        oid: await this.objects.writeBlob(Buffer.from(text)),
      })),
    );
    return this.commitTree(await treeFromFiles(this.objects, files), said);
  }

  /** A commit of a tree as another program may have written it. */
  async commitTree(
    tree: string,
    said: { at?: string; written?: string; author?: string; subject?: string } = {},
  ): Promise<string> {
    const day = String(this.commits.length + 1).padStart(2, '0');
    const { at = `2026-01-${day}T12:00:00Z`, written = at, author = 'Ann', subject = `Commit ${day}` } = said;
    const parent = this.commits.at(-1);
    const id = await this.objects.writeCommit({
      tree,
      parents: parent === undefined ? [] : [parent],
      author: { name: author, email: 'ann@example.com', seconds: Date.parse(written) / 1000 },
      committer: { name: 'Bot', email: 'bot@example.com', seconds: Date.parse(at) / 1000 },
      message: `${subject}\n\nMore.\n`,
    });
    this.commits.push(id);
    return id;
  }

  /** A tree that holds one thing at a path, of a mode that we would not write. */
  foreignTree(path: string, mode: EntryMode, oid: string): string {
    return path
      .split('/')
      .reduceRight<{ mode: EntryMode; oid: string }>(
        (item, name) => ({ mode: '040000', oid: this.objects.writeForeignTree([{ name, ...item }]) }),
        { mode, oid },
      ).oid;
  }

  walk(layout: Layout = DEFAULT_LAYOUT): Promise<RepositoryHistory> {
    return walkHistory(this.objects, this.commits.at(-1) ?? '', layout);
  }
}

/** Findings as `rule@commit number`, with the place where they ended. */
export function found({ findings, steps }: RepositoryHistory): readonly string[] {
  const place = new Map(steps.map(({ commit }) => [commit.id, commit.index + 1]));
  return findings.map(
    ({ rule, commit, until }) =>
      `${rule}@${String(place.get(commit))}${until === null ? '' : `-${String(place.get(until.commit))}`}`,
  );
}

/** The messages of one rule's findings. */
export function messages({ findings }: RepositoryHistory, rule: HistoryRule): readonly string[] {
  return findings.filter((finding) => finding.rule === rule).map(({ message }) => message);
}
