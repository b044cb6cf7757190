import { FAMILIES_OF_TEXT } from './hostile/corpus';
import { describeFamilies } from './hostile/describe-families';

// What has to be read before a release says anything: YAML, JSON, regular expressions, schemas.
describeFamilies(FAMILIES_OF_TEXT);
