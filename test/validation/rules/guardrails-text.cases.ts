import { aRelease, MANIFEST, manifestWith } from '../support/a-release';
import { type RuleCase, type SilentCase } from './rule-case';

const prompt = (text: string | Uint8Array) => aRelease({ 'prompts/task.prompt.txt': text });

export const cases: readonly RuleCase[] = [
  {
    rule: 'creation-mode-extracted',
    when: 'the documents are extracted',
    request: aRelease(manifestWith('llm_generated', 'extracted')),
    at: 'package.yaml:6:16 /creation_mode',
    says: 'set `creation_mode` to llm_generated, constructed or manual.',
  },
  {
    rule: 'byte-order-mark',
    when: 'a prompt begins with one',
    request: prompt('\uFEFFWrite a brief.\n'),
    at: 'prompts/task.prompt.txt:1:1 null',
    says: 'Save the file without a byte order mark.',
  },
  {
    rule: 'control-character',
    when: 'a prompt holds the beginning of a terminal escape',
    request: prompt('Write\n a \u001B[31mbrief.\n'),
    at: 'prompts/task.prompt.txt:2:4 null',
    says: 'Remove the control character U+001B',
  },
  {
    rule: 'control-character',
    when: 'a comment of the manifest holds NUL three times',
    request: aRelease({ 'README.md': 'a\0b\0c\0' }),
    at: 'README.md:1:2 null',
    says: 'U+0000, or write it as an escape. It stands here and in 2 more places.',
  },
  {
    rule: 'control-character',
    when: 'a text in a schema holds C1',
    request: aRelease({ 'README.md': 'next\u0085line' }),
    at: 'README.md:1:5 null',
    says: 'U+0085',
  },
  {
    rule: 'bidi-character',
    when: 'a prompt turns its reading order round',
    request: prompt('Write a \u202Ebrief'),
    at: 'prompts/task.prompt.txt:1:9 null',
    says: 'Remove the bidirectional control U+202E',
  },
  {
    rule: 'bidi-character',
    when: 'a comment of the manifest is isolated',
    request: aRelease({ 'package.yaml': `${MANIFEST}# \u2067 a comment\n` }),
    at: 'package.yaml:22:3 null',
    says: 'U+2067',
  },
  {
    rule: 'text-misdecoded',
    when: 'a quote was read as windows-1252',
    request: prompt('Say what\nthe customer doesnâ€™t need, and why it isnâ€™t.\n'),
    at: 'prompts/task.prompt.txt:2:19 null',
    says: 'Write `’` for `â€™`: it is UTF-8 that was read as another encoding. It stands here and in one more place.',
  },
  ...[
    ['an accent', 'RÃ©sumÃ©', 2, 'Write `é` for `Ã©`'],
    ['a sign', '20 Â°C', 4, 'Write `°` for `Â°`'],
    ['a space', 'at 20.Â\u00A0Then', 7, 'for `Â\u00A0`'],
    ['a letter of two languages', 'cÅ“ur', 2, 'Write `œ` for `Å“`'],
    ['an emoji', 'Well done ðŸ‘ˆ', 11, 'Write `👈` for `ðŸ‘ˆ`'],
    ['a bullet', 'â€¢ first', 1, 'Write `•` for `â€¢`'],
    ['an arrow', 'a â†’ b', 3, 'Write `→` for `â†’`'],
    ['an arrow that lost a byte', 'a â€ b', 3, 'Write what `â€` was meant to be'],
    ['Cyrillic', 'Ð¡Ð¿Ð°', 1, 'Write `Спа` for `Ð¡Ð¿Ð°`'],
    ['a byte order mark', 'ï»¿Write', 1, 'it is UTF-8 that was read as another encoding.'],
    ['a lost character', 'na\uFFFDve', 3, 'U+FFFD stands for one that could not be read.'],
  ].map(([what, text, column, says]) => ({
    rule: 'text-misdecoded',
    when: `a prompt shows ${String(what)} that was misread`,
    request: prompt(String(text)),
    at: `prompts/task.prompt.txt:1:${String(column)} null`,
    says: String(says),
  })),
];

export const silent: readonly SilentCase[] = [
  {
    when: 'the prompt is written in several languages',
    request: prompt(
      [
        'CAFÉ” – È… «PLÂ» LÀ— “Å” É’ Ø‚ DÉJÀ VU… NÃO, SÃO PAULO. AMANHÃ… AMANHÃ” IRMÃ’S MANHÃ\u00A0AZUL',
        'il coborâ…” română ţâr… hotărâ” pâine, être, naïve, Ångström 5 Å² 3 Å³ 20 °C ®©™',
        'Þetta er íslenska: Ð. Ðð. Malmö Å, Ä, Ö: “Ä” ‘Ö’ ÄÖÜß ŸŽŠ œuvre',
        'Привет, мир. Ελληνικά “Ω”. 你好。 مرحبا\u200Fبالعالم \u200Eabc',
      ].join('\n'),
    ),
  },
  { when: 'an emoji is joined, and Persian is not', request: prompt('👩\u200D🚀 می\u200Cخواهم 👍🏽 soft\u00ADhyphen') },
  { when: 'a prompt has tabs and Windows line ends', request: prompt('Write\ta\r\nbrief.\r\n') },
  {
    when: 'escapes of control characters are visible in a schema',
    request: aRelease({
      'schemas/output.schema.json': '{"type": "string", "pattern": "^[^\\u0000-\\u001F\\u202E]*$", "title": "\\u0007"}',
    }),
  },
  {
    when: 'the word extracted stands elsewhere',
    request: aRelease(manifestWith('house_key: kept', 'house_key: extracted')),
  },
];
