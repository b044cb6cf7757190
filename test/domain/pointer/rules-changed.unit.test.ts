import { rulesChangedWarnings } from '../../../src/domain';
import { change } from './pointer-story';

const changes = ['a none -> 1.1.0', 'b 1.0.0 -> 1.1.0', 'c 1.0.0 -> none', 'd none -> 2.0.0'].map(change);
const digests: Readonly<Record<string, string>> = { 'a 1.1.0': 'former', 'b 1.1.0': 'today', 'c 1.0.0': 'former' };
const stagedUnder = (id: string, version: string) => digests[`${id} ${version}`] ?? null;

it('warns of each release that enters and was staged under other rules, and of nothing else', () => {
  const warnings = rulesChangedWarnings(changes, stagedUnder, 'today');
  expect(warnings).toEqual([
    {
      code: 'RULES_CHANGED_SINCE_STAGING',
      packageId: 'a',
      message: 'a 1.1.0 was staged under other rules than those in force now.',
      unblock:
        'Start a draft from 1.1.0: its validation shows what the rules of today find. ' +
        'Where that matters, commit and stage it under a new version.',
    },
  ]);
  expect(rulesChangedWarnings(changes, stagedUnder, 'tomorrow').map(({ packageId }) => packageId)).toEqual(['a', 'b']);
});
