import { Inject } from '@nestjs/common';
import { AllowAny } from '../permissions/allow-any.js';
import { Response } from '../responses/response.js';
import { APIView } from '../viewsets/api-view.js';
import { View } from '../viewsets/view.decorator.js';
import { JSONWebTokens } from './json-web-tokens.js';

/** `GET .well-known/jwks.json/` answers the public keys, for other servers to verify tokens with (RFC 7517): a ready controller. */
@View('.well-known/jwks.json', { name: 'JSON Web Key Set', permissions: [AllowAny], authentication: [], throttles: [], routeName: 'jwks' })
export class JWKSView extends APIView {
  @Inject(JSONWebTokens) protected readonly tokens!: JSONWebTokens;

  async get(): Promise<Response> {
    return new Response(await this.tokens.settings.keys.publicKeys(), { headers: { 'Cache-Control': 'public, max-age=300' } });
  }
}
