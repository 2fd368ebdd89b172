import type { IncomingMessage, RequestListener } from 'node:http';
import { addressOf } from '../ops/caller.ts';
import type { Log } from '../ops/log.ts';
import type { OriginCheck } from '../ops/origins.ts';
import type { RateLimit } from '../ops/rate-limit.ts';
import { asJson, inWords, sendAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import { answerEnrol } from './enrol.ts';
import type { EnrolNeeds } from './enrol.ts';
import { answerEraseAsk, answerErased } from './erase.ts';
import type { EraseNeeds } from './erase.ts';
import type { SecurityHeaders } from './headers.ts';
import { answerHealth } from './health.ts';
import type { HealthNeeds } from './health.ts';
import { answerLeaseAsk } from './lease.ts';
import type { LeaseNeeds } from './lease.ts';
import { answerRecover } from './recover.ts';
import type { RecoverNeeds } from './recover.ts';
import type { ClientFiles } from './static.ts';
import { answerChallenge, answerTicket } from './ticket.ts';
import type { TicketNeeds } from './ticket.ts';

/** What stands behind the Hub's HTTP. */
export interface HttpNeeds {
  readonly log: Log;
  readonly isBehindProxy: boolean;
  readonly isAllowedOrigin: OriginCheck;
  readonly headers: SecurityHeaders;
  readonly enrolLimit: RateLimit;
  readonly ticketLimit: RateLimit;
  readonly recoverLimit: RateLimit;
  readonly files: ClientFiles;
  readonly health: HealthNeeds;
  readonly enrol: EnrolNeeds;
  readonly ticket: TicketNeeds;
  readonly recover: RecoverNeeds;
  readonly device: LeaseNeeds & EraseNeeds;
}

/** Returns the listener of the Hub's HTTP. It logs no path: an invitation may stand in one by mistake. Rules HUB-6 to HUB-9. */
export function createHttpListener(needs: HttpNeeds): RequestListener {
  return (request, response) => {
    answerOf(request, needs)
      .catch((error: unknown) => {
        needs.log.fault(error);
        return inWords(500, 'Máy chủ gặp lỗi.\nThe Hub failed.');
      })
      .then((answer) => sendAnswer(request, response, answer, needs.headers))
      .catch((error: unknown) => {
        needs.log.fault(error);
        response.destroy();
      });
  };
}

async function answerOf(request: IncomingMessage, needs: HttpNeeds): Promise<Answer> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (path === '/health') return onlyMethod(request, ['GET', 'HEAD']) ?? answerHealth(needs.health);
  if (path === '/enrol') {
    return (
      onlyMethod(request, ['POST']) ?? tooOften(request, needs, needs.enrolLimit) ?? answerEnrol(request, needs.enrol)
    );
  }
  if (path === '/ticket') {
    const refusal = onlyMethod(request, ['GET', 'POST']) ?? tooOften(request, needs, needs.ticketLimit);
    return refusal ?? (request.method === 'GET' ? answerChallenge(needs.ticket) : answerTicket(request, needs.ticket));
  }
  if (path === '/recover') {
    const refusal = onlyMethod(request, ['POST']) ?? tooOften(request, needs, needs.recoverLimit);
    return refusal ?? answerRecover(request, needs.recover);
  }
  if (path === '/lease' || path === '/erase' || path === '/erased') {
    return (
      onlyMethod(request, ['POST']) ??
      tooOften(request, needs, needs.ticketLimit) ??
      answerDevice(request, path, needs.device)
    );
  }
  if (path === '/feed' || path.startsWith('/rooms/')) {
    return inWords(426, 'Chỉ dùng qua WebSocket.\nOnly by WebSocket.', { upgrade: 'websocket' });
  }
  return onlyMethod(request, ['GET', 'HEAD']) ?? answerFile(request, path, needs.files);
}

function answerDevice(
  request: IncomingMessage,
  path: '/lease' | '/erase' | '/erased',
  needs: HttpNeeds['device'],
): Promise<Answer> {
  if (path === '/lease') return answerLeaseAsk(request, needs);
  return path === '/erase' ? answerEraseAsk(request, needs) : answerErased(request, needs);
}

function answerFile(request: IncomingMessage, path: string, files: ClientFiles): Answer {
  const ask = {
    acceptsGzip: /\bgzip\b/u.test(request.headers['accept-encoding'] ?? ''),
    held: request.headers['if-none-match'],
  };
  const isRoute = !/\.\w+$/u.test(path) && /\btext\/html\b|\*\/\*/u.test(request.headers.accept ?? '*/*');
  return (
    files.answer(path, ask) ?? (isRoute ? files.page(ask) : inWords(404, 'Không có trang này.\nThere is nothing here.'))
  );
}

function onlyMethod(request: IncomingMessage, methods: readonly string[]): Answer | null {
  if (methods.includes(request.method ?? '')) return null;
  return inWords(405, `Chỉ nhận ${methods.join(', ')}.\nOnly ${methods.join(', ')} here.`, {
    allow: methods.join(', '),
  });
}

function tooOften(request: IncomingMessage, needs: HttpNeeds, limit: RateLimit): Answer | null {
  if (!needs.isAllowedOrigin(request.headers.origin)) return asJson(403, { code: 'not-here' });
  return limit.tryFrom(addressOf(request, needs.isBehindProxy)) ? null : asJson(429, { code: 'too-many' });
}
