import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutate } from './mutation.cjs';

const ROOT = join(__dirname, '..', '..');
const MUSEUM = join(ROOT, 'test', 'faults', 'museum');

interface Mutation {
  readonly file: string;
  readonly find: readonly string[];
  readonly replace: readonly string[];
}

describe('a bug of the museum', () => {
  it.each(readdirSync(MUSEUM))('%s can still be put back', (name) => {
    const mutation = JSON.parse(readFileSync(join(MUSEUM, name), 'utf8')) as Mutation;
    const source = readFileSync(join(ROOT, mutation.file), 'utf8');
    const mutated = mutate(source, mutation);
    expect(mutated).not.toBe(source);
    expect(mutated).toContain(mutation.replace.join('\n'));
  });

  it('is refused, with the text it looks for, where the source no longer holds it', () => {
    const gone = { file: 'src/gone.ts', find: ['no longer', 'there'], replace: [] };
    expect(() => mutate('something else', gone)).toThrow(/src\/gone\.ts.*0 times:\nno longer\nthere/s);
  });
});
