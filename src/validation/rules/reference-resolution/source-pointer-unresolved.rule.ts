import { type ReleaseFile } from '../../content/release-file';
import { entryOf, type SourceNode, textOf } from '../../content/source-node';
import { type Followed, type PathFollower, pathFollower } from '../../schema/follow-path';
import { type SchemaView } from '../../schema/schema-view';
import { atNode, quote } from '../finding';
import { type Rule, type RuleFinding } from '../rule';
import { docdefsOf } from './docdefs';
import { outputSchema } from './output-schema';
import { whatIsMissing } from './what-is-missing';

export const rule: Rule = {
  id: 'source-pointer-unresolved',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'A docdef points to what the schema of its release does not have, or repeats over what is no list.',
  *run(context) {
    const schema = outputSchema(context);
    if (schema === null) return;
    const follower = pathFollower(context.views);
    for (const file of docdefsOf(context))
      if (file.root !== null) yield* faultsIn(file.root, { file, follower, bases: [schema] });
  },
};

interface Scope {
  readonly file: ReleaseFile;
  readonly follower: PathFollower;
  /** What a pointer may be relative to, the root first; null where the schema says nothing of it. */
  readonly bases: readonly SchemaView[] | null;
}

/** Sections at any depth. One inside another may be relative to the whole document, or to what the outer one shows. */
function* faultsIn(node: SourceNode, scope: Scope): Generator<RuleFinding> {
  if (node.type === 'list') for (const item of node.items) yield* faultsIn(item, scope);
  if (node.type !== 'map') return;
  const repeated = yield* faultsOfRepeat(node, scope);
  const shown = yield* faultsOfPointer(entryOf(node, 'source_pointer')?.value, repeated, 'source_pointer');
  // Without repetition a context holds texts.
  if (repeated.isRepeated)
    for (const { value } of contextOf(node))
      if (textOf(value)?.startsWith('/') === true) yield* faultsOfPointer(value, repeated, 'context');

  const outer = scope.bases ?? [];
  const bases =
    repeated.bases === null || shown === null ? null : [...new Set([...outer, ...repeated.bases, ...shown])];
  for (const { key, value } of node.entries) if (key !== 'context') yield* faultsIn(value, { ...scope, bases });
}

/** What pointers of a section are relative to: the items of what it repeats over, where it does. */
function* faultsOfRepeat(
  section: SourceNode,
  scope: Scope,
): Generator<RuleFinding, Scope & { readonly isRepeated: boolean }> {
  const node = entryOf(section, 'repeat_over')?.value;
  const pointer = textOf(node);
  if (node === undefined || pointer === undefined) return { ...scope, isRepeated: false };
  const nothingKnown = { ...scope, bases: null, isRepeated: true };
  const found = lead(pointer, scope);
  if (found === null || found.to === 'open') return nothingKnown;
  if (found.to === 'nothing') {
    yield atNode(scope.file, node, `Correct repeat_over ${quote(pointer)}: ${whatIsMissing(found)}.`);
    return nothingKnown;
  }
  const items = scope.follower.itemsOf(found.view);
  if (items === 'open') return nothingKnown;
  if (items !== 'nothing') return { ...scope, bases: [items], isRepeated: true };
  yield atNode(scope.file, node, `Correct repeat_over ${quote(pointer)}: by the schema it is no list.`);
  return nothingKnown;
}

/** What a pointer shows; empty where there is no pointer, null where nothing is known of it. */
function* faultsOfPointer(
  node: SourceNode | undefined,
  scope: Scope,
  what: string,
): Generator<RuleFinding, readonly SchemaView[] | null> {
  const pointer = textOf(node);
  if (node === undefined || pointer === undefined) return [];
  const found = lead(pointer, scope);
  if (found?.to === 'view') return [found.view];
  if (found?.to === 'nothing')
    yield atNode(scope.file, node, `Correct ${what} ${quote(pointer)}: ${whatIsMissing(found)}.`);
  return null;
}

/** Where a pointer leads, from the base from which it leads farthest; null when nothing is known. */
function lead(pointer: string, { bases, follower }: Scope): Followed | null {
  const tokens = tokensOf(pointer);
  if (bases === null || tokens === null) return null;
  const ways = bases.map((base) => follower.follow(base, tokens));
  return ways.find(({ to }) => to === 'view') ?? ways.find(({ to }) => to === 'open') ?? ways[0] ?? null;
}

/** The tokens of a JSON pointer, with or without its first slash; `/` is the object itself. Null for a path of another make. */
function tokensOf(pointer: string): readonly string[] | null {
  if (pointer.startsWith('$') || pointer.startsWith('#')) return null;
  const tokens = pointer.split('/').filter((token) => token !== '');
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function contextOf(section: SourceNode) {
  const context = entryOf(section, 'context')?.value;
  return context?.type === 'map' ? context.entries : [];
}
