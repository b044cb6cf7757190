import { type PackageId, type Version } from '../../domain';
import { entryOf, nodeAt, textOf } from '../content/source-node';
import { type RuleContext } from '../rules/rule';
import { type PlannedMap } from '../validation-engine';
import { activeVersion, committedVersions, isKindOf, packageIdsOf, stagedVersions } from './known-packages';
import { type PackageReference } from './reference-form';

/** What a reference comes to on the planned map. */
export type Standing =
  /** The release under test itself, or its own schema. */
  | { readonly status: 'own' }
  /** A version that can be active or is; `active` is the version that is. */
  | { readonly status: 'staged'; readonly id: PackageId; readonly active: Version | null }
  /** A version that is committed and nothing more. */
  | { readonly status: 'committed'; readonly id: PackageId }
  /** No version there is; `known` are the others of that package. */
  | { readonly status: 'unknown'; readonly id: PackageId; readonly known: readonly Version[] };

/** What has to be known of a release to tell references to itself. */
export type OwnRelease = Pick<RuleContext, 'kind' | 'name' | 'version' | 'manifest' | 'manifestLayout'>;

/** Looks a reference up on the map a release is judged on. */
export function standingOf(context: RuleContext, reference: PackageReference): Standing {
  return isOwn(context, reference) ? { status: 'own' } : standingOn(context.map, reference);
}

/** Looks a reference up on a map, whoever makes it. */
export function standingOn(map: PlannedMap, reference: PackageReference): Exclude<Standing, { status: 'own' }> {
  const { family, name, version } = reference;
  const ids = packageIdsOf(map, family, name);
  const staged = ids.filter((id) => stagedVersions(map, id).includes(version));
  const id = staged.find((each) => activeVersion(map, each) === version) ?? staged[0];
  if (id !== undefined) return { status: 'staged', id, active: activeVersion(map, id) };
  const committed = ids.find((each) => committedVersions(map, each).includes(version));
  if (committed !== undefined) return { status: 'committed', id: committed };
  const versionsOf = (each: PackageId) => [...stagedVersions(map, each), ...committedVersions(map, each)];
  const closest = ids.find((each) => versionsOf(each).length > 0) ?? ids[0] ?? name;
  return { status: 'unknown', id: closest, known: versionsOf(closest) };
}

/**
 * True for a reference to the release itself, under its own version, or to the schema that its manifest names; a draft is
 * known by the version its manifest holds.
 */
export function isOwn(release: OwnRelease, { family, name, version }: PackageReference): boolean {
  if (name !== release.name || version !== ownVersion(release)) return false;
  if (isKindOf(release.kind, family)) return true;
  return family === 'schema' && textOf(nodeAt(release.manifest?.root, 'artifacts', 'schema')) !== undefined;
}

function ownVersion({ version, manifest, manifestLayout }: OwnRelease): Version | null {
  return version ?? textOf(entryOf(manifest?.root, manifestLayout?.version ?? '')?.value) ?? null;
}
