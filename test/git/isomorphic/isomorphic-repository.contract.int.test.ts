import { initGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { gitObjectsContract } from '../git-objects.contract';
import { gitRepositoryContract } from '../git-repository.contract';

const NAME = 'isomorphic-git on the durable file system';

gitObjectsContract(NAME, async (gitdir) => (await initGitRepository({ gitdir })).objects);
gitRepositoryContract(NAME, (gitdir) => initGitRepository({ gitdir }));
