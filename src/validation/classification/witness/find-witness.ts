import { type ReleaseFile } from '../../content/release-file';
import { childPointer, entryOf, type SourceNode, valueOf } from '../../content/source-node';
import { type DocumentJudge, type Refusal, type SchemaCompiler } from '../../schema/compile-schema';
import { dialectOf } from '../../schema/inspect-schemas';
import { judgePattern } from '../../schema/linear-pattern';
import { patternsWithin } from '../../schema/schema-keywords';
import { uriOfFile } from '../../schema/schema-references';
import { type SchemaChange } from '../schema/schema-change';
import { type SchemaSide } from '../schema/schema-side';
import { documentSampler } from './sample-documents';

/** Looks for documents that a schema accepted before and refuses now. */
export interface Witnesses {
  /** A document for one breaking difference between the schemas of two files; undefined where none was made. */
  find(files: { readonly before: ReleaseFile; readonly after: ReleaseFile }, change: SchemaChange): unknown;
}

/** Characters of schemas that all documents of one search are judged by: large schemas take longer for each. */
const SEARCH_EFFORT = 1_000_000;
/** Documents that are tried however large the schemas are. */
const LEAST_DOCUMENTS = 8;

/** Differences that get an example, documents tried for each, schemas expanded for each, and UTF-8 bytes of one. */
const LIMITS = { searches: 20, documents: 200, schemas: 3_000, bytes: 4_096, schemaBytes: 256 * 1024 };

export function createWitnesses(
  sides: { readonly before: readonly ReleaseFile[]; readonly after: readonly ReleaseFile[] },
  side: SchemaSide,
  compiler: SchemaCompiler,
): Witnesses {
  const judges = new Map<ReleaseFile, DocumentJudge | null>();
  let searches = 0;

  return {
    find({ before, after }, change) {
      if (before.root === null || searches >= LIMITS.searches) return undefined;
      searches += 1;
      const [was, is] = [judgeOf(before, sides.before), judgeOf(after, sides.after)];
      if (was === null || is === null) return undefined;
      const root = { node: before.root, file: before.path };
      const documents = documentSampler(side, LIMITS.schemas).documents(root, change.at);
      const effort = before.root.end + (after.root?.end ?? 0);
      const most = Math.min(LIMITS.documents, Math.max(LEAST_DOCUMENTS, Math.floor(SEARCH_EFFORT / effort)));
      return bestOf(documents, most, was, is, change);
    },
  };

  function judgeOf(file: ReleaseFile, all: readonly ReleaseFile[]): DocumentJudge | null {
    const known = judges.get(file);
    if (known !== undefined) return known;
    const judge = compile(file, all);
    judges.set(file, judge);
    return judge;
  }

  function compile(file: ReleaseFile, all: readonly ReleaseFile[]): DocumentJudge | null {
    const roots = all.flatMap(({ path, root }) => (root === null ? [] : [{ path, root }]));
    const size = roots.reduce((total, { root }) => total + root.end, 0);
    const dialect = file.root === null ? null : dialectOf(file.root);
    if (file.root === null || dialect === null || size > LIMITS.schemaBytes) return null;
    // A pattern that is not run matches everything here: nothing could be claimed of its documents.
    if (roots.some(({ root }) => [...patternsWithin(root)].some(({ pattern }) => judgePattern(pattern) !== 'linear')))
      return null;
    const others = refersElsewhere(file.root) ? roots.filter(({ path }) => path !== file.path) : [];
    return compiler.judge(
      {
        uri: uriOfFile(file.path),
        value: valueOf(file.root),
        others: others.map(({ path, root }) => ({ uri: uriOfFile(path), value: valueOf(root) })),
      },
      dialect,
    );
  }
}

/** The document that is refused for the fewest reasons, one of which is the difference. */
function bestOf(
  documents: Iterable<unknown>,
  most: number,
  was: DocumentJudge,
  is: DocumentJudge,
  change: SchemaChange,
): unknown {
  let best: unknown;
  let fewest = Infinity;
  let tried = 0;
  try {
    for (const document of documents) {
      tried += 1;
      if (tried > most) break;
      if (!isSmall(document) || was(document).length > 0) continue;
      const refusals = is(document);
      if (refusals.length >= fewest || !refusals.some((refusal) => isBecauseOf(refusal, change))) continue;
      [best, fewest] = [document, refusals.length];
      if (fewest === 1) break;
    }
  } catch (error) {
    // A schema that leads to nothing but itself, or a document with a property like `valueOf`, breaks its judge.
    if (!(error instanceof Error)) throw error;
  }
  return best;
}

/** Rules about what judges deeper parts of the document than the one it is about. */
const JUDGE_BELOW = /^schema-(alternative|condition|contains|dependency|not|one-of)/;

function isBecauseOf({ pointer, property }: Refusal, { at, message, rule }: SchemaChange): boolean {
  const steps = at.includes('any') ? at.slice(0, at.indexOf('any')) : at;
  const place = steps.reduce<string>(
    (path, step) => (step === 'any' ? path : childPointer(path, 'item' in step ? step.item : step.property)),
    '',
  );
  if (steps.length < at.length || JUDGE_BELOW.test(rule)) return pointer === place || pointer.startsWith(`${place}/`);
  // The message of a difference about a property names it; a closed schema refuses any.
  const isNamed = property === null || rule === CLOSED || message.includes(JSON.stringify(property));
  return pointer === place && isNamed && (property !== null || !ABOUT_PROPERTIES.has(rule));
}

const CLOSED = 'schema-additional-properties-closed';
const ABOUT_PROPERTIES = new Set([
  CLOSED,
  'schema-property-required',
  'schema-property-removed',
  'schema-property-renamed',
]);

function isSmall(document: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(document), 'utf8') <= LIMITS.bytes;
}

/** Whether a reference of the schema may lead into another file. */
function refersElsewhere(node: SourceNode): boolean {
  if (node.type === 'list') return node.items.some(refersElsewhere);
  if (node.type === 'scalar') return false;
  const reference = entryOf(node, '$ref')?.value;
  const isElsewhere =
    reference?.type === 'scalar' && typeof reference.value === 'string' && !reference.value.startsWith('#');
  return isElsewhere || node.entries.some(({ value }) => refersElsewhere(value));
}
