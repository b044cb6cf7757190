import { readPrompt } from '../../../src/validation/prompt/read-prompt';

const MIB = 1024 * 1024;
const LEAD = '## Output\n\nReturn a JSON object with these fields:\n\n';
const filled = (head: string, part: string): string =>
  head + part.repeat(Math.floor((MIB - head.length) / part.length));

const PROMPTS: readonly (readonly [string, string])[] = [
  ['open brackets', filled(`${LEAD}\`\`\`\n`, '[')],
  ['open braces', filled(`${LEAD}\`\`\`\n`, '{')],
  ['open braces on lines without a fence', filled(LEAD, '{ "a":\n')],
  ['quotes', filled(`${LEAD}\`\`\`\n{`, '"')],
  ['escaped quotes', filled(`${LEAD}\`\`\`\n{"`, '\\"')],
  ['bars', filled(`${LEAD}\`\`\`\n{"a": "`, 'a|')],
  ['comments', filled(`${LEAD}\`\`\`\n{`, '/*')],
  ['fences', filled('', '```\n')],
  ['skeletons', filled(LEAD, '```\n{"a":1}\n```\n')],
  ['bullets', filled(LEAD, '- ')],
  ['lists', filled(LEAD, '- a_b\n')],
  ['deeper and deeper bullets', LEAD + Array.from({ length: 1_400 }, (_, at) => `${' '.repeat(at)}- a_b`).join('\n')],
  ['names in parentheses', filled(`${LEAD}- \`x\` (`, 'a_b, ')],
  ['dots', filled(`${LEAD}- `, 'a.')],
  ['white space', filled(`${LEAD}- a`, ' ')],
  ['parentheses', filled(LEAD, '(')],
  ['headings', filled('', '# a\n')],
  ['lead-ins', filled('', 'It must include the fields:\n')],
  ['prohibitions', filled('', 'do not include `a`, ')],
  ['stars', filled('', '**')],
  ['capitals', filled('', 'Aa\n\n')],
  ['empty lines', filled('', '\r\n')],
  ['complete examples', filled('', 'Complete example:\n```\n{"a":1}\n```\n')],
];

describe('a prompt of 1 MiB', () => {
  it.each(PROMPTS)('of %s is read in well below a second of computing', (_, text) => {
    const before = process.cpuUsage();
    const demands = readPrompt(text);
    demands.mentions('some_field');
    const { user, system } = process.cpuUsage(before);

    expect(text.length).toBeLessThanOrEqual(MIB);
    expect((user + system) / 1_000).toBeLessThan(900);
  });

  it('that demands more than anyone can mean demands nothing', () => {
    const demands = readPrompt(LEAD + '- a_b\n'.repeat(4_000));

    expect(demands.objects).toEqual([]);
    expect(demands.defers).toBe(true);
    expect(demands.mentions('anything')).toBe(true);
  });
});
