/** Commits sample batches for ever and says each seq that is acknowledged; killed by the test that started it. */
import { argv, stdout } from 'node:process';
import { openHubDatabase } from './hub-database.ts';
import { SAMPLE_KEY, sampleBatch } from './samples.support.ts';

const { feed } = await openHubDatabase(argv[2] ?? '', SAMPLE_KEY);
let { headSeq } = await feed.load();
for (;;) {
  const batches = [1, 3, 2].map((count) => {
    const batch = sampleBatch(headSeq + 1, count);
    headSeq += count;
    return { last: headSeq, batch };
  });
  await Promise.all(batches.map(({ last, batch }) => feed.commit(batch).then(() => stdout.write(`${last}\n`))));
}
