import { type ChangeReason, type ChangeType } from '../../../domain';
import { canonicalText } from '../../canonical-digest';
import { type ReleaseFile } from '../../content/release-file';
import { entryOf, type SourceNode, textOf, valueOf } from '../../content/source-node';
import { type SchemaCompiler } from '../../schema/compile-schema';
import { dialectOf } from '../../schema/inspect-schemas';
import { reasonAt, reasonOf } from '../reason';
import { schemaComparison, type SchemaComparison, TooMuchToCompare } from './compare-schemas';
import { type Effect, type SchemaChange } from './schema-change';
import { schemaSide, type SchemaSide } from './schema-side';
import { createWitnesses, type Witnesses } from '../witness/find-witness';

/** A schema file in both releases; it may have been moved. */
export interface SchemaFilePair {
  readonly before: ReleaseFile;
  readonly after: ReleaseFile;
}

const CHANGE_TYPE: Readonly<Record<Effect, ChangeType>> = {
  narrows: 'major',
  removes: 'major',
  unknown: 'major',
  widens: 'minor',
  adds: 'minor',
  rewords: 'patch',
};

/** Why the schemas of two releases differ. Files that are equal are compared too: what they refer to may differ. */
export function classifySchemas(
  pairs: readonly SchemaFilePair[],
  sides: { readonly before: readonly ReleaseFile[]; readonly after: readonly ReleaseFile[] },
  compiler: SchemaCompiler,
): readonly ChangeReason[] {
  const [before, after] = [sideOf(sides.before), sideOf(sides.after)];
  const witnesses = createWitnesses(sides, before, compiler);
  const comparison = schemaComparison({ before, after });
  const compared = pairs.map((pair) => compareFiles(pair, comparison, compiler));
  // A definition may be used in another file than its own.
  const changes = compared.flatMap((each) => each.changes ?? []);
  return compared.flatMap((each) => [...classifyFile(each, changes, witnesses)]);
}

interface ComparedFiles extends SchemaFilePair {
  /** Why they are not compared; null when they are. */
  readonly fault: string | null;
  readonly changes: readonly SchemaChange[] | null;
}

function compareFiles(pair: SchemaFilePair, comparison: SchemaComparison, compiler: SchemaCompiler): ComparedFiles {
  const { before, after } = pair;
  const fault = faultOf(before, compiler) ?? faultOf(after, compiler);
  const isReadable = fault === null && before.root !== null && after.root !== null;
  return { ...pair, fault, changes: isReadable ? compareWhole(before.root, after.root, pair, comparison) : null };
}

function sideOf(files: readonly ReleaseFile[]): SchemaSide {
  return schemaSide(files.flatMap(({ path, root }) => (root === null ? [] : [{ path, root }])));
}

function* classifyFile(
  { before, after, fault, changes }: ComparedFiles,
  allChanges: readonly SchemaChange[],
  witnesses: Witnesses,
): Generator<ChangeReason> {
  const isSame = before.text !== null && before.text === after.text;
  if (fault !== null || before.root === null || after.root === null) {
    if (!isSame) yield reasonOf('major', 'schema-not-readable', after, fault ?? 'The schema cannot be read.');
    return;
  }
  if (changes === null) {
    yield reasonOf('major', 'schema-not-compared', after, 'The schema branches too much to be compared.');
    return;
  }
  const identity = [...compareIdentity(before.root, after.root, after.path)];
  yield* identity;
  for (const change of changes) {
    const reason = reasonAt(CHANGE_TYPE[change.effect], change.rule, change.file, change.node, change.message);
    const example = reason.changeType === 'major' ? witnesses.find({ before, after }, change) : undefined;
    yield example === undefined ? reason : { ...reason, example };
  }
  const definitions = [...compareDefinitions(before.root, after.root, after.path, allChanges)];
  yield* definitions;
  const isReported = [...changes, ...allChanges.filter(({ file }) => file === after.path)].length > 0;
  if (isSame || isReported || identity.length + definitions.length > 0) return;
  yield canonicalText(valueOf(before.root)) === canonicalText(valueOf(after.root))
    ? reasonOf('patch', 'schema-layout-changed', after, 'Only the layout of the text differs.')
    : reasonOf('patch', 'schema-rewritten', after, 'The schema is written in another way and means the same.');
}

function compareWhole(
  before: SourceNode,
  after: SourceNode,
  files: SchemaFilePair,
  comparison: SchemaComparison,
): readonly SchemaChange[] | null {
  try {
    return comparison.compare({ node: before, file: files.before.path }, { node: after, file: files.after.path });
  } catch (error) {
    // Too deep for the call stack is too much as well.
    if (error instanceof TooMuchToCompare || error instanceof RangeError) return null;
    throw error;
  }
}

/** Why nothing can be said of a schema; null when it can be compared. */
function faultOf({ root, problems }: ReleaseFile, compiler: SchemaCompiler): string | null {
  if (root === null) return problems[0]?.message ?? 'The schema cannot be read.';
  const dialect = dialectOf(root);
  if (dialect === null) return 'The schema is of a dialect that is not known here.';
  const [error] = compiler.metaErrors(valueOf(root), dialect);
  return error === undefined ? null : `The schema is not valid: ${error.pointer || 'it'} ${error.message}.`;
}

/** `$schema` and `$id` of the file: what its text is read as, and what it is called. */
function* compareIdentity(before: SourceNode, after: SourceNode, path: string): Generator<ChangeReason> {
  const [was, is] = [before, after].map((root) => entryOf(root, '$schema')?.value);
  if (dialectOf(before) !== dialectOf(after))
    yield reasonAt('major', 'schema-dialect-changed', path, is ?? null, 'The schema is of another dialect now.');
  else if (textOf(was) !== textOf(is))
    yield reasonAt('patch', 'schema-wording-changed', path, is ?? null, '$schema is written in another way.');

  const [id, now] = [before, after].map((root) => entryOf(root, '$id')?.value);
  const [idText, nowText] = [textOf(id), textOf(now)];
  if (idText === nowText) return;
  if (idText === undefined)
    yield reasonAt('minor', 'schema-id-changed', path, now ?? null, 'The schema has an $id now.');
  else if (nowText !== undefined && withoutVersion(idText) === withoutVersion(nowText))
    yield reasonAt('patch', 'schema-id-changed', path, now ?? null, 'The version in $id is another.');
  else
    yield reasonAt(
      'major',
      'schema-id-changed',
      path,
      now ?? id ?? null,
      `References to ${JSON.stringify(idText)} find nothing any more.`,
    );
}

function withoutVersion(id: string): string {
  return id.replace(/\d+(\.\d+)*/g, '0');
}

/** Definitions that nothing uses can break nobody; those in use were compared where they are used. */
function* compareDefinitions(
  before: SourceNode,
  after: SourceNode,
  path: string,
  changes: readonly SchemaChange[],
): Generator<ChangeReason> {
  for (const keyword of ['definitions', '$defs']) {
    const [was, is] = [before, after].map((root) => entriesOf(entryOf(root, keyword)?.value));
    for (const name of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])) {
      const [former, now] = [was?.get(name), is?.get(name)];
      if (former !== undefined && now !== undefined && textOfNode(former) === textOfNode(now)) continue;
      const place = now ?? former ?? null;
      const isReported = changes.some(
        ({ file, node }) =>
          file === path && (node.pointer === place?.pointer || node.pointer.startsWith(`${place?.pointer ?? ''}/`)),
      );
      if (!isReported)
        yield reasonAt(
          'patch',
          'schema-definition-changed',
          path,
          place,
          `The definition ${name} differs, and nothing that is judged by it.`,
        );
    }
  }
}

function entriesOf(node: SourceNode | undefined): ReadonlyMap<string, SourceNode> {
  return new Map(node?.type === 'map' ? node.entries.map(({ key, value }) => [key, value]) : []);
}

function textOfNode(node: SourceNode): string {
  return canonicalText(valueOf(node));
}
