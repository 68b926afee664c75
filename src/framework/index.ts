export { Decimal } from 'decimal.js';
export { Temporal } from 'temporal-polyfill';

export { RestModule } from './rest.module.js';
export { Clock } from './settings/clock.js';
export { camelCase, snakeCase, type Naming } from './settings/naming.js';
export { RestSettingsHolder } from './settings/rest-settings-holder.js';
export type { PolicyOptions, RestOptions } from './settings/rest-options.js';
export type { PolicySettings, RestSettings } from './settings/settings.js';

export { APIException } from './exceptions/api-exception.js';
export { errorDetail, messagesOf, type Detail, type ErrorDetail } from './exceptions/error-detail.js';
export { extendCatalogue, type Catalogue } from './messages/catalogue.js';
export { french } from './messages/catalogues/french.js';
export { german } from './messages/catalogues/german.js';
export { spanish } from './messages/catalogues/spanish.js';
export type { Translate } from './messages/language.js';
export { Message, type MessageParams, type PluralForms } from './messages/message.js';
export { ConfigurationError } from './exceptions/configuration-error.js';
export {
  AuthenticationFailed,
  BadGateway,
  Conflict,
  MethodNotAllowed,
  NotAcceptable,
  NotAuthenticated,
  NotFound,
  ParseError,
  PayloadTooLarge,
  PermissionDenied,
  ServiceUnavailable,
  Throttled,
  UnsupportedMediaType,
  ValidationError,
} from './exceptions/exceptions.js';
export { ConstraintViolation } from './conflicts/constraint-violation.js';

export type {
  Annotations,
  Choice,
  KeyOf,
  Model,
  ModelTraits,
  RelationField,
  RowOf,
  ScalarField,
  UniqueConstraint,
  ScalarName,
  RelationsOf,
  RelatedModel,
} from './models/model.js';
export type { Where, ScalarFilter } from './plan/where.js';
export type { Aggregate, RawRow, Reader, ReadPlan, ReadTree } from './plan/read-plan.js';
export type { OrderKey, Ordering } from './plan/ordering.js';
export { QuerySet } from './plan/query-set.js';
export { avg, count as rowCount, max, min, sum } from './plan/aggregates.js';
export { Database, type TransactionOptions } from './prisma/database.js';
export { ModelService } from './services/model-service.js';
export type { DataOf } from './services/data-of.js';
export { defineModel, type FieldDeclaration, type ModelDeclaration, type RelationDeclaration } from './models/define-model.js';
export type { RelationWrite, RowWrite, Write } from './plan/write.js';
export type { Lookup, LookupAnswer, LookupMatch } from './plan/lookup.js';
export type { JsonValue } from './models/json-value.js';

export { arraySource } from './sources/array-source.js';
export type { ListSource, Keyset } from './sources/list-source.js';
export { MemorySource, type SourceRow } from './sources/memory/memory-source.js';
export { ModelSource, type ReadQuestion } from './sources/model-source.js';
export { modelRow, type UnfitRow } from './sources/model-row.js';
export type { RemoteComparison, RemoteLookup } from './sources/remote/comparisons.js';
export { fetchJson, type FetchOptions } from './sources/remote/fetch-json.js';
export { RemoteSource, type RemotePage, type RemoteRead } from './sources/remote/remote-source.js';
export { Sources } from './sources/sources.js';

export { clientAddress } from './requests/client-address.js';
export { CurrentRequest } from './requests/current-request.decorator.js';
export { FormValues } from './requests/form-values.js';
export { QueryParams } from './requests/query-params.js';
export type { BaseUser, RequestUser, RestTypes } from './requests/request-user.js';
export { RestRequest } from './requests/rest-request.js';
export { Response } from './responses/response.js';
export type { CookieSettings } from './responses/cookie-settings.js';

export { ApiRoot } from './routers/api-root.js';
export { restAdapter, type RestAdapterOptions } from './routers/rest-adapter.js';
export { Routes } from './routers/routes.js';

export { Action, type ActionMethod, type ActionOptions } from './viewsets/action.decorator.js';
export { APIView } from './viewsets/api-view.js';
export { BulkCreateMixin, type BulkCreateActions } from './viewsets/bulk/bulk-create.mixin.js';
export { BulkDestroyMixin, type BulkDestroyActions } from './viewsets/bulk/bulk-destroy.mixin.js';
export type { BulkResult } from './viewsets/bulk/bulk-results.js';
export { BulkUpdateMixin, type BulkChange, type BulkUpdateActions } from './viewsets/bulk/bulk-update.mixin.js';
export { CurrentObject } from './viewsets/current-object.decorator.js';
export { Data, DataHandle } from './viewsets/data.decorator.js';
export { GenericViewSet } from './viewsets/generic-viewset.js';
export type { Address, Handler } from './viewsets/handler.js';
export {
  CreateModelMixin,
  DestroyModelMixin,
  ListModelMixin,
  RetrieveModelMixin,
  UpdateModelMixin,
  type CreateActions,
  type ListActions,
  type RetrieveActions,
  type UpdateActions,
  type DestroyActions,
} from './viewsets/mixins.js';
export { BulkModelViewSet, ModelViewSet, ReadOnlyModelViewSet } from './viewsets/model-viewset.js';
export { View } from './viewsets/view.decorator.js';
export type { ActionPolicies, ViewOptions, ViewSetOptions } from './viewsets/view-options.js';
export { ViewSet } from './viewsets/viewset.decorator.js';
export type { ViewSetResources } from './viewsets/viewset-resources.js';

export type { RenderContext, CompileEnvironment } from './serializers/compiled/compile-environment.js';
export { extendSerializer } from './serializers/extend-serializer.js';
export { HyperlinkedModelSerializer, type HyperlinkedModelSerializerOptions } from './serializers/hyperlinked-model-serializer.js';
export type { ModelSerializerOptions } from './serializers/model/model-serializer-options.js';
export { modelField } from './serializers/model-field.js';
export { ModelSerializer, type BaseModelSerializer, type ModelSerializerClass } from './serializers/model-serializer.js';
export type { ModelFields } from './serializers/model/model-values.js';
export { nested, type WritePolicy, type NestedOptions } from './serializers/nested-field.js';
export { Serializer, type SerializerClass } from './serializers/serializer.js';
export type { SerializerHandle } from './serializers/serializer-handle.js';
export { Serializers } from './serializers/serializers.js';
export type { InputOf, OutputOf, PatchOf } from './serializers/serializer-values.js';
export type { CompiledSerializer } from './serializers/compiled/compiled-serializer.js';

export { bytes, BytesField, type BytesOptions } from './fields/bytes-field.js';
export { bigInteger, BigIntegerField, type BigIntegerOptions } from './fields/big-integer-field.js';
export { date, DateField } from './fields/date-field.js';
export { dateTime, DateTimeField, type DateTimeOptions } from './fields/date-time-field.js';
export { decimal, DecimalField, type DecimalOptions } from './fields/decimal-field.js';
export { duration, DurationField, type DurationOptions } from './fields/duration-field.js';
export { float, FloatField } from './fields/float-field.js';
export { integer, IntegerField, type NumberOptions } from './fields/integer-field.js';
export { dict, DictField, type DictOptions } from './fields/dict-field.js';
export { hstore, HStoreField } from './fields/hstore-field.js';
export { list, ListField } from './fields/list-field.js';
export { time, TimeField } from './fields/time-field.js';
export { choiceLabel } from './fields/choice-label-field.js';
export { EMPTY, Field, type FieldContext, type FieldDescription, type FieldOptions, type FieldOf } from './fields/field.js';
export { boolean, BooleanField } from './fields/boolean-field.js';
export { char, CharField, type CharOptions } from './fields/char-field.js';
export { choice, ChoiceField, type ChoiceOptions } from './fields/choice-field.js';
export { filePath, FilePathField, type FilePathOptions } from './fields/file-path-field.js';
export { ipAddress, IPAddressField, type IPAddressOptions } from './fields/ip-address-field.js';
export { multipleChoice, MultipleChoiceField, type MultipleChoiceOptions } from './fields/multiple-choice-field.js';
export { email, EmailField } from './fields/email-field.js';
export { createOnlyDefault, currentUser } from './fields/defaults.js';
export type { FieldSettings } from './fields/field-settings.js';
export { hidden } from './fields/hidden-field.js';
export { json, JSONField } from './fields/json-field.js';
export { method } from './fields/method-field.js';
export { readOnly } from './fields/read-only-field.js';
export { regex, RegexField } from './fields/regex-field.js';
export { slug, SlugField, type SlugOptions } from './fields/slug-field.js';
export { url, URLField } from './fields/url-field.js';
export { uuid, UUIDField, type UUIDOptions } from './fields/uuid-field.js';
export type { ReadBuilder } from './fields/read-builder.js';
export type { Emission, ReadingField } from './fields/reading-field.js';
export type { FormatOptions } from './fields/date-formats.js';
export { file, FileField, type FileOptions } from './files/file-field.js';
export { alternativeNames, safePath } from './files/file-name.js';
export { FileSystemStorage, type FileSystemStorageOptions } from './files/file-system-storage.js';
export { ImageDecoder, type DecodedImage } from './files/image-decoder.js';
export { image, ImageField } from './files/image-field.js';
export { serveFiles, type ServeFilesOptions } from './files/serve-files.js';
export { SharpImageDecoder, type SharpImageDecoderOptions } from './files/sharp-image-decoder.js';
export { Storage, type SaveOptions } from './files/storage.js';
export type { UploadTo } from './files/upload-path.js';
export { UploadedFile, type Destination, type FileContent, type FileDetails } from './files/uploaded-file.js';
export { UploadedImage } from './files/uploaded-image.js';

export { count } from './relations/count-field.js';
export { hyperlinkedIdentity, HyperlinkedIdentityField, type IdentityOptions } from './relations/hyperlinked-identity-field.js';
export { hyperlinkedRelated, HyperlinkedRelatedField, type HyperlinkedOptions } from './relations/hyperlinked-related-field.js';
export { primaryKeyRelated, PrimaryKeyRelatedField, type PrimaryKeyOptions } from './relations/primary-key-related-field.js';
export { RelatedField, type RelatedOptions } from './relations/related-field.js';
export type { RelationChoices, RelationChoice } from './relations/relation-choices.js';
export { slugRelated, SlugRelatedField, type SlugRelatedOptions } from './relations/slug-related-field.js';
export { stringRelated } from './relations/string-related-field.js';

export type { FieldValidator, ValidatorLike, MadeValidators } from './validators/field-validator.js';
export type { Validator } from './validators/validator.js';
export { UniqueForDateValidator, UniqueForMonthValidator, UniqueForYearValidator } from './validators/unique-for-date-validator.js';
export { UniqueTogetherValidator, type UniqueTogetherOptions } from './validators/unique-together-validator.js';
export { UniqueValidator, type UniqueOptions } from './validators/unique-validator.js';
export type { LookupValidator, PlacedLookup, ValidatorPlace } from './validators/lookup-validator.js';

export { Authentication, type AuthenticationClass, type Credentials, type SecurityScheme } from './authentication/authentication.js';
export { BasicAuthentication } from './authentication/basic-authentication.js';
export { CurrentAuth } from './authentication/current-auth.decorator.js';
export { CurrentUser } from './authentication/current-user.decorator.js';
export { AuthTokenSerializer, LoginSerializer, type Login } from './authentication/login.serializer.js';
export { Logins, type LoginRates } from './authentication/logins.js';
export { ObtainAuthTokenView } from './authentication/obtain-auth-token.view.js';
export { Argon2PasswordHasher, type Argon2Parameters } from './authentication/passwords/argon2-password-hasher.js';
export { PBKDF2PasswordHasher, PBKDF2SHA1PasswordHasher } from './authentication/passwords/pbkdf2-password-hasher.js';
export { ScryptPasswordHasher } from './authentication/passwords/scrypt-password-hasher.js';
export { PasswordHasher } from './authentication/passwords/password-hasher.js';
export { PassportAuthentication, type PassportOptions, type PassportStrategyLike } from './authentication/passport-authentication.js';
export { RemoteUserAuthentication, type RemoteUserOptions } from './authentication/remote-user-authentication.js';
export { TokenAuthentication } from './authentication/token-authentication.js';
export type { Expiry, Lifetime } from './authentication/lifetime.js';
export { Tokens, type AuthToken, type TokenOptions } from './authentication/tokens.js';
export { Users } from './authentication/users.js';
export type { PasswordHasherClass } from './authentication/passwords/password-hashers.js';
export type { UserMapping } from './authentication/user-model.js';
export type { AuthenticationSettings } from './authentication/authentication-settings.js';

export type { KnownPermission } from './authorization/known-permissions.js';
export { PermissionAssignments, type PermissionHolder } from './authorization/permission-assignments.js';
export type { ObjectsOptions, PermissionChecker } from './authorization/permission-checker.js';
export { UserPermissions } from './authorization/user-permissions.js';

export { AccessPolicy } from './permissions/access-policy.js';
export type { AccessStatement, Principal } from './permissions/access-statement.js';
export { AllowAny } from './permissions/allow-any.js';
export { IsAdminUser } from './permissions/is-admin-user.js';
export { IsAuthenticatedOrReadOnly } from './permissions/is-authenticated-or-read-only.js';
export { InsufficientScope } from './permissions/insufficient-scope.js';
export { IsAuthenticatedOrTokenHasScope } from './permissions/is-authenticated-or-token-has-scope.js';
export { TokenHasReadWriteScope } from './permissions/token-has-read-write-scope.js';
export { TokenHasResourceScope } from './permissions/token-has-resource-scope.js';
export { scopesOf, TokenHasScope } from './permissions/token-has-scope.js';
export { IsAuthenticated } from './permissions/is-authenticated.js';
export { ModelPermissionsOrAnonReadOnly } from './permissions/model-permissions-or-anon-read-only.js';
export { ModelPermissions, type PermsMap } from './permissions/model-permissions.js';
export { ObjectPermissions } from './permissions/object-permissions.js';
export { and, not, or, or404, PermissionExpression, type PermissionLike } from './permissions/permission-expression.js';
export { permissionGuard } from './permissions/permission.guard.js';
export { Permission, type PermissionContext, type PermissionClass } from './permissions/permission.js';
export type { Verdict } from './permissions/verdict.js';

export { AnonRateThrottle } from './throttling/anon-rate-throttle.js';
export { MemoryThrottleStorage, type MemoryThrottleStorageOptions } from './throttling/memory-throttle-storage.js';
export { throttleKey, type Rate, type RateSetting, type RateLimit } from './throttling/rate.js';
export { RedisThrottleStorage, type RedisThrottleStorageOptions } from './throttling/redis-throttle-storage.js';
export { ScopedRateThrottle } from './throttling/scoped-rate-throttle.js';
export { SimpleRateThrottle } from './throttling/simple-rate-throttle.js';
export { elementCount, type ThrottleCost } from './throttling/throttle-cost.js';
export { ThrottleCounter, type CountOptions, type StorageFailure } from './throttling/throttle-counter.js';
export { throttleGuard } from './throttling/throttle.guard.js';
export { Throttle, type ThrottleClass, type ThrottleVerdict } from './throttling/throttle.js';
export { countedOf, ThrottleStorage, type Counted, type RateCount } from './throttling/throttle-storage.js';
export { UserRateThrottle } from './throttling/user-rate-throttle.js';
export { redisClientOptions, type RedisClient } from './internal/redis-client.js';
export type { RedisCommandsOptions } from './internal/redis-commands.js';

export { RestValidationPipe, type PipeKnobs } from './pipes/rest-validation.pipe.js';

export { CursorPagination } from './pagination/cursor-pagination.js';
export { LimitOffsetPagination } from './pagination/limit-offset-pagination.js';
export type { Page, CountMode } from './pagination/page.js';
export { PageNumberPagination } from './pagination/page-number-pagination.js';
export { Paginate } from './pagination/paginate.decorator.js';
export { Pagination, type PaginationParameter, type PaginationClass } from './pagination/pagination.js';
export { PaginationInterceptor } from './pagination/pagination.interceptor.js';

export { booleanFilter } from './filters/boolean-filter.js';
export { charFilter } from './filters/char-filter.js';
export { choiceFilter, multipleChoiceFilter, type ChoiceFilterOptions } from './filters/choice-filter.js';
export { dateFilter } from './filters/date-filter.js';
export { dateTimeFilter } from './filters/date-time-filter.js';
export { FilterBackend, type FilterParameter, type FilterRead } from './filters/filter-backend.js';
export type { FilterContext, FilterBackendClass, FilterDeclaration, OrderingField } from './filters/filter-context.js';
export { FilterSet } from './filters/filter-set.js';
export { FilterSetBackend } from './filters/filter-set-backend.js';
export { modelChoiceFilter, modelMultipleChoiceFilter, type ModelChoiceFilterOptions } from './filters/model-choice-filter.js';
export { numberFilter } from './filters/number-filter.js';
export { ObjectPermissionsFilter } from './filters/object-permissions-filter.js';
export { OrderingFilter } from './filters/ordering-filter.js';
export { SearchFilter } from './filters/search-filter.js';
export { timeFilter } from './filters/time-filter.js';
export { uuidFilter } from './filters/uuid-filter.js';
export type { FilterOptions } from './filters/filter.js';

export { CsrfGuard } from './csrf/csrf.guard.js';
export { CsrfProtection } from './csrf/csrf-protection.js';
export type { CsrfSettings } from './csrf/csrf-settings.js';
export { CurrentSession } from './sessions/current-session.decorator.js';
export { DatabaseSessionStore } from './sessions/database-session-store.js';
export { LoginView } from './sessions/login.view.js';
export { LogoutView } from './sessions/logout.view.js';
export { MemorySessionStore, type MemorySessionStoreOptions } from './sessions/memory-session-store.js';
export { RedisSessionStore, type RedisSessionStoreOptions } from './sessions/redis-session-store.js';
export { Session } from './sessions/session.js';
export { SessionAuthentication } from './sessions/session-authentication.js';
export type { SessionSettings } from './sessions/session-settings.js';
export { SessionStore, type StoredSession } from './sessions/session-store.js';
export { Sessions } from './sessions/sessions.js';

export { ContentNegotiation } from './negotiation/content-negotiation.js';
export { DefaultContentNegotiation } from './negotiation/default-content-negotiation.js';
export { FileUploadParser } from './parsers/file-upload-parser.js';
export { FormParser } from './parsers/form-parser.js';
export { JSONParser } from './parsers/json-parser.js';
export { MultiPartParser } from './parsers/multipart-parser.js';
export { Parser, type BodyLimits, type ParserContext, type ParserClass } from './parsers/parser.js';
export { BrowsableAPIRenderer } from './renderers/browsable-api-renderer.js';
export { JSONRenderer } from './renderers/json-renderer.js';
export { Renderer, type RendererContext, type RendererClass } from './renderers/renderer.js';
export { Metadata } from './metadata/metadata.js';
export { SimpleMetadata } from './metadata/simple-metadata.js';

export { InvalidToken } from './jwt/invalid-token.js';
export { JWKSView } from './jwt/jwks.view.js';
export { JSONWebTokens, type TokenPair } from './jwt/json-web-tokens.js';
export { JWTAuthentication, JWTChallenge } from './jwt/jwt-authentication.js';
export type { ForeignIssuer } from './jwt/foreign-issuer.js';
export type { JWTAlgorithm, JWTKey } from './jwt/jwt-keys.js';
export type { JWTSettings } from './jwt/jwt-settings.js';
export { TokenBlacklistSerializer, TokenBlacklistView } from './jwt/token-blacklist.view.js';
export { TokenObtainPairSerializer, TokenObtainPairView } from './jwt/token-obtain-pair.view.js';
export { TokenRefreshSerializer, TokenRefreshView } from './jwt/token-refresh.view.js';
export { TokenVerifySerializer, TokenVerifyView } from './jwt/token-verify.view.js';

export { APIKeyAuthentication } from './api-keys/api-key-authentication.js';
export { APIKeys, type APIKey, type APIKeyOptions } from './api-keys/api-keys.js';
export { HasAPIKey } from './permissions/has-api-key.js';
