/**
 * Loaded into a Hub with `--import`, as a control: its writes are no longer synced at each commit. If nothing is lost with this, the
 * power cut cuts nothing. The program itself has no such switch.
 */
import { setBeforeWrites } from './pragma.ts';

setBeforeWrites('synchronous = NORMAL');
