import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { rmSync, statSync } from 'node:fs';
import { type SeededRandom } from '../../validation/hostile/seeded-random';

/** What can happen to a file. */
export const DAMAGES = ['bit flip', 'cut off', 'zeroed', 'deleted'] as const;
export type Damage = (typeof DAMAGES)[number];

/** Does it to a file; answers where, for the report. */
export function damage(file: string, how: Damage, random: SeededRandom): string {
  const { size } = statSync(file);
  switch (how) {
    case 'bit flip': {
      const bytes = readFileSync(file);
      const at = random.below(size);
      bytes[at] = bytes[at]! ^ (1 << random.below(8));
      writeFileSync(file, bytes);
      return `bit flip at ${at} of ${size}`;
    }
    case 'cut off': {
      const at = random.below(size);
      truncateSync(file, at);
      return `cut off at ${at} of ${size}`;
    }
    case 'zeroed':
      writeFileSync(file, Buffer.alloc(size));
      return 'zeroed';
    case 'deleted':
      rmSync(file);
      return 'deleted';
  }
}
