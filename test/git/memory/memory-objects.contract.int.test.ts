import { mkdirSync } from 'node:fs';
import { MemoryObjects } from '../../../src/git/memory/memory-objects';
import { gitObjectsContract } from '../git-objects.contract';
import { git, gitIsThere } from '../real-git';

gitObjectsContract('the memory of the process', (gitdir) => {
  mkdirSync(gitdir);
  if (gitIsThere) git(gitdir, ['init', '--quiet', '--bare']);
  return Promise.resolve(new MemoryObjects());
});
