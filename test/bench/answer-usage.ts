// Preloaded into a server that knows nothing of the bench: it still says what it has used.
import { answer } from './answer.ts';

answer({});
process.channel?.unref();
