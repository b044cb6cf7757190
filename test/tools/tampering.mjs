// Damages an export in every way asked for and prints, as JSON, what the stand-alone verifier does not find and name:
// node tampering.mjs FILE SEED POSITIONS, where POSITIONS is `all` or a number of random ones.
import { readFileSync } from 'node:fs';
import { verifyExport } from '../../tools/verify-export.mjs';

const [, , file, seed, positions] = process.argv;
const bytes = readFileSync(file);
const random = generator(Number(seed));
const lineAt = lineNumbers(bytes);
const missed = [];

const chosen =
  positions === 'all' ? [...bytes.keys()] : Array.from({ length: Number(positions) }, () => random(bytes.length));
for (const position of chosen) {
  const bit = 1 << random(8);
  bytes[position] ^= bit;
  const { faults } = verifyExport([bytes]);
  // A newline that is gone makes one line of two; what a first line says is compared where the rest says it too.
  const near = [lineAt[position], lineAt[position] + 1];
  if (!faults.some(({ line }) => near.includes(line)))
    missed.push({ position, bit, line: near[0], faults: faults.slice(0, 3) });
  bytes[position] ^= bit;
}
process.stdout.write(JSON.stringify({ tried: chosen.length, missed }));

function lineNumbers(content) {
  let line = 1;
  return Array.from(content, (byte) => (byte === 10 ? line++ : line));
}

/** Numbers below a limit that follow from the seed (mulberry32). */
function generator(state) {
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}
