/** Loaded into a Hub with `--import`: every commit is carried over to the database's file at once, so that a failpoint meets that too. */
import { setBeforeWrites } from './pragma.ts';

setBeforeWrites('wal_autocheckpoint = 1');
