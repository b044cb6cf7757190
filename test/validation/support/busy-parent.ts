// A parent process of its own whose child is inside a rule that never ends. Says so, and stays.
import { aRelease } from './a-release';
import { engineFromSource } from './engine-from-source';

async function main(): Promise<void> {
  const engine = engineFromSource({ processes: 1, execArgv: ['-r', require.resolve('./broken-rule.cjs')] });
  await engine.validate(aRelease());
  const endless = engine.validate(aRelease({ 'fault-endless-rule': '' }));
  process.stdout.write('"busy"\n');
  await endless;
}

void main();
