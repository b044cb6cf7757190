import { FAMILIES_OF_TEXT, FAMILIES } from './hostile/corpus';
import { confinedEngine, describeFamilies } from './hostile/describe-families';
import { aRelease } from './support/a-release';

// What a release says: keys, ids, paths, versions, references between releases, sizes, texts. Whatever is no form of text is here.
describeFamilies(FAMILIES.filter((family) => !FAMILIES_OF_TEXT.includes(family)));

describe('the confinement of tests with hostile content', () => {
  it.each(['connect', 'lookup', 'read', 'write', 'spawn', 'prototype'])('ends a child that would %s', async (deed) => {
    const confined = confinedEngine(require.resolve('./support/misdeeds.cjs'));
    try {
      const report = await confined.validate(aRelease({ [`misdeed-${deed}`]: 'x' }));

      expect(report.findings.map(({ rule }) => rule)).toEqual(['validator-crashed']);
    } finally {
      await confined.close();
    }
  });
});
