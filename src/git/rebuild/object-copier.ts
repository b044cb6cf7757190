import { ObjectMissing } from '../errors';
import { type ObjectId } from '../git-repository';
import { decodeCommit, decodeTag } from '../object-form/commit-bytes';
import { decoded } from '../object-form/object-bytes';
import { decodeTree } from '../object-form/tree-form';
import { type ObjectSink, type ObjectSource, type WholeObject } from '../whole-objects';

/** Copies objects with everything that they lead to. */
export class ObjectCopier {
  readonly #known = new Set<ObjectId>();

  /** @param parts.from asked in this order; `into` holds nothing whose parts it does not hold too, and stays so. */
  constructor(private readonly parts: { readonly from: readonly ObjectSource[]; readonly into: ObjectSink }) {}

  /**
   * Copies an object and what it leads to, parts first: whatever is there is whole, also when the copying is interrupted.
   * @throws ObjectMissing for the first that no source can read.
   */
  async copy(root: ObjectId): Promise<void> {
    const open: { readonly oid: ObjectId; object: WholeObject | null }[] = [{ oid: root, object: null }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      if (top.object !== null) {
        await this.#write(top.oid, top.object);
        open.pop();
      } else if (await this.#isThere(top.oid)) {
        open.pop();
      } else {
        top.object = await this.#read(top.oid);
        const { files, others } = partsOf(top.oid, top.object);
        await Promise.all(files.map((oid) => this.#copyFile(oid)));
        open.push(...others.map((oid) => ({ oid, object: null })));
      }
    }
  }

  async #copyFile(oid: ObjectId): Promise<void> {
    if (!(await this.#isThere(oid))) await this.#write(oid, await this.#read(oid));
  }

  async #isThere(oid: ObjectId): Promise<boolean> {
    if (this.#known.has(oid)) return true;
    if (!(await this.parts.into.has(oid))) return false;
    this.#known.add(oid);
    return true;
  }

  async #read(oid: ObjectId): Promise<WholeObject> {
    for (const source of this.parts.from) {
      try {
        return await source.readWhole(oid);
      } catch (error) {
        if (!(error instanceof ObjectMissing)) throw error;
      }
    }
    throw new ObjectMissing(oid);
  }

  async #write(oid: ObjectId, object: WholeObject): Promise<void> {
    await this.parts.into.writeWhole(object);
    this.#known.add(oid);
  }
}

/** What an object leads to. A submodule's commit is in another repository. */
function partsOf(
  oid: ObjectId,
  { type, bytes }: WholeObject,
): { files: readonly ObjectId[]; others: readonly ObjectId[] } {
  switch (type) {
    case 'blob':
      return { files: [], others: [] };
    case 'commit': {
      const { tree, parents } = decoded(oid, decodeCommit, bytes);
      return { files: [], others: [...parents, tree] };
    }
    case 'tag':
      return { files: [], others: [decoded(oid, decodeTag, bytes).object] };
    case 'tree': {
      const entries = decoded(oid, decodeTree, bytes).filter(({ mode }) => mode !== '160000');
      const idsOf = (directories: boolean): readonly ObjectId[] =>
        entries.filter(({ mode }) => (mode === '040000') === directories).map((entry) => entry.oid);
      return { files: idsOf(false), others: idsOf(true) };
    }
  }
}
