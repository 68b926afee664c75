-- CreateTable
CREATE TABLE "auth_refresh_token" (
    "id" UUID NOT NULL,
    "family" UUID NOT NULL,
    "user_id" INTEGER NOT NULL,
    "fingerprint" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "auth_refresh_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "auth_refresh_token_family_idx" ON "auth_refresh_token"("family");

-- CreateIndex
CREATE INDEX "auth_refresh_token_user_id_idx" ON "auth_refresh_token"("user_id");

-- CreateIndex
CREATE INDEX "auth_refresh_token_expires_at_idx" ON "auth_refresh_token"("expires_at");

-- AddForeignKey
ALTER TABLE "auth_refresh_token" ADD CONSTRAINT "auth_refresh_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
