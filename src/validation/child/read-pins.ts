import { splitPackageId } from '../../domain';
import { pinsIn } from '../references/pins';
import { withoutSecrets } from '../secrets/find-secrets';
import { type Pin, type PinSource } from '../validation-engine';
import { openContent } from './open-content';

/** So many different versions no workflow runs with; beyond it nothing is told, rather than a part. */
const MOST_PINS = 1_000;

/** The versions of other packages that a release runs with. Its schemas are set aside, not compiled: they refer to nothing. */
export function readPins({
  package: id,
  kind,
  version,
  files,
  manifest,
  defaultKind,
}: PinSource): readonly Pin[] | null {
  const content = openContent(files, kind, manifest);
  const { name } = splitPackageId(id, defaultKind);
  const schemas = content.schemaFiles.map((file) => ({ file }));
  const pins = new Map<string, Pin>();
  for (const { file, node } of pinsIn({ ...content, kind, name, version, manifestLayout: manifest, schemas })) {
    const known = pins.get(node.value);
    const first = known ?? { path: withoutSecrets(file.path), line: file.placeOf(node.start).line, places: 0 };
    pins.set(node.value, { ...first, reference: node.value, places: first.places + 1 });
    if (pins.size > MOST_PINS) return null;
  }
  return [...pins.values()];
}
