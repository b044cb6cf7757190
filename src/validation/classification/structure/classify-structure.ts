import { type ChangeReason, type ChangeType } from '../../../domain';
import { type ReleaseFile } from '../../content/release-file';
import { type MapNode, type SourceNode } from '../../content/source-node';
import { withoutSecrets } from '../../secrets/find-secrets';
import { reasonAt, reasonOf } from '../reason';
import { isWording } from './wording-keys';
import { matchItems } from './match-items';
import { textOfNode } from './text-of-node';

/** Why a document definition, workflow, operation or another YAML or JSON file differs. */
export function classifyStructure(before: ReleaseFile, after: ReleaseFile): readonly ChangeReason[] {
  if (before.text !== null && before.text === after.text) return [];
  if (before.root === null || after.root === null)
    return [reasonOf('major', 'content-not-readable', after, 'The file cannot be read, so nothing is known of it.')];
  const reasons = compareNodes(before.root, after.root, after.path);
  if (reasons.length > 0) return reasons;
  return [reasonOf('patch', 'content-layout-changed', after, 'Only comments, layout or the order of keys differ.')];
}

/** Differences between two values: what is gone is MAJOR, what is new or other is MINOR, texts are PATCH. */
export function compareNodes(before: SourceNode, after: SourceNode, path: string): ChangeReason[] {
  if (textOfNode(before) === textOfNode(after)) return [];
  if (before.type === 'map' && after.type === 'map') return compareMaps(before, after, path);
  if (before.type === 'list' && after.type === 'list') {
    const { pairs, gone, added, isMoved } = matchItems(before.items, after.items);
    return [
      ...pairs.flatMap(([was, is]) => compareNodes(was, is, path)),
      ...gone.map((node) => removed(path, node, nameOf(node))),
      ...added.map((node) => addition(path, node, nameOf(node))),
      ...(isMoved ? [reasonAt('minor', 'content-order-changed', path, after, 'The order is another.')] : []),
    ];
  }
  return [reasonAt('minor', 'content-value-changed', path, after, `The value at ${after.pointer || '/'} is another.`)];
}

function compareMaps(before: MapNode, after: MapNode, path: string): ChangeReason[] {
  const was = new Map(before.entries.map(({ key, value }) => [key, value]));
  const is = new Map(after.entries.map(({ key, value }) => [key, value]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [former, now] = [was.get(key), is.get(key)];
    const place = now ?? former ?? after;
    const isVersion = key === 'version' && before.pointer === '';
    if (former !== undefined && now !== undefined && textOfNode(former) === textOfNode(now)) return [];
    // Every release has another; it is the version of the whole.
    if (isVersion) return [];
    if (isWording(key))
      return [reasonAt('patch', 'content-wording-changed', path, place, `The text ${JSON.stringify(key)} is another.`)];
    if (former !== undefined && now !== undefined) return compareNodes(former, now, path);
    return [now === undefined ? removed(path, place, JSON.stringify(key)) : addition(path, place, JSON.stringify(key))];
  });
}

/** Lists of what has to be there before: one more can stop what went through, one less cannot. */
function isDemand(node: SourceNode): boolean {
  return /\/requires?d?_inputs\/\d+$/.test(node.pointer);
}

function removed(path: string, node: SourceNode, name: string): ChangeReason {
  if (isDemand(node)) return reason('minor', 'content-input-removed', path, node, `The input ${name} is not required.`);
  return isNothing(node)
    ? reason('patch', 'content-wording-changed', path, node, `The empty ${name} was removed.`)
    : reason('major', 'content-removed', path, node, `${name} was removed.`);
}

function addition(path: string, node: SourceNode, name: string): ChangeReason {
  if (isDemand(node)) return reason('major', 'content-input-added', path, node, `The input ${name} is required now.`);
  const isSection = /\/sections\/\d+$/.test(node.pointer);
  return isSection
    ? reason('minor', 'content-section-added', path, node, `The section ${name} was added.`)
    : reason('minor', 'content-added', path, node, `${name} was added.`);
}

function reason(changeType: ChangeType, rule: string, path: string, node: SourceNode, message: string): ChangeReason {
  return reasonAt(changeType, rule, path, node, message);
}

/** Null and empty lists and maps say the same as no value. */
function isNothing(node: SourceNode): boolean {
  if (node.type === 'scalar') return node.value === null;
  return (node.type === 'list' ? node.items : node.entries).length === 0;
}

const LONGEST = 60;

function nameOf(node: SourceNode): string {
  const identity = node.type === 'map' ? node.entries.find(({ value }) => value.type === 'scalar')?.value : node;
  // Before the cut: half a secret is not recognised.
  const text = withoutSecrets(textOfNode(identity ?? node));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
