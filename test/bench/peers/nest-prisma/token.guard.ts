import { createHash } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { inactiveUser, invalidToken, notSignedIn } from '../refusal.js';
import { Database } from './database.js';

@Injectable()
export class TokenGuard implements CanActivate {
  constructor(private readonly database: Database) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: unknown }>();
    const [, token] = /^token (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) throw notSignedIn();
    const found = await this.database.authToken.findUnique({
      relationLoadStrategy: 'join',
      where: { digest: createHash('sha256').update(token).digest('hex') },
      select: { user: true },
    });
    if (!found) throw invalidToken();
    if (!found.user.isActive) throw inactiveUser();
    request.user = found.user;
    return true;
  }
}
