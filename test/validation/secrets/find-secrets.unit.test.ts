import fc from 'fast-check';
import { newToken } from '../../../src/server/identity/token-text';
import { findSecrets, holdsSecret, withoutSecrets } from '../../../src/validation/secrets/find-secrets';
import { TOKEN_FORMATS } from '../../../src/validation/secrets/token-formats';
import { LIMITS } from '../../../src/validation/limits';
import { MADE_UP, madeUpPrivateKey } from '../support/made-up-secrets';

const url = `https://reader:${MADE_UP.urlPassword}@db.acme.io/`;

describe('secrets', () => {
  it('are replaced in a text, whose other parts stay', () => {
    expect(withoutSecrets(`a ${MADE_UP.npmToken} b\n${madeUpPrivateKey()}\nc ${url} d`)).toBe(
      'a [secret] b\n[secret]\nc https://reader:[secret]@db.acme.io/ d',
    );
    expect(withoutSecrets('nothing')).toBe('nothing');
  });

  it('are replaced together where one reaches into another', () => {
    const text = `https://reader:${MADE_UP.githubToken}!${MADE_UP.urlPassword}@db.acme.io/`;
    expect(withoutSecrets(text)).toBe('https://reader:[secret]@db.acme.io/');
  });

  it('are gone after they were replaced, whatever stands around them', () => {
    const pieces = [...Object.values(MADE_UP), madeUpPrivateKey(), url, '-----BEGIN PRIVATE KEY-----', '-----', 'ghp_'];
    const around = fc.constantFrom(' ', '\n', '\\n', '"', ':', '@', '://', '-', '_', '=', 'a', '');
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), around), { maxLength: 12 }), (parts) => {
        const text = withoutSecrets(parts.join(''));
        expect(findSecrets(text)).toEqual([]);
      }),
    );
  });

  it('have formats in which every repetition is bounded', () => {
    for (const { pattern } of TOKEN_FORMATS) {
      const withoutClasses = pattern.replaceAll(/\[[^\]]+\]/g, 'c').replaceAll(/\\./g, 'c');
      expect(withoutClasses).toMatch(/^(?:[\w~:/-]|\(\?:|[|)]|\{\d+(?:,\d+)?\})+$/);
      expect(withoutClasses).not.toMatch(/\)\{/);
    }
  });

  it('are those that Slipway gives out', () => {
    for (let round = 0; round < 100; round += 1) expect(withoutSecrets(`Use ${newToken()}.`)).toBe('Use [secret].');
  });

  it.each(['123456', 'abcdef'])('are hexadecimal tokens too in which %s comes up', (row) => {
    const { databricksToken, digitalOceanToken } = MADE_UP;
    for (const token of [databricksToken, digitalOceanToken]) {
      expect(holdsSecret(`${token.slice(0, -12)}${row}${token.slice(-6)}`)).toBe(true);
      expect(holdsSecret(`${token.slice(0, -6)}${row}`)).toBe(true);
    }
    expect(holdsSecret(`dapi${row}${databricksToken.slice(10)}`)).toBe(false);
    expect(holdsSecret(`dop_v1_${row}${digitalOceanToken.slice(13)}`)).toBe(false);
  });

  it.each([
    ['the beginnings of webhooks', 'https://hooks.slack.com/services/T'],
    ['the beginning of a token', 'ghp_'],
    ['the beginning of a token in its own characters', 'sk-proj-'],
    ['almost an OpenAI key', `sk-${'aT3BlbkFJ'.repeat(9)} `],
    ['slack dashes', 'xoxb-1-'],
    ['headers of keys', '-----BEGIN RSA PRIVATE KEY-----\n'],
    ['a key that does not end', `-----BEGIN PRIVATE KEY-----${'A'.repeat(100)}`],
    ['algorithms of keys', '-----BEGIN A B C '],
    ['beginnings of URLs', '://a:'],
    ['passwords without a host', '://a:bbb@'],
    ['spaces', ' '],
    ['quotes', `-----BEGIN PRIVATE KEY-----${'"'.repeat(1000)}`],
    ['dashes', '-'],
    ['line ends', '\\n'],
    ['Base64', 'aB3/'],
  ])('are looked for in time linear in the text: %s', (_, piece) => {
    // Looking at each pair of characters of it would take minutes.
    const text = piece.repeat(LIMITS.fileBytes / piece.length);
    expect(holdsSecret(`${text} ${MADE_UP.npmToken}`)).toBe(true);
  });
});
