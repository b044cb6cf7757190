import { runs } from '../../support/runs';
import { MANIFEST } from '../support/a-release';
import { type Family, times } from './hostile-case';
import { manifest } from './releases';
import { type SeededRandom, seededRandom } from './seeded-random';

/** `SLIPWAY_TEST_SEED` repeats a run, `SLIPWAY_HOSTILE_MUTANTS` asks for more of it. */
const SEED = Number(process.env.SLIPWAY_TEST_SEED ?? 20_260_301);
const MUTANTS = Number(process.env.SLIPWAY_HOSTILE_MUTANTS ?? runs(60, 20_000));

const PIECES = [
  '\0',
  '\t',
  '\r',
  '\u2028',
  '&a ',
  '*a',
  '!!js ',
  '<<: ',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '|',
  '>',
  '? ',
  ': ',
  '#',
  '- ',
];

/** A correct manifest with a few bytes flipped, cut, doubled or put in. */
function mutant(random: SeededRandom): Buffer {
  let bytes = Buffer.from(MANIFEST);
  for (let change = 0; change <= random.below(4); change += 1) {
    const at = random.below(bytes.byteLength);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    const length = 1 + random.below(40);
    bytes = Buffer.concat(
      random.pick([
        () => [before, Buffer.from([random.below(256)]), after.subarray(1)],
        () => [before, after.subarray(length)],
        () => [before, after.subarray(0, length), after],
        () => [before, Buffer.from(random.pick(PIECES)), after],
      ])(),
    );
  }
  return bytes;
}

const random = seededRandom(SEED);

export const family: Family = {
  row: 'J2 mutated manifests',
  cases: times(MUTANTS, (at) => {
    const bytes = mutant(random);
    return manifest(`mutant ${at} of seed ${SEED}`, () => bytes, 'verdict');
  }),
};
