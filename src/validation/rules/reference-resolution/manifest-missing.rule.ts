import { ofFile } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'manifest-missing',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'A release of a kind that has a manifest has none.',
  *run({ manifestLayout, manifestFile }) {
    if (manifestLayout !== null && manifestFile === null)
      yield ofFile(manifestLayout.file, `Add the manifest ${manifestLayout.file}.`);
  },
};
