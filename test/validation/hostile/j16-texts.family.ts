import { IS_THOROUGH } from '../../support/runs';
import { MANIFEST } from '../support/a-release';
import { type Family, type HostileCase } from './hostile-case';
import { files, manifest, schema } from './releases';

/** Texts that something which shows a finding might take for something else. */
const TEXTS: Readonly<Record<string, string>> = {
  'the end of a script': '</script><script>alert(1)</script>',
  'an escape of a terminal': '\u001b[2J\u001b]0;owned\u0007',
  'a line of a log': 'x\r\n{"level":"info","msg":"activated"}',
  'a formula of a table': '=HYPERLINK("http://example.org","x")',
  'bidi overrides': '\u202e\u2066txt.exe\u2069',
  'invisible characters': 'a\u200b\u2060\ufeff\u00adb',
  'line separators': 'a\u2028b\u2029c\u0085d',
  'lone surrogates': '\ud800x\udfff',
  'private characters': '\ue000\u{f0000}',
  'marks upon marks': `a${'\u0301'.repeat(2_000)}`,
  'a template': '{{constructor.constructor("return 1")()}} ${1} <%= 1 %>',
  backticks: '`; `` ``` \\`',
  'formats of a log': '%s %n %o $& $1 $`',
  'a long word': 'x'.repeat(5_000),
  'a workflow command of a build server': '::error file=x::y',
};

export const family: Family = {
  row: 'J16 texts in findings',
  cases: Object.entries(TEXTS).flatMap(([name, text], row) =>
    usual(row, [
      manifest(
        `${name} as a package id`,
        () => MANIFEST.replace('  - intake', () => `  - ${JSON.stringify(text)}`),
        'required-input-malformed',
      ),
      manifest(
        `${name} as a URN`,
        () => MANIFEST.replace('"prompt:role:analyst:1.0.0"', () => JSON.stringify(text)),
        'verdict',
      ),
      manifest(
        `${name} as a path`,
        () => MANIFEST.replace('qa_prompt: null', () => `qa_prompt: ${JSON.stringify(`../${text}`)}`),
        'artifact-outside-release',
      ),
      manifest(
        `${name} twice as a key`,
        () => `${MANIFEST}m: {${JSON.stringify(text)}: 1, ${JSON.stringify(text)}: 2}\n`,
        'verdict',
      ),
      manifest(
        `${name} as an authority level`,
        () => MANIFEST.replace('descriptive', () => JSON.stringify(text)),
        'verdict',
      ),
      schema(
        `${name} as a required property`,
        () => ({ properties: { a: {} }, required: [text] }),
        'schema-required-undefined',
      ),
      schema(`${name} as a reference`, () => ({ $ref: `#/${text}` }), 'schema-reference-unresolved'),
      schema(
        `${name} as a pattern that is not run`,
        () => ({ pattern: `(?=${text.replace(/[^a-z ]/g, '')})` }),
        'schema-pattern-not-linear',
      ),
      schema(
        `${name} as a property that is no schema`,
        () => ({ properties: { [text.slice(0, 5_000)]: 1 } }),
        'schema-not-valid',
      ),
      files(
        `${name} as a prompt`,
        () => ({ 'prompts/a.prompt.txt': `# ${text}\n- ${text}: \`${text}\`\n` }),
        'verdict',
      ),
      files(`${name} as the name of a file`, () => ({ [`x/${text.slice(0, 200)}.json`]: '{' }), 'verdict'),
    ]),
  ),
};

/** Of the places of a text usually every third, from one text to the next others: each text somewhere, and something in each place. */
function usual(row: number, places: readonly HostileCase[]): readonly HostileCase[] {
  return places.filter((_, column) => IS_THOROUGH || (row + column) % 3 === 0);
}
