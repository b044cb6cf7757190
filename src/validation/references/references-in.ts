import { posix } from 'node:path';
import { type ReleaseFile } from '../content/release-file';
import { entryOf, nodeAt, type ScalarNode, type SourceNode, stringsOf } from '../content/source-node';
import { type RuleContext } from '../rules/rule';
import { type SchemaInspection } from '../schema/schema-inspection';
import { ANY, type Asked, askedBy, MANIFEST_REFERENCES } from './asking-keys';
import { type PackageReference, parseReference } from './reference-form';

/** A place of a release that holds a reference, or should. */
export interface ReferencePlace {
  readonly file: ReleaseFile;
  readonly node: ScalarNode & { readonly value: string };
  /** What the place may refer to; null where any reference may stand. */
  readonly asked: Asked | null;
  /** True where nothing but a reference may stand. */
  readonly isStrict: boolean;
  /** What the text refers to; `malformed` when it only begins like a reference, null when it is none. */
  readonly parsed: PackageReference | 'malformed' | null;
}

/** A reference as it is written in a file of the release. */
export interface Reference extends PackageReference {
  readonly file: ReleaseFile;
  readonly node: ScalarNode & { readonly value: string };
}

/** What of a release is looked at for references. */
export interface ReferringRelease extends Pick<RuleContext, 'files' | 'manifest'> {
  /** Files that refer to nothing. */
  readonly schemas: readonly Pick<SchemaInspection, 'file'>[];
}

/**
 * Which packages and versions a release refers to: every complete reference of its JSON and YAML files, each place once,
 * by file and then in order. Schemas, test material and samples refer to nothing: they hold what documents look like.
 */
export function referencesIn(context: ReferringRelease): readonly Reference[] {
  return referencePlaces(context).flatMap((place) => {
    const { file, node, parsed } = place;
    return parsed === null || parsed === 'malformed' || isMisplaced(place) ? [] : [{ file, node, ...parsed }];
  });
}

/** True for a text that is no reference although it should be one, or one to something else than its place asks for. */
export function isMisplaced({ asked, isStrict, parsed }: ReferencePlace): boolean {
  if (parsed === null) return isStrict;
  return parsed === 'malformed' || (asked !== null && !asked.includes(parsed.family));
}

/** Every text at a place that asks for a reference, and every complete reference elsewhere. */
export function referencePlaces(context: ReferringRelease): readonly ReferencePlace[] {
  const known = placesOf.get(context);
  if (known !== undefined) return known;
  const isMaterial = testMaterial(context);
  const schemas = new Set(context.schemas.map(({ file }) => file.path));
  const places = context.files.flatMap((file) =>
    file.root === null || schemas.has(file.path) || isMaterial(file.path) ? [] : placesIn(file, context),
  );
  placesOf.set(context, places);
  return places;
}

// Several rules ask for the same places of the same release.
const placesOf = new WeakMap<ReferringRelease, readonly ReferencePlace[]>();

/** Below these keys stand examples of content. */
const SAMPLES = ['const', 'default', 'enum', 'example', 'examples', 'sample', 'samples', 'tests'];
/** Below these keys references are talked about, or name the thing itself, or the past. */
const SAYINGS = [
  ...['description', 'display_name', 'entry_prompt', 'intent', 'label', 'message', 'name', 'purpose', 'summary'],
  ...['title', 'tags', 'use_case', 'comment', 'note', 'notes', 'urn', 'uri'],
  ...['adr_references', 'changelog', 'derived_from', 'history', 'metadata', 'replaces', 'superseded_by', 'supersedes'],
];

function placesIn(file: ReleaseFile, { manifest }: ReferringRelease): readonly ReferencePlace[] {
  const places: ReferencePlace[] = [];
  if (file.root !== null) visit(file.root, { key: null, asked: null, isStrict: false, isPath: false, isSaying: false });
  return places;

  interface Place {
    readonly key: string | null;
    readonly asked: Asked | null;
    readonly isStrict: boolean;
    /** True where a path may stand as well. */
    readonly isPath: boolean;
    readonly isSaying: boolean;
  }

  function visit(node: SourceNode, at: Place): void {
    if (node.type === 'list') for (const item of node.items) visit(item, at);
    if (node.type === 'map')
      for (const { key, value } of node.entries) if (!SAMPLES.includes(key)) visit(value, below(node, key, at));
    if (!isText(node)) return;
    const parsed = parseReference(node.value);
    const isComplete = parsed !== null && parsed !== 'malformed';
    if (at.asked === null ? isComplete && !at.isSaying : parsed !== null || !at.isPath)
      places.push({ file, node, asked: at.asked, isStrict: at.isStrict, parsed });
  }

  function below(parent: SourceNode, key: string, at: Place): Place {
    const isManifest = file === manifest?.file;
    const isTop = parent === file.root;
    const isArtifact = isManifest && at.key === 'artifacts' && parent === entryOf(file.root, 'artifacts')?.value;
    return {
      key,
      asked: isArtifact ? ANY : askedBy(key, at.key),
      isStrict: isManifest && isTop && MANIFEST_REFERENCES.includes(key),
      isPath: isArtifact,
      isSaying: at.isSaying || SAYINGS.includes(key) || /^[$_]|(^|_)id$/.test(key),
    };
  }
}

/** Tells the paths of fixtures, golden traces and examples. */
function testMaterial({ manifest }: ReferringRelease): (path: string) => boolean {
  const tests = nodeAt(manifest?.root, 'tests');
  const named =
    tests === undefined ? [] : [...stringsOf(tests)].map((path) => posix.normalize(path).replace(/\/$/, ''));
  return (path) =>
    /(^|\/)(tests?|fixtures?|examples?|samples?|golden_traces?)\//.test(path) ||
    named.some((each) => path === each || path.startsWith(`${each}/`));
}

function isText(node: SourceNode): node is ScalarNode & { readonly value: string } {
  return node.type === 'scalar' && typeof node.value === 'string';
}
