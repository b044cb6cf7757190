import { packageIdOf } from '../../../domain';
import { entryOf, nodeAt, textOf } from '../../content/source-node';
import { type PlannedMap } from '../../validation-engine';
import { atNode, quote } from '../finding';
import { type Manifest, type Rule, type RuleContext } from '../rule';
import { manifestReferences } from './manifest-references';
import { type PackageUrn } from './package-urn';

export const rule: Rule = {
  id: 'reference-unresolved',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'A reference of the manifest names no known release.',
  *run(context) {
    const { manifest, map } = context;
    if (manifest === null) return;
    for (const { node, urn } of manifestReferences(manifest.root)) {
      if (urn === null || isOwnSchema(context, manifest, urn)) continue;
      const ids = candidates(urn, map.defaultKind);
      const versions = ids.flatMap((id) => versionsOf(map, id));
      if (versions.includes(urn.version)) continue;
      const known = versions.length === 0 ? 'there is no such package' : `there is ${versions.slice(-5).join(', ')}`;
      yield atNode(manifest.file, node, `${quote(node.value)} names no release of ${quote(ids[0])}: ${known}.`);
    }
  },
};

/** A schema reference is met by a package of kind `schemas`, or by the document type that carries the schema itself. */
function candidates({ kind, name }: PackageUrn, defaultKind: string): readonly string[] {
  const id = packageIdOf(kind, name, defaultKind);
  return kind === 'schemas' && id !== name ? [id, name] : [id];
}

function versionsOf(map: PlannedMap, id: string): readonly string[] {
  const released = Object.hasOwn(map.releases, id) ? (map.releases[id] ?? []) : [];
  const active = Object.hasOwn(map.active, id) ? map.active[id]?.version : undefined;
  return active === undefined || released.includes(active) ? released : [...released, active];
}

/** The release's own schema, under its own id and version, with the file to show for it. */
function isOwnSchema({ name, version, manifestLayout }: RuleContext, { root }: Manifest, urn: PackageUrn): boolean {
  if (urn.kind !== 'schemas' || urn.name !== name) return false;
  const written = textOf(entryOf(root, manifestLayout?.version ?? '')?.value);
  return urn.version === (version ?? written) && textOf(nodeAt(root, 'artifacts', 'schema')) !== undefined;
}
