/** One of the processes that `main.ts` starts: runs its share, tells each stage's result, ends. */
import { type Share, runShare } from './share.ts';

process.once('message', (share: Share) => {
  void run(share);
});

async function run(share: Share): Promise<void> {
  for await (const result of runShare(share)) process.send?.(result);
  process.disconnect();
}
