import { entryOf, nodeAt, type SourceNode, textOf } from '../../content/source-node';
import { type ReleaseFile } from '../../content/release-file';
import { type Followed, type PathFollower, pathFollower } from '../../schema/follow-path';
import { type SchemaView } from '../../schema/schema-view';
import { atNode, quote } from '../finding';
import { type Rule, type RuleFinding } from '../rule';
import { outputSchema } from './output-schema';
import { whatIsMissing } from './what-is-missing';

export const rule: Rule = {
  id: 'bind-unresolved',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'The information architecture binds what the schema of the release does not have.',
  *run(context) {
    const { manifest, views } = context;
    const architecture = nodeAt(manifest?.root, 'information_architecture');
    const schema = outputSchema(context);
    if (manifest === null || architecture === undefined || schema === null) return;
    yield* faultsBelow(architecture, { file: manifest.file, follower: pathFollower(views), base: schema });
  },
};

interface Scope {
  readonly file: ReleaseFile;
  readonly follower: PathFollower;
  /** What a path is relative to. */
  readonly base: SchemaView;
}

/** Lists of binds, columns and fields: each a path, or a mapping with one, and with more below it. */
const LISTS = ['binds', 'columns', 'fields'];
const PATHS = ['path', 'field'];

/** Sections, and whatever else holds binds; what they hold is relative to the same place as they are. */
function* faultsBelow(node: SourceNode, scope: Scope): Generator<RuleFinding> {
  if (node.type === 'list') for (const item of node.items) yield* faultsBelow(item, scope);
  if (node.type !== 'map') return;
  for (const { key, value } of node.entries) {
    if (LISTS.includes(key)) for (const item of itemsOf(value)) yield* faultsOfBind(item, key, scope);
    else if (key === 'card') yield* faultsOfCard(value, scope);
    else yield* faultsBelow(value, scope);
  }
}

function* faultsOfBind(bind: SourceNode, list: string, scope: Scope): Generator<RuleFinding> {
  if (bind.type === 'scalar') {
    yield* faultsOfPath(bind, scope, list !== 'binds');
    return;
  }
  const node = pathOf(bind);
  const found = node === undefined ? null : yield* faultsOfPath(node, scope);
  if (node === undefined) yield* faultsBelow(bind, scope);
  if (found?.to === 'view') yield* faultsBelow(bind, { ...scope, base: found.view });
}

/** A card shows each item of what it stands in: its title is the name of one of their fields. */
function* faultsOfCard(card: SourceNode, scope: Scope): Generator<RuleFinding> {
  const title = entryOf(card, 'title')?.value;
  if (title !== undefined) yield* faultsOfPath(title, scope, true);
  yield* faultsBelow(card, scope);
}

/** Where a path leads; null for what is none. Where a label may stand as well, a capital letter begins one. */
function* faultsOfPath(
  node: SourceNode,
  { file, follower, base }: Scope,
  mayBeLabel = false,
): Generator<RuleFinding, Followed | null> {
  const path = textOf(node);
  const tokens = path === undefined ? null : tokensOf(path);
  if (path === undefined || tokens === null) return null;
  const whole = tokens.length > 1 ? follower.follow(base, [path]) : null; // a name may have a dot in it
  const found = whole?.to === 'view' ? whole : follower.follow(base, tokens);
  if (found.to !== 'nothing') return found;
  // A field like _index is made up by who shows it.
  if (found.token.startsWith('_') || (mayBeLabel && /^\p{Lu}/u.test(path))) return null;
  yield atNode(file, node, `Correct ${quote(path)}: ${whatIsMissing(found)}.`);
  return found;
}

/** The names of a dotted path; `a[].b`, `a[0].b` and `$.a` are known too. Null for what is no path, such as a text or a template. */
function tokensOf(path: string): readonly string[] | null {
  const dotted = path.replace(/^\$\.?/, '').replaceAll(/\[(\d*|\*)\]/g, '.*');
  if (!/^[\p{L}\p{N}_.*/-]+$/u.test(dotted)) return null;
  return dotted.split(/[./]/).filter((token) => token !== '');
}

function itemsOf(node: SourceNode): readonly SourceNode[] {
  if (node.type === 'list') return node.items;
  if (node.type === 'scalar' || pathOf(node) !== undefined) return [node];
  // A mapping of names to binds; one of names to texts says what is shown, not where it is.
  return node.entries.map(({ value }) => value).filter(({ type }) => type === 'map');
}

function pathOf(bind: SourceNode): SourceNode | undefined {
  return PATHS.map((key) => entryOf(bind, key)?.value).find((node) => textOf(node) !== undefined);
}
