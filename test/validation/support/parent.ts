// A parent process of its own: validates one release and stays, or says which parsers it has loaded and ends.
import { aRelease } from './a-release';
import { engineFromSource } from './engine-from-source';

async function main(): Promise<void> {
  const engine = engineFromSource({ processes: 1 });
  const { valid } = await engine.validate(aRelease());
  const parsers = Object.keys(require.cache).filter((path) =>
    /node_modules\/(ajv|yaml|jsonc-parser|re2js)\//.test(path),
  );
  process.stdout.write(`${JSON.stringify({ valid, parsers })}\n`);
  if (process.argv[2] === 'stay') setInterval(() => undefined, 1_000);
}

void main();
