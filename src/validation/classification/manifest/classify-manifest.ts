import { type ChangeReason, type ManifestLayout } from '../../../domain';
import { rewriteVersion } from '../../child/rewrite-version';
import { type ReleaseFile } from '../../content/release-file';
import { entryOf, type MapNode, type SourceNode } from '../../content/source-node';
import { reasonAt, reasonOf } from '../reason';
import { compareNodes } from '../structure/classify-structure';
import { textOfNode } from '../structure/text-of-node';
import { MANIFEST_RULES } from './manifest-rules';

/** Why a manifest differs. Its version never counts: every commit writes another. */
export function classifyManifest(
  before: ReleaseFile,
  after: ReleaseFile,
  layout: ManifestLayout,
): readonly ChangeReason[] {
  if (before.text !== null && before.text === after.text) return [];
  if (before.root?.type !== 'map' || after.root?.type !== 'map')
    return [reasonOf('major', 'manifest-not-readable', after, 'The manifest cannot be read.')];
  const reasons = compareKeys(before.root, after.root, after.path, layout);
  if (reasons.length > 0 || differInVersionOnly(before, after, layout)) return reasons;
  return [reasonOf('patch', 'manifest-layout-changed', after, 'Only comments, layout or the order of keys differ.')];
}

function compareKeys(before: MapNode, after: MapNode, path: string, layout: ManifestLayout): ChangeReason[] {
  const keys = new Set([...before.entries, ...after.entries].map(({ key }) => key));
  keys.delete(layout.version ?? 'version');
  return [...keys].flatMap((key) => {
    const [was, is] = [before, after].map((manifest) => presentValue(manifest, key));
    if (was === undefined && is === undefined) return [];
    if (was !== undefined && is !== undefined && textOfNode(was) === textOfNode(is)) return [];
    if (key === layout.id) return [reasonAt('major', 'manifest-id-changed', path, is ?? null, `${key} is another.`)];
    const rule = MANIFEST_RULES.find((each) => each.covers(key));
    if (rule !== undefined) return [...rule.compare({ key, was, is, path })];
    return compareUnknown(key, was, is, path);
  });
}

/** Keys that no rule knows are kept and read by somebody: what is gone may break them. */
function compareUnknown(
  key: string,
  was: SourceNode | undefined,
  is: SourceNode | undefined,
  path: string,
): ChangeReason[] {
  if (was !== undefined && is !== undefined) return compareNodes(was, is, path);
  return is === undefined
    ? [reasonAt('major', 'manifest-key-removed', path, was ?? null, `The key ${key} was removed.`)]
    : [reasonAt('minor', 'manifest-key-added', path, is, `The key ${key} was added.`)];
}

/** Explicit null means none, as an empty list or map does. */
export function presentValue(manifest: SourceNode, key: string): SourceNode | undefined {
  const value = entryOf(manifest, key)?.value;
  if (value?.type === 'scalar') return value.value === null ? undefined : value;
  if (value?.type === 'list') return value.items.length === 0 ? undefined : value;
  return value?.entries.length === 0 ? undefined : value;
}

const SAME = '0.0.0';

function differInVersionOnly(before: ReleaseFile, after: ReleaseFile, layout: ManifestLayout): boolean {
  const [was, is] = [before, after].map(({ text }) =>
    rewriteVersion({ bytes: Buffer.from(text ?? '', 'utf8'), layout, version: SAME }),
  );
  return was?.ok === true && is?.ok === true && Buffer.compare(was.bytes, is.bytes) === 0;
}
