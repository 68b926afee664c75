import type { OnModuleInit } from '@nestjs/common';
import { AllowAny, APIView, CurrentRequest, NotFound, Response, Serializers, View, type RestRequest } from 'nest-rest-framework';
import { SERIALIZERS } from './fields.serializers.js';

/** Validates `value` by the field that the address names, and answers how it is shown. */
@View('fields/:name', { permissions: [AllowAny] })
export class FieldView extends APIView implements OnModuleInit {
  constructor(private readonly serializers: Serializers) {
    super();
  }

  async onModuleInit(): Promise<void> {
    for (const serializer of Object.values(SERIALIZERS)) await this.serializers.compile(serializer);
  }

  async post(@CurrentRequest() request: RestRequest): Promise<Response> {
    const name = request.params['name'] as string;
    if (!Object.hasOwn(SERIALIZERS, name)) throw new NotFound();
    const serializer = this.serializers.compiled(SERIALIZERS[name]!);
    const data = await this.serializers.validate(serializer, await request.data(), { request, partial: false });
    return new Response(serializer.render(data as Record<string, unknown>, { baseUrl: request.baseUrl }));
  }
}
