import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Family } from './hostile-case';

/** All families, by the row they belong to. A new one needs no line anywhere else. */
export const FAMILIES: readonly Family[] = readdirSync(__dirname)
  .filter((file) => file.endsWith('.family.ts'))
  .sort()
  .map((file) => (createRequire(__filename)(`./${file}`) as { readonly family: Family }).family);

/** Those about the form of texts, J1 to J8: YAML, JSON, regular expressions, schemas. The others are about what texts say. */
export const FAMILIES_OF_TEXT = FAMILIES.filter(({ row }) => /^J[1-8] /.test(row));
