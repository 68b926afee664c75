import { Module, type DynamicModule, type NestModule, type OnModuleInit } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { APIKeys } from './api-keys/api-keys.js';
import { AuthenticationSettings } from './authentication/authentication-settings.js';
import { DefaultAuthentication } from './authentication/default-authentication.js';
import { Logins } from './authentication/logins.js';
import { PasswordHasher } from './authentication/passwords/password-hasher.js';
import { PasswordHashers } from './authentication/passwords/password-hashers.js';
import { Tokens } from './authentication/tokens.js';
import { Users } from './authentication/users.js';
import { CsrfProtection } from './csrf/csrf-protection.js';
import { KnownPermissions } from './authorization/known-permissions.js';
import { PermissionAssignments } from './authorization/permission-assignments.js';
import { PermissionModels } from './authorization/permission-models.js';
import { PermissionReader } from './authorization/permission-reader.js';
import { UserPermissions } from './authorization/user-permissions.js';
import { ConfigurationError } from './exceptions/configuration-error.js';
import { RestExceptionFilter } from './exceptions/rest-exception.filter.js';
import { JSONWebTokens } from './jwt/json-web-tokens.js';
import { RefreshTokens } from './jwt/refresh-tokens.js';
import { serveLanguages } from './messages/language-headers.js';
import { Languages } from './messages/languages.js';
import { Database } from './prisma/database.js';
import { PRISMA_CLIENT } from './prisma/prisma-client.js';
import { serveReplyHooks } from './responses/reply-hooks.js';
import { RestAdapter } from './routers/rest-adapter.js';
import { Routes } from './routers/routes.js';
import { Serializers } from './serializers/serializers.js';
import { DatabaseSessionStore } from './sessions/database-session-store.js';
import { Sessions } from './sessions/sessions.js';
import { Clock } from './settings/clock.js';
import { Sources } from './sources/sources.js';
import { PolicyInstances } from './settings/policy-instances.js';
import { RestFeatureModule } from './settings/rest-feature.module.js';
import type { PolicyOptions } from './settings/rest-options.js';
import { RestSettingsHolder } from './settings/rest-settings-holder.js';
import { ConfigurableModuleClass } from './settings/rest.module-definition.js';
import { ThrottleCounter } from './throttling/throttle-counter.js';
import { Throttling } from './throttling/throttling.js';
import { DispatchGuard } from './viewsets/dispatch.guard.js';
import { RegisteredViews } from './viewsets/registered-views.js';
import { ViewCompiler } from './viewsets/view-compiler.js';

const settingsOf = ({ settings }: RestSettingsHolder) => settings;

/**
 * The framework in a Nest application: `RestModule.forRoot({ authentication, permissions, prisma, models })` once, in the root module, over the adapter
 * that `restAdapter()` makes.
 */
@Module({
  providers: [
    RestSettingsHolder,
    Clock,
    Database,
    Sources,
    Routes,
    Serializers,
    PolicyInstances,
    RegisteredViews,
    ViewCompiler,
    Users,
    Logins,
    Tokens,
    CsrfProtection,
    DatabaseSessionStore,
    Sessions,
    RefreshTokens,
    JSONWebTokens,
    APIKeys,
    ThrottleCounter,
    Throttling,
    { provide: PRISMA_CLIENT, inject: [RestSettingsHolder], useFactory: (holder: RestSettingsHolder) => settingsOf(holder).prisma },
    {
      provide: Languages,
      inject: [RestSettingsHolder],
      useFactory: (holder: RestSettingsHolder) => new Languages(settingsOf(holder).languages, settingsOf(holder).languageCode),
    },
    {
      provide: PasswordHasher,
      inject: [RestSettingsHolder],
      useFactory: (holder: RestSettingsHolder) => new PasswordHashers(settingsOf(holder).passwordHashers),
    },
    {
      provide: AuthenticationSettings,
      inject: [RestSettingsHolder],
      useFactory: (holder: RestSettingsHolder) =>
        new AuthenticationSettings(settingsOf(holder).users, settingsOf(holder).models, settingsOf(holder).tokenLifetime),
    },
    {
      provide: DefaultAuthentication,
      inject: [RestSettingsHolder, PolicyInstances],
      useFactory: async (holder: RestSettingsHolder, policies: PolicyInstances) =>
        new DefaultAuthentication(await Promise.all(settingsOf(holder).authentication.map((scheme) => policies.make(scheme)))),
    },
    {
      provide: PermissionModels,
      inject: [AuthenticationSettings, RestSettingsHolder],
      useFactory: (authentication: AuthenticationSettings, holder: RestSettingsHolder) =>
        new PermissionModels(authentication, settingsOf(holder).models),
    },
    {
      provide: KnownPermissions,
      inject: [RestSettingsHolder],
      useFactory: (holder: RestSettingsHolder) => new KnownPermissions(settingsOf(holder).models, settingsOf(holder).modelPermissions),
    },
    PermissionReader,
    UserPermissions,
    PermissionAssignments,
    { provide: APP_FILTER, useClass: RestExceptionFilter },
    { provide: APP_GUARD, useClass: DispatchGuard },
  ],
  exports: [
    RestSettingsHolder,
    Clock,
    Database,
    Sources,
    Routes,
    Serializers,
    Users,
    Logins,
    Tokens,
    CsrfProtection,
    DatabaseSessionStore,
    Sessions,
    JSONWebTokens,
    APIKeys,
    PasswordHasher,
    AuthenticationSettings,
    DefaultAuthentication,
    UserPermissions,
    PermissionAssignments,
    ThrottleCounter,
    Throttling,
    PRISMA_CLIENT,
  ],
})
export class RestModule extends ConfigurableModuleClass implements NestModule, OnModuleInit {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly registered: RegisteredViews,
    private readonly compiler: ViewCompiler,
    private readonly languages: Languages,
  ) {
    super();
  }

  /** What the views of one module set over the application's settings: import it into that module. */
  static forFeature(options: PolicyOptions): DynamicModule {
    return RestFeatureModule.with(options);
  }

  /** Runs after Nest has registered its parsers, and before any route. */
  configure(): void {
    const adapter = this.adapterHost.httpAdapter;
    if (!(adapter instanceof RestAdapter)) {
      throw new ConfigurationError(
        `RestModule needs the adapter that restAdapter() makes, and found ${adapter?.constructor.name ?? 'none'}: NestFactory.create(AppModule, restAdapter()).`,
      );
    }
    const fastify = adapter.getInstance<FastifyInstance>();
    serveReplyHooks(fastify);
    serveLanguages(fastify, this.languages);
    fastify.addHook('onRoute', (options) => this.registered.add(options));
  }

  async onModuleInit(): Promise<void> {
    await this.compiler.compile();
  }
}
