import { MANIFEST } from '../support/a-release';
import { type Family } from './hostile-case';
import { manifest } from './releases';

/** None of these is how the version of the directory, 1.4.0, is written. */
const VERSIONS = [
  '1.4',
  '1',
  '01.4.0',
  '1.4.00',
  'v1.4.0',
  '=1.4.0',
  '1.4.0+a',
  '1.4.0-rc.1',
  '1.4.0.0',
  '1.4.x',
  '^1.4.0',
  ' 1.4.0',
  '1.4.0 ',
  '1.4.0\\n',
  '\uff11.4.0',
  '\u0661.4.0',
  'latest',
  '',
  '1.4.0\u200b',
  `1.4.${'0'.repeat(400)}`,
  `${'9'.repeat(400)}.0.0`,
  '9'.repeat(60_000),
  `1.4.0-${'a.'.repeat(30_000)}a`,
  `1.4.0-${'-'.repeat(60_000)}`,
];

export const family: Family = {
  row: 'J12 versions',
  cases: [
    ...VERSIONS.map((version) =>
      manifest(
        `the version ${JSON.stringify(version.slice(0, 40))}`,
        () => MANIFEST.replace('version: 1.4.0', () => `version: ${JSON.stringify(version)}`),
        'manifest-version-mismatch',
      ),
    ),
    ...VERSIONS.map((version) =>
      manifest(
        `a role of the version ${JSON.stringify(version.slice(0, 40))}`,
        () => MANIFEST.replace('role:analyst:1.0.0"', () => `role:analyst:${JSON.stringify(version).slice(1)}`),
        'verdict',
      ),
    ),
  ],
};
