import { readReleaseFile } from '../content/release-file';
import { valueOf } from '../content/source-node';
import { type YamlReading } from '../validation-engine';

export function readYaml(bytes: Uint8Array): YamlReading {
  const { root, problems, placeOf } = readReleaseFile({ path: '', bytes }, 'yaml');
  if (root !== null) return { ok: true, value: valueOf(root) };
  const problem = problems.find(({ kind }) => kind !== 'byte-order-mark');
  const offset = problem?.offset ?? null;
  return {
    ok: false,
    line: offset === null ? null : placeOf(offset).line,
    message: problem?.message ?? 'The file cannot be read.',
  };
}
